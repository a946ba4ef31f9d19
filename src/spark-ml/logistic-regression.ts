import { z } from 'zod';
import { classWeightSchema } from '../models/class-weight.ts';
import { fitModel } from './fit-model.ts';
import { clusterLearner } from './learner.ts';
import { numberOf, vectorOf } from './values.ts';

const schema = z.strictObject({
  /** Inverse of the penalty on the coefficients of standardised terms, as in our own logistic regression. */
  C: z.number().positive(),
  /** Share of the penalty that is L1, which sets coefficients to 0; the rest is L2. */
  elasticNet: z.number().min(0).max(1),
  maxIterations: z.int().min(1),
  tolerance: z.number().positive(),
  classWeight: classWeightSchema,
});

/**
 * Spark's logistic regression on the terms of our own. Its loss is a mean and its penalty not divided, so that
 * 1 / (C · Σ weights) as `regParam` makes it the problem that ours solves; either class weighting sums to the rows.
 */
export const sparkLogisticRegression = clusterLearner({
  name: 'spark-lr',
  title: 'Logistic regression (Spark)',
  schema,
  defaults: { C: 0.03, elasticNet: 0, maxIterations: 500, tolerance: 1e-10, classWeight: 'none' },
  searchSpace: {
    C: { kind: 'number', low: 1e-5, high: 100, scale: 'log' },
    elasticNet: { kind: 'number', low: 0, high: 1, scale: 'linear' },
  },
  fit: (training, settings, { signal }) => {
    const { session, features, terms, rows } = training;
    const params = {
      regParam: 1 / (settings.C * rows),
      elasticNetParam: settings.elasticNet,
      standardization: false,
      family: 'binomial',
      maxIter: settings.maxIterations,
      tol: settings.tolerance,
      weightCol: 'weight',
    };
    const dataset = training.dataset('standardised', settings.classWeight);
    return fitModel(session, 'LogisticRegression', params, dataset, signal, async (model) => ({
      kind: 'logistic-regression',
      features,
      terms,
      coefficients: vectorOf(await session.ml.fetch(model, ['coefficients'], { signal }), terms.length),
      intercept: numberOf(await session.ml.fetch(model, ['intercept'], { signal })),
    }));
  },
});
