import { InputError } from '../../errors.ts';
import { columnsFor, type Matrix } from '../matrix.ts';

/** log-odds = the prior's + Σ over the features that are present of log N(x; lost) − log N(x; stayed). */
export interface NaiveBayesModel {
  readonly kind: 'naive-bayes';
  readonly features: readonly string[];
  /** The log-odds of the base rate. */
  readonly prior: number;
  /** By feature; null where the feature says nothing. */
  readonly normals: readonly (NormalPair | null)[];
}

/** The normal distributions of a feature among those that stayed and those that were lost. */
export interface NormalPair {
  readonly means: readonly [stayed: number, lost: number];
  readonly variances: readonly [stayed: number, lost: number];
}

/** log N(x; lost) − log N(x; stayed) = constant + stayed · (x − mean₀)² − lost · (x − mean₁)². */
export interface Evidence {
  readonly constant: number;
  readonly stayed: number;
  readonly lost: number;
}

export function evidenceOf({ variances: [v0, v1] }: NormalPair): Evidence {
  return { constant: 0.5 * Math.log(v0 / v1), stayed: 0.5 / v0, lost: 0.5 / v1 };
}

/** The log-odds of each row. @throws InputError for values so large that they overflow. */
export function logOddsOfNaiveBayes(model: NaiveBayesModel, matrix: Matrix): Float64Array {
  const logOdds = new Float64Array(matrix.rows).fill(model.prior);
  weighEvidence(model, matrix).forEach((column) => {
    for (let i = 0; i < logOdds.length; i++) logOdds[i] += column[i];
  });
  const overflown = logOdds.findIndex(Number.isNaN);
  if (overflown >= 0) throw new InputError(`The features of row ${overflown} are too large to predict from.`);
  return logOdds;
}

/** By feature: what it adds to the log-odds of each row; 0 where it is missing. */
export function weighEvidence({ features, normals }: NaiveBayesModel, matrix: Matrix): Float64Array[] {
  return columnsFor(features, matrix).map((column, j) => {
    const pair = normals[j];
    if (pair === null) return new Float64Array(matrix.rows);
    const [m0, m1] = pair.means;
    const { constant, stayed, lost } = evidenceOf(pair);
    return column.map((x) =>
      Number.isNaN(x) ? 0 : constant + stayed * ((x - m0) * (x - m0)) - lost * ((x - m1) * (x - m1)),
    );
  });
}
