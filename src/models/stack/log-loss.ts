import { sigmoid } from '../exponential.ts';
import type { Curvature } from './constrained-newton.ts';

/** What the weighted sum of columns is to come near to, as log-odds. */
export interface LogLossTargets {
  /** 0…1 a row: labels will do. */
  readonly targets: Uint8Array | Float64Array;
  /** How much each row counts; all alike where absent. */
  readonly counts?: Float64Array | undefined;
}

/** Mean log loss, in nats, of the weighted sum of columns as log-odds. */
export function meanLogLoss(
  columns: readonly Float64Array[],
  { targets, counts }: LogLossTargets,
  weights: Float64Array,
): number {
  const logOdds = weightedSum(columns, weights);
  let loss = 0;
  let total = 0;
  for (let i = 0; i < logOdds.length; i++) {
    const x = logOdds[i];
    const count = counts ? counts[i] : 1;
    loss += count * (Math.max(x, 0) - targets[i] * x + Math.log1p(Math.exp(-Math.abs(x))));
    total += count;
  }
  return loss / total;
}

/** The derivatives of the mean log loss by the weights. */
export function logLossCurvature(
  columns: readonly Float64Array[],
  rows: LogLossTargets,
  weights: Float64Array,
): Curvature {
  const { targets, counts } = rows;
  const size = columns.length;
  const probabilities = weightedSum(columns, weights).map(sigmoid);
  const total = counts ? counts.reduce((sum, count) => sum + count, 0) : probabilities.length;
  const shares = counts ? counts.map((count) => count / total) : probabilities.map(() => 1 / total);
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    const own = columns[a];
    for (let i = 0; i < own.length; i++) gradient[a] += own[i] * (probabilities[i] - targets[i]) * shares[i];
    for (let b = 0; b <= a; b++) {
      const other = columns[b];
      let sum = 0;
      for (let i = 0; i < own.length; i++) {
        sum += own[i] * other[i] * probabilities[i] * (1 - probabilities[i]) * shares[i];
      }
      hessian[a * size + b] = sum;
      hessian[b * size + a] = sum;
    }
  }
  return { gradient, hessian };
}

function weightedSum(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sums = new Float64Array(columns[0].length);
  columns.forEach((column, m) => {
    const weight = weights[m];
    for (let i = 0; i < sums.length; i++) sums[i] += weight * column[i];
  });
  return sums;
}
