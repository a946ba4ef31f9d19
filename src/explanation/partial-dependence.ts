import type { Interval } from '../evaluation/intervals.ts';
import type { Matrix } from '../models/matrix.ts';
import { numberColumn } from './grid.ts';
import { type Predict, predictAt } from './predict-at.ts';
import { type UserSample, userIntervals, weightedSums } from './users.ts';

/** A point of a curve over a feature's values. */
export interface CurvePoint extends Interval {
  readonly x: number;
}

/**
 * Partial dependence (Friedman 2001): the mean prediction if every row had the value, one point a value, with 95 % intervals over
 * users; the model stays as it is. Where features go together, it asks of rows that never were: accumulated local effects
 * do not.
 * @throws InputError when there is no such feature, or it is a category.
 */
export function partialDependence(
  predict: Predict,
  matrix: Matrix,
  name: string,
  values: readonly number[],
  users: UserSample,
): CurvePoint[] {
  numberColumn(matrix, name);
  const width = values.length + 1;
  const sums = new Float64Array(users.count * width);
  const points = values.map((value) => [value]);
  predictAt(predict, matrix, [name], points, (k, row, p) => {
    sums[users.userOf[row] * width + k] += p;
  });
  for (const user of users.userOf) sums[user * width + values.length]++;
  const intervals = userIntervals(users, (times) => {
    const total = weightedSums(sums, width, times);
    return total.subarray(0, values.length).map((sum) => sum / total[values.length]);
  });
  return intervals.map((interval, k) => ({ x: values[k], ...interval }));
}
