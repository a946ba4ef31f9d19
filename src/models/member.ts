import { type LogisticRegressionModel, logOddsOfLogisticRegression } from './logistic-regression/model.ts';
import type { Matrix } from './matrix.ts';
import { logOddsOfPerceptron, type MultilayerPerceptronModel } from './multilayer-perceptron/model.ts';
import { type PreparedModel, unwrap } from './preparation/model.ts';
import { clippedLogOdds } from './stack/log-odds.ts';
import {
  type GradientBoostingModel,
  logOddsOfBoosting,
  predictRandomForest,
  type RandomForestModel,
} from './tree/ensemble.ts';

/** A model that is not made of others. */
export type PlainModel =
  | LogisticRegressionModel
  | RandomForestModel
  | GradientBoostingModel
  | MultilayerPerceptronModel;

/** A model that may be a part of a stack. */
export type MemberModel = PlainModel | PreparedModel;

/** The log-odds of each row; of a random forest, which averages probabilities, those of the clipped probability. */
export function logOddsOfMember(model: MemberModel, matrix: Matrix): Float64Array {
  switch (model.kind) {
    case 'logistic-regression':
      return logOddsOfLogisticRegression(model, matrix);
    case 'random-forest':
      return predictRandomForest(model, matrix).map(clippedLogOdds);
    case 'gradient-boosting':
      return logOddsOfBoosting(model, matrix);
    case 'multilayer-perceptron':
      return logOddsOfPerceptron(model, matrix);
    case 'prepared': {
      const within = unwrap(model, matrix);
      return logOddsOfMember(within.model, within.matrix);
    }
  }
}
