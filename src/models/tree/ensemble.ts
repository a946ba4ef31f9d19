import type { Matrix } from '../matrix.ts';
import { inputsOf, type TreeInputs } from './inputs.ts';
import { sumTrees } from './predict.ts';
import type { Tree } from './tree.ts';

/** probability = the mean over the trees. */
export interface RandomForestModel extends TreeInputs {
  readonly kind: 'random-forest';
  readonly trees: readonly Tree[];
}

/** log-odds = base + the sum over the trees. */
export interface GradientBoostingModel extends TreeInputs {
  readonly kind: 'gradient-boosting';
  readonly base: number;
  readonly trees: readonly Tree[];
}

/** The probability of each row. */
export function predictRandomForest(model: RandomForestModel, matrix: Matrix): Float64Array {
  const sums = new Float64Array(matrix.rows);
  sumTrees(model.trees, inputsOf(model, matrix), sums);
  const trees = model.trees.length;
  return sums.map((sum) => sum / trees);
}

/** The log-odds of each row. */
export function logOddsOfBoosting(model: GradientBoostingModel, matrix: Matrix): Float64Array {
  const logOdds = new Float64Array(matrix.rows).fill(model.base);
  sumTrees(model.trees, inputsOf(model, matrix), logOdds);
  return logOdds;
}
