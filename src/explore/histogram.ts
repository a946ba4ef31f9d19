/** Values from `from` on, below `to`; the first bin has all below it too, and the last all above. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly lost: number;
  readonly stayed: number;
}

const fewest = 12;

/**
 * Counts in bins of one round width (1, 2 or 5 times a power of ten), at most thirty of them between the 1st and the 99th percentile
 * of all values, the next values outward of these. Whole numbers have bins of whole numbers. No bins where there are no values, or their range is no finite number.
 *
 * @param lost, stayed in rising order, without NaN.
 */
export function histogram(lost: Float64Array, stayed: Float64Array): Bin[] {
  const last = lost.length + stayed.length - 1;
  const low = atRank(lost, stayed, Math.floor(0.01 * last));
  const high = atRank(lost, stayed, Math.ceil(0.99 * last));
  if (!Number.isFinite(high - low)) return [];
  const edges = edgesFor(low, high, lost.every(Number.isInteger) && stayed.every(Number.isInteger));
  const [lostCounts, stayedCounts] = [lost, stayed].map((values) => countBetween(values, edges));
  return lostCounts.map((n, i) => ({ from: edges[i], to: edges[i + 1], lost: n, stayed: stayedCounts[i] }));
}

/** The value that stands at a place, from 0, of all values in rising order; NaN where there is none. */
function atRank(a: Float64Array, b: Float64Array, rank: number): number {
  let i = 0;
  let j = 0;
  let value = Number.NaN;
  while (i + j <= rank && i + j < a.length + b.length) {
    value = j === b.length || a[i] <= b[j] ? a[i++] : b[j++];
  }
  return value;
}

/** Multiples of the width, from at most `low` to above `high`. */
function edgesFor(low: number, high: number, isWhole: boolean): number[] {
  const range = high - low;
  // No width may vanish beside the values.
  const finest = Math.max(Math.abs(low), Math.abs(high)) * 2 ** -45;
  const widest = Math.max(range / fewest, finest, isWhole || range === 0 ? 1 : 1e-290);
  const exponent = Math.floor(Math.log10(widest));
  const step = [5, 2].find((times) => times * 10 ** exponent <= widest) ?? 1;
  // Divided by a power of ten, multiples of 0.1 are the doubles that 0.1, 0.2, 0.3 are read as.
  const multiple = (k: number) => (exponent < 0 ? (k * step) / 10 ** -exponent : k * step * 10 ** exponent);
  const edges: number[] = [];
  for (let k = Math.floor(low / multiple(1)); edges.length < 2 || edges[edges.length - 1] <= high; k++) {
    edges.push(multiple(k));
    if (edges.length > 4 * fewest) break;
  }
  return edges;
}

/** Values by the edges' bins, those beyond the ends in the first and the last. */
function countBetween(sorted: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length - 1).fill(0);
  let bin = 0;
  for (const value of sorted) {
    while (bin < counts.length - 1 && value >= edges[bin + 1]) bin++;
    counts[bin]++;
  }
  return counts;
}
