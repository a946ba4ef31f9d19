import type { CountedValues } from './bin-edges.ts';

/** Whole numbers from 0 up to here are counted, not sorted: most features are counts of something. */
const COUNTED = 4096;

/** The distinct values of some rows of a column, ascending, with how many of the rows have each; missing values are left out. */
export function countValues(column: Float64Array, rows: Int32Array): CountedValues {
  return countWhole(column, rows) ?? countSorted(column, rows);
}

/** Undefined where a value is no small whole number. */
function countWhole(column: Float64Array, rows: Int32Array): CountedValues | undefined {
  const times = new Int32Array(COUNTED);
  for (let k = 0; k < rows.length; k++) {
    const x = column[rows[k]];
    const whole = x & (COUNTED - 1);
    if (whole === x) times[whole]++;
    else if (!Number.isNaN(x)) return undefined;
  }
  const values = new Float64Array(COUNTED);
  let distinct = 0;
  for (let value = 0; value < COUNTED; value++) {
    if (times[value] === 0) continue;
    times[distinct] = times[value];
    values[distinct++] = value;
  }
  return { values: values.subarray(0, distinct), counts: times.subarray(0, distinct) };
}

/** Zeros, often most of the values, are not sorted. */
function countSorted(column: Float64Array, rows: Int32Array): CountedValues {
  const found = new Float64Array(rows.length);
  let others = 0;
  let zeros = 0;
  for (let k = 0; k < rows.length; k++) {
    const x = column[rows[k]];
    if (x === 0) zeros++;
    else if (!Number.isNaN(x)) found[others++] = x;
  }
  const sorted = found.subarray(0, others).sort();
  const values = new Float64Array(others + 1);
  const counts = new Int32Array(others + 1);
  let last = -1;
  const add = (value: number, count: number) => {
    if (last < 0 || values[last] !== value) values[++last] = value;
    counts[last] += count;
  };
  let i = 0;
  for (; i < others && sorted[i] < 0; i++) add(sorted[i], 1);
  if (zeros > 0) add(0, zeros);
  for (; i < others; i++) add(sorted[i], 1);
  return { values: values.subarray(0, last + 1), counts: counts.subarray(0, last + 1) };
}
