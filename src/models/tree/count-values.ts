import type { CountedValues } from './bin-edges.ts';
import { binsKernel } from './bins-kernel.ts';

/** Whole numbers from 0 up to here are counted, not sorted: most features are counts of something. */
const COUNTED = 4096;

/** The distinct values of some rows of a column, ascending, with how many of the rows have each; missing values are left out. @param rows at most `MOST_VALUES` of them. */
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

function countSorted(column: Float64Array, rows: Int32Array): CountedValues {
  const kernel = binsKernel();
  const values = kernel.column;
  for (let k = 0; k < rows.length; k++) values[k] = column[rows[k]];
  return kernel.countDistinct(rows.length);
}
