import { MAX_VALUE_BINS } from './bin-edges.ts';

/**
 * The bins of a category's levels: one each, the most frequent first. Levels that no row has, and the rarest of more than
 * 255, share bin 0 with missing values, since nothing can be learned of them.
 * @param column codes of levels, NaN where missing.
 * @param among the rows that count.
 */
export function binLevels(
  column: Float64Array,
  levels: number,
  among: Int32Array,
): { binOf: Uint8Array; binCount: number } {
  const counts = new Int32Array(levels);
  for (let k = 0; k < among.length; k++) {
    const code = column[among[k]];
    if (!Number.isNaN(code)) counts[code]++;
  }
  const frequent = Array.from(counts.keys())
    .filter((code) => counts[code] > 0)
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .slice(0, MAX_VALUE_BINS);
  const binOf = new Uint8Array(levels);
  frequent.forEach((code, k) => {
    binOf[code] = k + 1;
  });
  return { binOf, binCount: frequent.length + 1 };
}
