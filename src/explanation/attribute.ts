import { type UncalibratedModel, withoutCalibration } from '../models/calibration/model.ts';
import type { Matrix } from '../models/matrix.ts';
import type { MemberModel } from '../models/member.ts';
import type { Model } from '../models/model.ts';
import type { Attribution } from './attribution.ts';
import { attributeLinear } from './linear.ts';
import { attributeNaiveBayes } from './naive-bayes.ts';
import { attributePerceptron } from './perceptron.ts';
import { attributePrepared } from './prepared.ts';
import { attributeStack } from './stack.ts';
import { attributeTemporalConvolution } from './temporal-convolution.ts';
import { attributeTrees } from './tree-shap.ts';

/**
 * How much each feature moved each prediction, additive to rounding. Linear models and trees: exact Shapley values, which
 * are coefficient times the distance from the training mean, a missing-value indicator counting for its feature, and
 * path-dependent TreeSHAP (Lundberg et al. 2020). Perceptrons and temporal convolutions: integrated gradients. Stacks: sums of their members'. Of columns made of one column of a table, the sum is that column's. Of a
 * calibrated model they are those of the model within, and add up to what it predicts before calibration: calibration bends the sum, not
 * what a feature adds to it.
 * @param background rows to count contributions from: their mean contributions move into the base. Without
 * them, linear models count from the mean training row, trees from the mean over their training rows.
 * @throws InputError naming a feature that is absent or holds an infinite value.
 */
export function attribute(model: Model, matrix: Matrix, background?: Matrix): Attribution {
  const within = withoutCalibration(model);
  const attribution = contributions(within, matrix);
  return background ? countFrom(contributions(within, background), attribution) : attribution;
}

function contributions(model: UncalibratedModel, matrix: Matrix): Attribution {
  return model.kind === 'stack'
    ? attributeStack(model, matrix, contributionsOfMember)
    : contributionsOfMember(model, matrix);
}

function contributionsOfMember(model: MemberModel, matrix: Matrix): Attribution {
  switch (model.kind) {
    case 'logistic-regression':
      return attributeLinear(model, matrix);
    case 'gradient-boosting':
      return { unit: 'log-odds', ...attributeTrees(model, matrix, model.base, 1) };
    case 'random-forest':
      return { unit: 'probability', ...attributeTrees(model, matrix, 0, 1 / model.trees.length) };
    case 'multilayer-perceptron':
      return attributePerceptron(model, matrix);
    case 'temporal-convolution':
      return attributeTemporalConvolution(model, matrix);
    case 'naive-bayes':
      return attributeNaiveBayes(model, matrix);
    case 'prepared':
      return attributePrepared(model, matrix, contributionsOfMember);
  }
}

function countFrom(background: Attribution, { base, columns, ...rest }: Attribution): Attribution {
  const means = background.columns.map(mean);
  return {
    ...rest,
    base: means.reduce((sum, mean) => sum + mean, base),
    columns: columns.map((column, j) => column.map((x) => x - means[j])),
  };
}

function mean(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, x) => sum + x, 0) / values.length;
}
