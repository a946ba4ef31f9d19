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

/**
 * The median of weighted values, missing ones left out: that of a list in which each stands as often as its weight says.
 * @param values at least one that is not NaN and has weight.
 */
export function weightedMedian(values: Float64Array, weights: Float64Array): number {
  const order = Int32Array.from(values.keys())
    .filter((i) => !Number.isNaN(values[i]) && weights[i] > 0)
    .sort((a, b) => values[a] - values[b]);
  const half = order.reduce((sum, i) => sum + weights[i], 0) / 2;
  let below = 0;
  for (let k = 0; k < order.length; k++) {
    below += weights[order[k]];
    if (below > half) return values[order[k]];
    if (below === half && k + 1 < order.length) return values[order[k]] / 2 + values[order[k + 1]] / 2;
  }
  return values[order[order.length - 1]];
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
