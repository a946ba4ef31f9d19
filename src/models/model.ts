import { type LogisticRegressionModel, predictLogisticRegression } from './logistic-regression/model.ts';
import type { Matrix } from './matrix.ts';
import {
  type GradientBoostingModel,
  predictGradientBoosting,
  predictRandomForest,
  type RandomForestModel,
} from './tree/ensemble.ts';

/** What a learner learned, as plain numbers, strings and arrays: safe to store as JSON, and never code. */
export type Model = LogisticRegressionModel | RandomForestModel | GradientBoostingModel;

/**
 * The probability of being lost, for each row. The model's features are found by name; other columns are
 * ignored.
 * @throws InputError naming a feature that is absent or holds an infinite value.
 */
export function predict(model: Model, matrix: Matrix): Float64Array {
  switch (model.kind) {
    case 'logistic-regression':
      return predictLogisticRegression(model, matrix);
    case 'random-forest':
      return predictRandomForest(model, matrix);
    case 'gradient-boosting':
      return predictGradientBoosting(model, matrix);
  }
}
