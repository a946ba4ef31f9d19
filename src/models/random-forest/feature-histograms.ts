/**
 * Draws and lost draws of a row in one number, draws · 2²⁶ + lost, so that one addition counts both. Sums
 * stay exact up to 2²⁶ draws.
 */
export const DRAW = 2 ** 26;

/**
 * Features whose histograms are summed in one pass: additions to one bin wait for each other, those to four
 * do not.
 */
export const WIDTH = 4;

/**
 * Adds rows order[start … end − 1] to the histograms of four features: feature k's bin b at 256 · k + b.
 * @param packed by row: draws and lost draws.
 */
export function addFour(
  histograms: Float64Array,
  bins0: Uint8Array,
  bins1: Uint8Array,
  bins2: Uint8Array,
  bins3: Uint8Array,
  packed: Float64Array,
  order: Int32Array,
  start: number,
  end: number,
): void {
  for (let i = start; i < end; i++) {
    const row = order[i];
    const x = packed[row];
    histograms[bins0[row]] += x;
    histograms[256 + bins1[row]] += x;
    histograms[512 + bins2[row]] += x;
    histograms[768 + bins3[row]] += x;
  }
}

/**
 * Moves feature `k`'s histogram to one as `scanFeature` reads it, and leaves zeros behind.
 * @param binCount the feature's bins.
 * @returns how many bins hold rows.
 */
export function unpack(
  histograms: Float64Array,
  k: number,
  binCount: number,
  countUnit: number,
  histogram: Float64Array,
): number {
  let filled = 0;
  for (let bin = 0; bin < binCount; bin++) {
    const sum = histograms[256 * k + bin];
    const draws = Math.floor(sum / DRAW);
    histogram[2 * bin] = sum - draws * DRAW;
    histogram[2 * bin + 1] = draws * (countUnit + 1);
    histograms[256 * k + bin] = 0;
    filled += sum > 0 ? 1 : 0;
  }
  return filled;
}
