/**
 * One column of the design matrix, made from one feature:
 * `value` is (x − mean) / sd with the median in place of a missing x; `missing` is (1 − mean) / sd where x is missing and
 * −mean / sd where it is not.
 */
export type Term =
  | {
      readonly feature: number;
      readonly part: 'value';
      readonly median: number;
      readonly mean: number;
      readonly sd: number;
    }
  | { readonly feature: number; readonly part: 'missing'; readonly mean: number; readonly sd: number };

/**
 * Fits the preparation on training columns: the median for missing values, with an indicator beside it where a column has
 * missing values, each standardised with its mean and population standard deviation. Columns that are constant after
 * imputation are dropped, and so are columns without any value.
 */
export function fitPreparation(columns: readonly Float64Array[]): Term[] {
  return columns.flatMap((column, feature) => {
    const values = sortedValues(column);
    const terms: Term[] = [];
    if (values.length > 0 && values[0] < values[values.length - 1]) {
      const median = middle(values);
      const { mean, sd } = momentsOf(column, (x) => (Number.isNaN(x) ? median : x));
      if (sd > 0) terms.push({ feature, part: 'value', median, mean, sd });
    }
    if (values.length > 0 && values.length < column.length) {
      terms.push({ feature, part: 'missing', ...momentsOf(column, (x) => (Number.isNaN(x) ? 1 : 0)) });
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
  const median = term.median;
  for (let i = start; i < end; i++) {
    const x = column[i];
    out[at + i - start] = ((Number.isNaN(x) ? median : x) - mean) / sd;
  }
}

function sortedValues(column: Float64Array): Float64Array {
  return column.filter((x) => !Number.isNaN(x)).sort();
}

function middle(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
}

/** Two passes, on values scaled into −1 … 1: no square overflows, and a mean far from zero costs no digits. */
function momentsOf(column: Float64Array, value: (x: number) => number): { mean: number; sd: number } {
  let scale = 0;
  for (let i = 0; i < column.length; i++) scale = Math.max(scale, Math.abs(value(column[i])));
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += value(column[i]) / scale;
  const mean = sum / column.length;
  let squares = 0;
  for (let i = 0; i < column.length; i++) squares += (value(column[i]) / scale - mean) ** 2;
  return { mean: mean * scale, sd: Math.sqrt(squares / column.length) * scale };
}
