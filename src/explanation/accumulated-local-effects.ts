import type { Matrix } from '../models/matrix.ts';
import { numberColumn } from './grid.ts';
import type { CurvePoint } from './partial-dependence.ts';
import { ownRows, type Predict } from './predict-at.ts';
import { type UserSample, userIntervals, weightedSums } from './users.ts';

/**
 * Accumulated local effects (Apley and Zhu 2020), one point an edge, with 95 % intervals over users; the model stays as it is.
 * Rows between two edges move the prediction by what it changes from one edge to the other; the mean changes are added up from
 * the least edge on, and the mean over the rows is 0. So only rows near a value speak for it. Missing values are left out.
 * @param edges rising, from the least to the greatest value or around them.
 * @throws InputError when there is no such feature, or it is a category.
 */
export function accumulatedLocalEffects(
  predict: Predict,
  matrix: Matrix,
  name: string,
  edges: readonly number[],
  users: UserSample,
): CurvePoint[] {
  const column = numberColumn(matrix, name);
  const bins = column.map((x) => binOf(x, edges));
  const count = Math.max(0, edges.length - 1);
  const j = matrix.names.indexOf(name);
  const at = (side: 0 | 1) => {
    const moved = column.map((x, i) => (bins[i] < 0 ? x : edges[bins[i] + side]));
    return predict({ ...matrix, columns: matrix.columns.with(j, moved) }, ownRows(matrix));
  };
  const below = at(0);
  const above = at(1);
  // By user: the changes in each bin, then the rows in each.
  const width = 2 * count;
  const sums = new Float64Array(users.count * width);
  bins.forEach((bin, i) => {
    if (bin < 0) return;
    const start = users.userOf[i] * width;
    sums[start + bin] += above[i] - below[i];
    sums[start + count + bin]++;
  });
  const intervals = userIntervals(users, (times) => {
    const total = weightedSums(sums, width, times);
    return accumulate(total.subarray(0, count), total.subarray(count));
  });
  return intervals.map((interval, k) => ({ x: edges[k], ...interval }));
}

/** The bin (edges[k], edges[k + 1]] of a value, the least edge in the first; −1 outside and for a missing value. */
function binOf(x: number, edges: readonly number[]): number {
  if (!(x >= edges[0])) return -1;
  return Math.max(0, edges.findIndex((edge) => x <= edge) - 1);
}

/** The curve at the edges, its mean over the rows at 0, a bin's rows being on the mean of its edges; NaN without rows. */
function accumulate(changes: Float64Array, rows: Float64Array): Float64Array {
  const curve = new Float64Array(changes.length + 1);
  let all = 0;
  let sum = 0;
  for (let k = 0; k < changes.length; k++) {
    curve[k + 1] = curve[k] + (rows[k] > 0 ? changes[k] / rows[k] : 0);
    all += rows[k];
    sum += (rows[k] * (curve[k] + curve[k + 1])) / 2;
  }
  return curve.map((effect) => effect - sum / all);
}
