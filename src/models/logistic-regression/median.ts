/**
 * The median; of an even number of values the mean of the middle two. Reorders `values`: quickselect (Hoare
 * 1961) about the middle of three, which gives way to sorting where an unlucky order makes it slow.
 * @param values at least one, without NaN.
 */
export function median(values: Float64Array): number {
  const half = values.length >> 1;
  const upper = select(values, half);
  if (values.length % 2 === 1) return upper;
  let lower = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < half; i++) lower = Math.max(lower, values[i]);
  return lower / 2 + upper / 2;
}

/** Each pass leaves about half of the values: this many are for more than any array holds. */
const MAX_PASSES = 64;

/** The k-th smallest value, from 0; leaves no larger value before place k. */
function select(values: Float64Array, k: number): number {
  let low = 0;
  let high = values.length - 1;
  for (let passes = 0; low < high; passes++) {
    if (passes > MAX_PASSES) return values.sort()[k];
    const pivot = middleOfThree(values[low], values[(low + high) >> 1], values[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const moved = values[i];
      values[i++] = values[j];
      values[j--] = moved;
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k];
}

function middleOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
