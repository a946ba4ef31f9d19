import type { Attribution } from './attribution.ts';

/** How the contributions of one feature lie, and with which of its values they go. */
export interface FeatureSummary {
  readonly name: string;
  readonly meanAbsolute: number;
  /** Where each part begins and ends. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Mean rank of a part's rows among the feature's values, 0…1, ties at their middle; NaN where every row lacks the value. */
  readonly level: Float64Array;
}

/**
 * Contributions of the `count` features with the greatest mean absolute one, strongest first: rows by rising contribution, in at most
 * `parts` parts of as equal a number as can be. With as many parts as rows each part is a row.
 *
 * @param valuesOf a feature's value in each row; NaN is missing.
 */
export function summariseAttributions(
  { names, columns }: Pick<Attribution, 'names' | 'columns'>,
  valuesOf: (name: string) => Float64Array,
  count: number,
  parts: number,
): FeatureSummary[] {
  return names
    .map((name, j) => ({ name, column: columns[j], meanAbsolute: meanAbsolute(columns[j]) }))
    .filter((one) => one.meanAbsolute > 0)
    .sort((a, b) => b.meanAbsolute - a.meanAbsolute || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name, column, meanAbsolute }) => ({
      name,
      meanAbsolute,
      ...inParts(column, ranksOf(valuesOf(name)), Math.min(parts, column.length)),
    }));
}

function inParts(column: Float64Array, ranks: Float64Array, parts: number) {
  const order = Int32Array.from(column.keys()).sort((a, b) => column[a] - column[b] || a - b);
  const low = new Float64Array(parts);
  const high = new Float64Array(parts);
  const level = new Float64Array(parts);
  for (let k = 0; k < parts; k++) {
    const rows = order.subarray(
      Math.floor((k * order.length) / parts),
      Math.floor(((k + 1) * order.length) / parts),
    );
    low[k] = column[rows[0]];
    high[k] = column[rows[rows.length - 1]];
    level[k] = meanOfKnown(rows, ranks);
  }
  return { low, high, level };
}

/** Place of each value among those that are known, from 0 to 1; ½ where all are equal. */
function ranksOf(values: Float64Array): Float64Array {
  const order = Int32Array.from(values.keys())
    .filter((i) => !Number.isNaN(values[i]))
    .sort((a, b) => values[a] - values[b] || a - b);
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  const last = Math.max(1, order.length - 1);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    const middle = order.length === 1 ? 0.5 : (from + to - 1) / 2 / last;
    for (; from < to; from++) ranks[order[from]] = middle;
  }
  return ranks;
}

function meanOfKnown(rows: Int32Array, ranks: Float64Array): number {
  let sum = 0;
  let known = 0;
  for (const row of rows) {
    if (Number.isNaN(ranks[row])) continue;
    sum += ranks[row];
    known++;
  }
  return sum / known;
}

function meanAbsolute(column: Float64Array): number {
  return column.length === 0 ? 0 : column.reduce((sum, x) => sum + Math.abs(x), 0) / column.length;
}
