import { z } from 'zod';
import { fitPlatt } from '../calibration/fit-platt.ts';
import { classWeightSchema } from '../class-weight.ts';
import { checkExamples } from '../examples.ts';
import type { Learner } from '../learner.ts';
import { checkNumbers } from '../logistic-regression/check-numbers.ts';
import type { LogisticRegressionModel } from '../logistic-regression/model.ts';
import type { Examples } from '../matrix.ts';
import { parseSettings } from '../settings.ts';
import { fitHyperplane, type Hyperplane } from './hyperplane.ts';
import { outOfFoldScores } from './out-of-fold.ts';

const schema = z.strictObject({
  /** What a unit of loss counts against half the squared length of the coefficients, as in LIBLINEAR. */
  C: z.number().positive(),
  classWeight: classWeightSchema,
});

export type LinearSvmSettings = Readonly<z.infer<typeof schema>>;

/**
 * A linear support vector machine with squared hinge loss on standardised features, as scikit-learn's LinearSVC (Fan et
 * al. 2008): the intercept is penalised as the coefficients are. Its distances from the hyperplane become probabilities by
 * Platt's scaling on distances that are out of fold, so that the model is log-odds linear in its terms: a logistic
 * regression by its form.
 */
export const linearSvm: Learner<LinearSvmSettings, LogisticRegressionModel> = {
  name: 'linear-svm',
  title: 'Linear support vector machine',
  schema,
  defaults: { C: 0.001, classWeight: 'none' },
  searchSpace: { C: { kind: 'number', low: 1e-6, high: 1, scale: 'log' } },
  fit: (examples, settings, seed) => {
    const checked = parseSettings('linear-svm', schema, settings);
    checkExamples(examples);
    checkNumbers('A linear support vector machine', examples.matrix);
    return fitLinearSvm(examples, checked, seed);
  },
};

function fitLinearSvm(
  examples: Examples,
  settings: LinearSvmSettings,
  seed: number,
): LogisticRegressionModel {
  const whole = fitHyperplane(examples, settings);
  const scores = outOfFoldScores(examples, (training) => fitHyperplane(training, settings), seed);
  return asLogOdds(examples.matrix.names, whole, fitPlatt(scores, examples));
}

function asLogOdds(
  features: readonly string[],
  { terms, coefficients, intercept }: Hyperplane,
  { slope, offset }: { readonly slope: number; readonly offset: number },
): LogisticRegressionModel {
  return {
    kind: 'logistic-regression',
    features,
    terms,
    coefficients: coefficients.map((w) => slope * w),
    intercept: slope * intercept + offset,
  };
}
