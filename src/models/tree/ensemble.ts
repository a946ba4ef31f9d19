import { columnsFor, type Matrix } from '../matrix.ts';
import { sumTrees } from './predict.ts';
import type { Tree } from './tree.ts';

/** probability = the mean over the trees. */
export interface RandomForestModel {
  readonly kind: 'random-forest';
  readonly features: readonly string[];
  readonly trees: readonly Tree[];
}

/** log-odds = base + the sum over the trees. */
export interface GradientBoostingModel {
  readonly kind: 'gradient-boosting';
  readonly features: readonly string[];
  readonly base: number;
  readonly trees: readonly Tree[];
}

/** The probability of each row. */
export function predictRandomForest(model: RandomForestModel, matrix: Matrix): Float64Array {
  const sums = new Float64Array(matrix.rows);
  sumTrees(model.trees, columnsFor(model.features, matrix), sums);
  const trees = model.trees.length;
  return sums.map((sum) => sum / trees);
}

/** The log-odds of each row. */
export function logOddsOfBoosting(model: GradientBoostingModel, matrix: Matrix): Float64Array {
  const logOdds = new Float64Array(matrix.rows).fill(model.base);
  sumTrees(model.trees, columnsFor(model.features, matrix), logOdds);
  return logOdds;
}
