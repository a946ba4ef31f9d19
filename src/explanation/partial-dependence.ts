import type { Interval } from '../evaluation/intervals.ts';
import type { Matrix } from '../models/matrix.ts';
import { numberColumn } from './grid.ts';
import { type UserSample, userIntervals, weightedSums } from './users.ts';

/** A model, or several each for its rows: a probability for each row. */
export type Predict = (matrix: Matrix) => Float64Array;

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
  values.forEach((value, k) => {
    predict(withColumn(matrix, name, new Float64Array(matrix.rows).fill(value))).forEach((p, i) => {
      sums[users.userOf[i] * width + k] += p;
    });
  });
  for (const user of users.userOf) sums[user * width + values.length]++;
  const intervals = userIntervals(users, (times) => {
    const total = weightedSums(sums, width, times);
    return total.subarray(0, values.length).map((sum) => sum / total[values.length]);
  });
  return intervals.map((interval, k) => ({ x: values[k], ...interval }));
}

/** The matrix with another column of a feature. */
export function withColumn(matrix: Matrix, name: string, column: Float64Array): Matrix {
  return { ...matrix, columns: matrix.columns.with(matrix.names.indexOf(name), column) };
}
