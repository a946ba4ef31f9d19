import { type LogisticRegressionModel, logOddsOfLogisticRegression } from './logistic-regression/model.ts';
import type { Matrix } from './matrix.ts';
import { logOddsOfPerceptron, type MultilayerPerceptronModel } from './multilayer-perceptron/model.ts';
import { logOddsOfNaiveBayes, type NaiveBayesModel } from './naive-bayes/model.ts';
import { clippedLogOdds } from './stack/log-odds.ts';
import { logOddsOfTemporalConvolution, type TemporalConvolutionModel } from './temporal-convolution/model.ts';
import {
  type GradientBoostingModel,
  logOddsOfBoosting,
  predictRandomForest,
  type RandomForestModel,
} from './tree/ensemble.ts';

/** What a learner learned, of the very columns that it saw. */
export type PlainModel =
  | LogisticRegressionModel
  | RandomForestModel
  | GradientBoostingModel
  | MultilayerPerceptronModel
  | TemporalConvolutionModel
  | NaiveBayesModel;

/** The log-odds of each row; of a random forest, which averages probabilities, those of the clipped probability. */
export function logOddsOfPlainModel(model: PlainModel, matrix: Matrix): Float64Array {
  switch (model.kind) {
    case 'logistic-regression':
      return logOddsOfLogisticRegression(model, matrix);
    case 'random-forest':
      return predictRandomForest(model, matrix).map(clippedLogOdds);
    case 'gradient-boosting':
      return logOddsOfBoosting(model, matrix);
    case 'multilayer-perceptron':
      return logOddsOfPerceptron(model, matrix);
    case 'temporal-convolution':
      return logOddsOfTemporalConvolution(model, matrix);
    case 'naive-bayes':
      return logOddsOfNaiveBayes(model, matrix);
  }
}
