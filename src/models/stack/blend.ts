import { NothingToLearnError } from '../../errors.ts';
import { countLost } from '../examples.ts';
import { sigmoid } from '../exponential.ts';
import type { Examples } from '../matrix.ts';
import { featuresOf, outOfFoldLogOdds, type StackCandidate } from './candidates.ts';
import type { StackModel } from './model.ts';
import { type Curvature, minimiseOnSimplex } from './simplex.ts';

/**
 * A blend: the weighted mean of the members' log-odds (the logarithmic opinion pool of Genest and Zidek 1986), with the weights,
 * none negative and together 1, whose log loss on out-of-fold predictions is least. It cannot do what a stack can, to turn a member
 * round or to sharpen all, and so it overfits less where losses are few.
 * @throws InputError when a candidate's predictions are not a probability for each label, or there is no candidate.
 * @throws NothingToLearnError when there is no row, or only one of the two outcomes.
 */
export function fitBlend(
  candidates: readonly StackCandidate[],
  { labels }: Pick<Examples, 'labels' | 'groups'>,
): StackModel {
  const columns = outOfFoldLogOdds(candidates, labels.length);
  const lost = countLost(labels);
  if (lost === 0 || lost === labels.length) {
    throw new NothingToLearnError(
      `Of ${labels.length} examples ${lost} are lost: a blend needs both outcomes.`,
    );
  }
  const weights = minimiseOnSimplex(
    columns.length,
    (weights) => curvatureAt(columns, labels, weights),
    (weights) => lossAt(columns, labels, weights),
  );
  return {
    kind: 'stack',
    features: featuresOf(candidates),
    members: candidates.map(({ model }) => model),
    coefficients: Array.from(weights),
    intercept: 0,
  };
}

/** Mean log loss, in nats. */
function lossAt(columns: readonly Float64Array[], labels: Uint8Array, weights: Float64Array): number {
  const logOdds = blended(columns, weights);
  let loss = 0;
  for (let i = 0; i < logOdds.length; i++) {
    const x = labels[i] === 1 ? -logOdds[i] : logOdds[i];
    loss += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
  return loss / logOdds.length;
}

function curvatureAt(columns: readonly Float64Array[], labels: Uint8Array, weights: Float64Array): Curvature {
  const members = columns.length;
  const probabilities = blended(columns, weights).map(sigmoid);
  const rows = probabilities.length;
  const gradient = columns.map((column) =>
    column.reduce((sum, z, i) => sum + z * (probabilities[i] - labels[i]), 0),
  );
  const hessian = new Float64Array(members * members);
  for (let a = 0; a < members; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        sum += columns[a][i] * columns[b][i] * probabilities[i] * (1 - probabilities[i]);
      }
      hessian[a * members + b] = sum / rows;
      hessian[b * members + a] = sum / rows;
    }
  }
  return {
    value: lossAt(columns, labels, weights),
    gradient: Float64Array.from(gradient, (sum) => sum / rows),
    hessian,
  };
}

function blended(columns: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sums = new Float64Array(columns[0].length);
  columns.forEach((column, m) => {
    const weight = weights[m];
    for (let i = 0; i < sums.length; i++) sums[i] += weight * column[i];
  });
  return sums;
}
