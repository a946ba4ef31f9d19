import { median, weightedMedian } from './median.ts';

/**
 * One column of the design matrix, made from one feature: `value` is (x − mean) / sd with the median in place
 * of a missing x; `missing` is (1 − mean) / sd where x is missing and −mean / sd where it is not.
 */
export type Term = ValueTerm | MissingTerm;

interface ValueTerm {
  readonly feature: number;
  readonly part: 'value';
  readonly median: number;
  readonly mean: number;
  readonly sd: number;
}

interface MissingTerm {
  readonly feature: number;
  readonly part: 'missing';
  readonly mean: number;
  readonly sd: number;
}

/**
 * Fits the preparation on training columns: the median for missing values, with an indicator beside it where
 * a column has missing values, each standardised with its mean and population standard deviation. Columns
 * that are constant after imputation are dropped, and so are columns without any value.
 * @param weights by row; absent where all count alike.
 */
export function fitPreparation(columns: readonly Float64Array[], weights?: Float64Array): Term[] {
  return columns.flatMap((column, feature) => {
    const present = presentValues(column);
    const missing = column.length - present.length;
    const terms: Term[] = [];
    if (present.some((x) => x !== present[0])) {
      const middle = weights ? weightedMedian(column, weights) : median(present);
      const { mean, sd } = momentsOf(column, middle, weights);
      if (sd > 0) terms.push({ feature, part: 'value', median: middle, mean, sd });
    }
    if (missing > 0 && present.length > 0) {
      const mean = weights ? weightOfMissing(column, weights) : missing / column.length;
      const sd = Math.sqrt(mean * (1 - mean));
      if (sd > 0) terms.push({ feature, part: 'missing', mean, sd });
    }
    return terms;
  });
}

/** Writes rows `start` … `end` − 1 of a term to `out`, from `at` on. */
export function fillTerm(
  term: Term,
  column: Float64Array,
  start: number,
  end: number,
  out: Float64Array,
  at: number,
): void {
  const { mean, sd } = term;
  if (term.part === 'missing') {
    for (let i = start; i < end; i++) out[at + i - start] = ((Number.isNaN(column[i]) ? 1 : 0) - mean) / sd;
    return;
  }
  const middle = term.median;
  for (let i = start; i < end; i++) {
    const x = column[i];
    out[at + i - start] = ((Number.isNaN(x) ? middle : x) - mean) / sd;
  }
}

function presentValues(column: Float64Array): Float64Array {
  const present = new Float64Array(column.length);
  let count = 0;
  for (let i = 0; i < column.length; i++) {
    if (!Number.isNaN(column[i])) present[count++] = column[i];
  }
  return present.subarray(0, count);
}

/** The share of the weight that rows with a missing value have. */
function weightOfMissing(column: Float64Array, weights: Float64Array): number {
  let missing = 0;
  let total = 0;
  for (let i = 0; i < column.length; i++) {
    total += weights[i];
    if (Number.isNaN(column[i])) missing += weights[i];
  }
  return missing / total;
}

/**
 * Mean and population standard deviation with `middle` in place of missing values. Two passes, on values
 * scaled by a power of two into −2 … 2: no square overflows, and a mean far from zero costs no digits.
 */
function momentsOf(
  column: Float64Array,
  middle: number,
  weights?: Float64Array,
): { mean: number; sd: number } {
  const scale = powerOfTwoBelow(largestOf(column));
  const factor = 1 / scale;
  let sum = 0;
  let total = 0;
  for (let i = 0; i < column.length; i++) {
    const weight = weights ? weights[i] : 1;
    const x = column[i];
    total += weight;
    sum += weight * (factor * (Number.isNaN(x) ? middle : x));
  }
  const mean = sum / total;
  let squares = 0;
  for (let i = 0; i < column.length; i++) {
    const weight = weights ? weights[i] : 1;
    const x = column[i];
    const distance = factor * (Number.isNaN(x) ? middle : x) - mean;
    squares += weight * (distance * distance);
  }
  return { mean: mean * scale, sd: Math.sqrt(squares / total) * scale };
}

/** Bounded, so that its inverse is a number, too. */
function powerOfTwoBelow(x: number): number {
  return 2 ** Math.min(Math.max(Math.floor(Math.log2(x)), -1000), 1000);
}

function largestOf(column: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < column.length; i++) {
    if (!Number.isNaN(column[i])) largest = Math.max(largest, Math.abs(column[i]));
  }
  return largest;
}
