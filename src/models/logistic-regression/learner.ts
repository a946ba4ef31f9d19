import { z } from 'zod';
import { classWeightSchema, classWeights } from '../class-weight.ts';
import { checkExamples, countLost } from '../examples.ts';
import type { Learner } from '../learner.ts';
import type { Examples } from '../matrix.ts';
import { parseSettings } from '../settings.ts';
import type { LogisticRegressionModel } from './model.ts';
import { minimise } from './newton.ts';
import { holdsBothOutcomes, type Problem } from './objective.ts';
import { fitPreparation } from './preparation.ts';

const schema = z.strictObject({
  /** Inverse of the L2 penalty on the coefficients of standardised terms, as in scikit-learn. */
  C: z.number().positive(),
  classWeight: classWeightSchema,
});

export type LogisticRegressionSettings = Readonly<z.infer<typeof schema>>;

/**
 * L2-penalised logistic regression on standardised features, exact to rounding. By default without class
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
    return fitLogisticRegression(examples, checked);
  },
};

function fitLogisticRegression(
  { matrix, labels }: Examples,
  settings: LogisticRegressionSettings,
): LogisticRegressionModel {
  const terms = fitPreparation(matrix.columns);
  const problem = {
    terms,
    columns: matrix.columns,
    labels,
    weights: classWeights(labels, settings.classWeight),
    stride: 1,
    penalty: 1 / settings.C,
  };
  const beta = minimise(problem, firstGuess(problem));
  return {
    kind: 'logistic-regression',
    features: matrix.names,
    terms,
    coefficients: Array.from(beta.subarray(0, terms.length)),
    intercept: beta[terms.length],
  };
}

/**
 * From this many rows a term on, the minimum over a tenth of the blocks saves more steps over the whole than
 * it costs.
 */
const ROWS_PER_TERM_FOR_SAMPLE = 200;

/**
 * The minimum over a sample of the blocks where there are rows enough, else the intercept of the base rate.
 */
function firstGuess(problem: Problem): Float64Array {
  const beta = new Float64Array(problem.terms.length + 1);
  const lost = countLost(problem.labels);
  const [w0, w1] = problem.weights;
  beta[problem.terms.length] = Math.log((w1 * lost) / (w0 * (problem.labels.length - lost)));
  const sample = { ...problem, stride: 10, penalty: problem.penalty / 10 };
  const enough = problem.labels.length >= ROWS_PER_TERM_FOR_SAMPLE * beta.length;
  return enough && holdsBothOutcomes(sample) ? minimise(sample, beta) : beta;
}
