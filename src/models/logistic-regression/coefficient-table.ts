import { rowWeights } from '../class-weight.ts';
import type { Examples } from '../matrix.ts';
import { columnsFor } from '../matrix.ts';
import { factorCholesky, solveCholesky } from './cholesky.ts';
import { dot } from './descend.ts';
import { createDesign } from './design.ts';
import type { LogisticRegressionSettings } from './learner.ts';
import { logLoss } from './loss.ts';
import type { LogisticRegressionModel } from './model.ts';
import { hessianAt } from './objective.ts';
import type { Term } from './preparation.ts';

/** A coefficient for a reader. */
export interface CoefficientRow {
  /** What it multiplies; the last row is the intercept. */
  readonly term: string;
  /** Change in log-odds a unit of the term, in the feature's own unit; of an indicator, from 0 to 1. */
  readonly coefficient: number;
  /** NaN where there is none: with an L1 penalty, which chooses the terms by the same rows, and beyond 1,000 terms. */
  readonly standardError: number;
  /** Change in log-odds a standard deviation of the term. */
  readonly standardised: number;
}

/** More terms would take minutes. */
const MOST_TERMS = 1000;

/**
 * Coefficients in original units with standard errors: the roots of the diagonal of H⁻¹ I H⁻¹, with I the information of the
 * training rows and H that plus the L2 penalty (Gray 1992, formula 3.1); without penalty it is I⁻¹. A penalised
 * coefficient is drawn to 0, and its standard error tells of chance alone, not of that.
 * @param examples those that the model was fitted on.
 */
export function coefficientTable(
  model: LogisticRegressionModel,
  examples: Examples,
  settings: LogisticRegressionSettings,
): CoefficientRow[] {
  const { terms, coefficients, intercept, features } = model;
  const n = terms.length + 1;
  const covariance = covarianceOf(model, examples, settings);
  const variance = (a: Float64Array) => dot(a, covariance ? multiply(covariance, a) : a.fill(Number.NaN));
  const shift = Float64Array.from({ length: n }, (_, j) => (j === n - 1 ? 1 : -terms[j].mean / terms[j].sd));
  const rows = terms.map((term, j) => {
    const own = new Float64Array(n);
    own[j] = 1 / term.sd;
    return {
      term: nameOf(term, features),
      coefficient: coefficients[j] / term.sd,
      standardError: Math.sqrt(variance(own)),
      standardised: coefficients[j],
    };
  });
  const beta = Float64Array.from([...coefficients, intercept]);
  const standardError = Math.sqrt(variance(shift.slice()));
  return [
    ...rows,
    { term: 'intercept', coefficient: dot(shift, beta), standardError, standardised: intercept },
  ];
}

function nameOf({ feature, part }: Term, features: readonly string[]): string {
  return part === 'missing' ? `${features[feature]} is missing` : features[feature];
}

/** Of the standardised coefficients, n × n row by row. */
function covarianceOf(
  { features, terms, coefficients, intercept }: LogisticRegressionModel,
  examples: Examples,
  { C, l1Ratio = 0, classWeight }: LogisticRegressionSettings,
): Float64Array | undefined {
  if (l1Ratio > 0 || terms.length > MOST_TERMS) return undefined;
  const { matrix, labels } = examples;
  const problem = {
    design: createDesign(terms, columnsFor(features, matrix), matrix.rows, 1),
    loss: logLoss,
    ...{ labels, weights: rowWeights(examples, classWeight), l2: 0, l1: 0, penalisesIntercept: false },
  };
  const n = terms.length + 1;
  const information = hessianAt(problem, Float64Array.from([...coefficients, intercept]));
  for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) information[k * n + j] = information[j * n + k];
  const penalised = Float64Array.from(information);
  for (let j = 0; j < n - 1; j++) penalised[j * n + j] += 1 / C;
  const factor = factorCholesky(penalised, n);
  if (factor === undefined) return undefined;
  const half = solveRows(factor, information, n);
  return solveRows(factor, transposed(half, n), n);
}

/** (H⁻¹ M)ᵀ of a symmetric M: the solution of each of its rows. */
function solveRows(factor: Float64Array, matrix: Float64Array, n: number): Float64Array {
  const solved = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    solved.set(solveCholesky(factor, matrix.subarray(j * n, (j + 1) * n)), j * n);
  }
  return solved;
}

function transposed(matrix: Float64Array, n: number): Float64Array {
  return matrix.map((_, at) => matrix[(at % n) * n + Math.floor(at / n)]);
}

function multiply(matrix: Float64Array, x: Float64Array): Float64Array {
  return x.map((_, j) => dot(matrix.subarray(j * x.length, (j + 1) * x.length), x));
}
