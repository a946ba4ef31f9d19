import { sigmoid } from '../exponential.ts';
import type { Curvature } from './constrained-newton.ts';

/** Mean log loss, in nats, of the weighted sum of columns as log-odds. */
export function meanLogLoss(
  columns: readonly Float64Array[],
  labels: Uint8Array,
  weights: Float64Array,
): number {
  const logOdds = weightedSum(columns, weights);
  let loss = 0;
  for (let i = 0; i < logOdds.length; i++) {
    const x = labels[i] === 1 ? -logOdds[i] : logOdds[i];
    loss += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
  return loss / logOdds.length;
}

/** The mean log loss with its derivatives by the weights. */
export function logLossCurvature(
  columns: readonly Float64Array[],
  labels: Uint8Array,
  weights: Float64Array,
): Curvature {
  const size = columns.length;
  const probabilities = weightedSum(columns, weights).map(sigmoid);
  const rows = probabilities.length;
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    const own = columns[a];
    for (let i = 0; i < rows; i++) gradient[a] += (own[i] * (probabilities[i] - labels[i])) / rows;
    for (let b = 0; b <= a; b++) {
      const other = columns[b];
      let sum = 0;
      for (let i = 0; i < rows; i++) sum += own[i] * other[i] * probabilities[i] * (1 - probabilities[i]);
      hessian[a * size + b] = sum / rows;
      hessian[b * size + a] = sum / rows;
    }
  }
  return { value: meanLogLoss(columns, labels, weights), gradient, hessian };
}

function weightedSum(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sums = new Float64Array(columns[0].length);
  columns.forEach((column, m) => {
    const weight = weights[m];
    for (let i = 0; i < sums.length; i++) sums[i] += weight * column[i];
  });
  return sums;
}
