import type { LogisticRegressionModel } from '../../src/models/logistic-regression/model.ts';
import type { Matrix } from '../../src/models/matrix.ts';
import reference from '../fixtures/reference/explanation.json' with { type: 'json' };

/** The logistic model that the reference explains, and its rows, each a user of its own. */
export const model: LogisticRegressionModel = {
  kind: 'logistic-regression',
  features: ['a', 'b', 'c'],
  terms: [0, 1, 2].map((feature) => ({ part: 'value', feature, median: 0, mean: 0, sd: 1 })),
  coefficients: reference.coefficients,
  intercept: reference.intercept,
};

export const matrix: Matrix = {
  rows: reference.labels.length,
  names: model.features,
  columns: reference.columns.map((column) => Float64Array.from(column)),
};

export const labels = Uint8Array.from(reference.labels);

export const users = {
  userOf: Int32Array.from(labels.keys()),
  count: labels.length,
  replicates: 200,
  seed: 4,
};

export { reference };
