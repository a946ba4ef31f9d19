import type { Matrix } from '../models/matrix.ts';
import { numberColumn } from './grid.ts';
import { type Predict, predictAt } from './predict-at.ts';

/** How much two features do together beyond what each does alone. */
export interface Interaction {
  readonly first: string;
  readonly second: string;
  /** Friedman's H²: the share of the variance of what the two do that comes of both together; 0 where they do nothing. */
  readonly share: number;
  /** The root of that part of the variance, in probability: unlike the share it is small where the two do little. */
  readonly strength: number;
}

/**
 * Friedman and Popescu's (2008, section 8.1) H² of each pair of features, over the rows of the matrix, strongest first. It asks for
 * rows² predictions a pair and a feature, so give it a sample.
 * @throws InputError when there is no such feature, or it is a category.
 */
export function interactions(predict: Predict, matrix: Matrix, names: readonly string[]): Interaction[] {
  const alone = new Map(names.map((name) => [name, jointDependence(predict, matrix, [name])]));
  const pairs = names.flatMap((first, j) => names.slice(j + 1).map((second) => [first, second] as const));
  return pairs
    .map(([first, second]) => {
      const together = jointDependence(predict, matrix, [first, second]);
      const ofFirst = alone.get(first) ?? together;
      const ofSecond = alone.get(second) ?? together;
      let beyond = 0;
      let all = 0;
      for (let i = 0; i < together.length; i++) {
        beyond += (together[i] - ofFirst[i] - ofSecond[i]) ** 2;
        all += together[i] ** 2;
      }
      return {
        first,
        second,
        share: all > 0 ? beyond / all : 0,
        strength: Math.sqrt(beyond / together.length),
      };
    })
    .sort((a, b) => b.strength - a.strength || (a.first + a.second < b.first + b.second ? -1 : 1));
}

/** By row: the mean prediction of all rows if they had its values of the features; less the mean over the rows. */
function jointDependence(predict: Predict, matrix: Matrix, names: readonly string[]): Float64Array {
  const columns = names.map((name) => numberColumn(matrix, name));
  const points = Array.from({ length: matrix.rows }, (_, i) => columns.map((column) => column[i]));
  const means = new Float64Array(matrix.rows);
  predictAt(predict, matrix, names, points, (point, _, p) => {
    means[point] += p / matrix.rows;
  });
  const overall = means.reduce((sum, mean) => sum + mean, 0) / matrix.rows;
  return means.map((mean) => mean - overall);
}
