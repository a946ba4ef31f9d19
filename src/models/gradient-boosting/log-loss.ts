import { NothingToLearnError } from '../../errors.ts';
import { partOf, type Team } from '../../threads/team.ts';
import { sigmoid } from '../exponential.ts';
import { log } from '../logarithm.ts';
import type { Gradients } from '../tree/gradients.ts';

/** By row. */
export interface WeightedLabels {
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
}

/** The log-odds that fit the rows best before any feature is known. @throws NothingToLearnError for rows of one outcome. */
export function baseLogOdds({ labels, weights }: WeightedLabels, rows: Int32Array): number {
  const sums = [0, 0];
  for (let k = 0; k < rows.length; k++) sums[labels[rows[k]]] += weights[rows[k]];
  const [stayed, lost] = sums;
  if (stayed === 0 || lost === 0) {
    throw new NothingToLearnError(
      `Every one of the ${rows.length} rows that early stopping leaves for training ${lost === 0 ? 'stayed' : 'was lost'}: a learner needs both outcomes.`,
    );
  }
  return log(lost / stayed);
}

/**
 * First and second derivatives of the weighted log loss at the present log-odds of some rows.
 * @param hessians receives the second derivatives unrounded.
 * @param team whose members take a part of the rows each, and meet at the end.
 */
export function differentiate(
  { labels, weights }: WeightedLabels,
  logOdds: Float64Array,
  rows: Int32Array,
  gradients: Gradients,
  hessians: Float64Array,
  team: Team,
): void {
  const { g, v, gradientScale, hessianScale, countUnit } = gradients;
  const [start, end] = partOf(team, rows.length);
  for (let k = start; k < end; k++) {
    const row = rows[k];
    const p = sigmoid(logOdds[row]);
    const label = labels[row];
    const w = weights[row];
    const hessian = w * p * (1 - p);
    hessians[row] = hessian;
    g[row] = w * (p - label) * gradientScale + ROUND - ROUND;
    v[row] = countUnit + (hessian * hessianScale + ROUND - ROUND);
  }
  team.meet();
}

/** Adding and taking away 1.5 · 2⁵² rounds to an integer. */
const ROUND = 6755399441055744;
