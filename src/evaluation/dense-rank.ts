/** Values ranked with ties sharing a rank: `distinct[ranks[i]]` equals `values[i]`. */
export interface DenseRank {
  /** Rising. */
  readonly distinct: Float64Array;
  readonly ranks: Int32Array;
}

/** Ranks numbers without NaN; 0 and -0 are one value. */
export function denseRank(values: ArrayLike<number>): DenseRank {
  const sorted = Float64Array.from(values).sort();
  let count = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[count - 1]) sorted[count++] = sorted[i];
  }
  const distinct = sorted.slice(0, count);
  const ranks = new Int32Array(values.length);
  for (let i = 0; i < ranks.length; i++) ranks[i] = search(distinct, values[i]);
  return { distinct, ranks };
}

/** The last index whose value is at most `value`. */
function search(rising: Float64Array, value: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rising[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
