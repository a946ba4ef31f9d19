import { NothingToLearnError } from '../../errors.ts';
import { partOf, type Team } from '../../threads/team.ts';
import { sigmoid } from '../exponential.ts';
import { log } from '../logarithm.ts';
import type { Gradients } from '../tree/gradients.ts';

/** The labels, and the weight of an example labelled 0 and of one labelled 1. */
export interface WeightedLabels {
  readonly labels: Uint8Array;
  readonly weights: readonly [number, number];
}

/** The log-odds that fit the rows best before any feature is known. @throws NothingToLearnError for rows of one outcome. */
export function baseLogOdds({ labels, weights }: WeightedLabels, rows: Int32Array): number {
  let lost = 0;
  for (let k = 0; k < rows.length; k++) lost += labels[rows[k]];
  if (lost === 0 || lost === rows.length) {
    throw new NothingToLearnError(
      `Of the ${rows.length} rows that early stopping leaves for training, ${lost} are lost: a learner needs both outcomes.`,
    );
  }
  return log((weights[1] * lost) / (weights[0] * (rows.length - lost)));
}

/**
 * First and second derivatives of the weighted log loss at the present log-odds: place k receives those of
 * rows[k].
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
  const [w0, w1] = weights;
  const [start, end] = partOf(team, rows.length);
  for (let k = start; k < end; k++) {
    const row = rows[k];
    const p = sigmoid(logOdds[row]);
    const label = labels[row];
    const w = label === 1 ? w1 : w0;
    const hessian = w * p * (1 - p);
    hessians[k] = hessian;
    g[k] = w * (p - label) * gradientScale + ROUND - ROUND;
    v[k] = countUnit + (hessian * hessianScale + ROUND - ROUND);
  }
  team.meet();
}

/** Adding and taking away 1.5 · 2⁵² rounds to an integer. */
const ROUND = 6755399441055744;
