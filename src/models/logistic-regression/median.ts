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
  return between(lower, upper);
}

/**
 * The median of weighted values, missing ones left out: that of a list in which each stands as often as its weight says.
 * Quickselect, by what the values on either side of a pivot weigh.
 * @param values at least one that is not NaN and has weight.
 */
export function weightedMedian(values: Float64Array, weights: Float64Array): number {
  const { order, total } = weightedPlaces(values, weights);
  const half = total / 2;
  let below = 0;
  let low = 0;
  let high = order.length;
  let found = Number.NaN;
  while (low < high) {
    const pivot = middleOfThree(
      values[order[low]],
      values[order[(low + high) >> 1]],
      values[order[high - 1]],
    );
    const { less, more, weightLess, weightEqual } = partAround(order, low, high, pivot, values, weights);
    found = pivot;
    if (below + weightLess >= half) high = less;
    else if (below + weightLess + weightEqual > half) return pivot;
    else if (below + weightLess + weightEqual === half)
      return between(pivot, leastAbove(order, values, pivot));
    else {
      below += weightLess + weightEqual;
      low = more;
    }
  }
  return found;
}

/** Where there are a value and a weight, and what these weigh together. */
function weightedPlaces(values: Float64Array, weights: Float64Array): { order: Int32Array; total: number } {
  const order = new Int32Array(values.length);
  let count = 0;
  let total = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i]) || !(weights[i] > 0)) continue;
    order[count++] = i;
    total += weights[i];
  }
  return { order: order.subarray(0, count), total };
}

/** Puts what is less than the pivot, equal to it and more, in this order; tells where the latter two begin, and weights. */
function partAround(
  order: Int32Array,
  low: number,
  high: number,
  pivot: number,
  values: Float64Array,
  weights: Float64Array,
): { less: number; more: number; weightLess: number; weightEqual: number } {
  let less = low;
  let more = high;
  let weightLess = 0;
  let weightEqual = 0;
  for (let i = low; i < more; ) {
    const one = order[i];
    const value = values[one];
    if (value < pivot) {
      weightLess += weights[one];
      order[i++] = order[less];
      order[less++] = one;
    } else if (value > pivot) {
      order[i] = order[--more];
      order[more] = one;
    } else {
      weightEqual += weights[one];
      i++;
    }
  }
  return { less, more, weightLess, weightEqual };
}

/** The pivot itself where nothing is above. */
function leastAbove(order: Int32Array, values: Float64Array, pivot: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const i of order) if (values[i] > pivot) least = Math.min(least, values[i]);
  return least === Number.POSITIVE_INFINITY ? pivot : least;
}

function between(a: number, b: number): number {
  return a / 2 + b / 2;
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
