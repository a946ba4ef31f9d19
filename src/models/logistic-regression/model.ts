import { InputError } from '../../errors.ts';
import { columnsFor, type Matrix } from '../matrix.ts';
import { fillTerm, type Term } from './preparation.ts';

/** log-odds = intercept + Σ coefficient · term. */
export interface LogisticRegressionModel {
  readonly kind: 'logistic-regression';
  readonly features: readonly string[];
  /** How the terms are made from the features; fitted on the training rows. */
  readonly terms: readonly Term[];
  /** One for each term. */
  readonly coefficients: readonly number[];
  readonly intercept: number;
}

/** The log-odds of each row. @throws InputError for values so large that they overflow. */
export function logOddsOfLogisticRegression(model: LogisticRegressionModel, matrix: Matrix): Float64Array {
  const columns = columnsFor(model.features, matrix);
  const eta = new Float64Array(matrix.rows).fill(model.intercept);
  const scratch = new Float64Array(matrix.rows);
  model.terms.forEach((term, j) => {
    fillTerm(term, columns[term.feature], 0, matrix.rows, scratch, 0);
    const coefficient = model.coefficients[j];
    for (let i = 0; i < eta.length; i++) eta[i] += coefficient * scratch[i];
  });
  const overflown = eta.findIndex(Number.isNaN);
  if (overflown >= 0) throw new InputError(`The features of row ${overflown} are too large to predict from.`);
  return eta;
}
