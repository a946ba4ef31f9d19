import { z } from 'zod';
import { classWeightSchema } from '../class-weight.ts';
import { checkExamples } from '../examples.ts';
import type { Learner } from '../learner.ts';
import type { Examples } from '../matrix.ts';
import { parseSettings } from '../settings.ts';
import { checkNumbers } from './check-numbers.ts';
import { createProblem, minimise } from './minimise.ts';
import type { LogisticRegressionModel } from './model.ts';

const schema = z.strictObject({
  /** Inverse of the penalty on the coefficients of standardised terms, as in scikit-learn. */
  C: z.number().positive(),
  /** The share of L1 in the penalty: 0 or absent for L2 alone, 1 for the lasso, between them the elastic net. */
  l1Ratio: z.number().min(0).max(1).optional(),
  classWeight: classWeightSchema,
});

export type LogisticRegressionSettings = Readonly<z.infer<typeof schema>>;

/**
 * Penalised logistic regression on standardised features, exact to rounding. By default without class
 * weights, which would move every probability towards one half.
 */
export const logisticRegression: Learner<LogisticRegressionSettings, LogisticRegressionModel> = {
  name: 'logistic-regression',
  title: 'Logistic regression',
  schema,
  defaults: { C: 0.03, classWeight: 'none' },
  searchSpace: { C: { kind: 'number', low: 1e-5, high: 100, scale: 'log' } },
  fit: (examples, settings) => {
    const checked = parseSettings('logistic-regression', schema, settings);
    checkExamples(examples);
    checkNumbers('Logistic regression', examples.matrix);
    return fitLogisticRegression(examples, checked);
  },
};

function fitLogisticRegression(
  examples: Examples,
  settings: LogisticRegressionSettings,
): LogisticRegressionModel {
  const { terms, problem } = createProblem(examples, settings);
  const beta = minimise(problem, terms, examples.matrix.columns);
  return {
    kind: 'logistic-regression',
    features: examples.matrix.names,
    terms,
    coefficients: Array.from(beta.subarray(0, terms.length)),
    intercept: beta[terms.length],
  };
}
