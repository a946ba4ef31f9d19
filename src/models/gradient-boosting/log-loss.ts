import { sigmoid } from '../exponential.ts';
import type { Gradients } from '../tree/gradients.ts';

/** The labels, and the weight of an example labelled 0 and of one labelled 1. */
export interface WeightedLabels {
  readonly labels: Uint8Array;
  readonly weights: readonly [number, number];
}

/** The log-odds that fit best before any feature is known. */
export function baseLogOdds({ labels, weights }: WeightedLabels): number {
  let lost = 0;
  for (let i = 0; i < labels.length; i++) lost += labels[i];
  return Math.log((weights[1] * lost) / (weights[0] * (labels.length - lost)));
}

/**
 * First and second derivatives of the weighted log loss at the present log-odds: place k receives those of
 * rows[k].
 * @param hessians receives the second derivatives unrounded.
 */
export function differentiate(
  { labels, weights }: WeightedLabels,
  logOdds: Float64Array,
  rows: Int32Array,
  gradients: Gradients,
  hessians: Float64Array,
): void {
  const { g, v, gradientScale, hessianScale, countUnit } = gradients;
  const [w0, w1] = weights;
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k];
    const p = sigmoid(logOdds[row]);
    const label = labels[row];
    const w = label === 1 ? w1 : w0;
    const hessian = w * p * (1 - p);
    hessians[k] = hessian;
    g[k] = w * (p - label) * gradientScale + ROUND - ROUND;
    v[k] = countUnit + (hessian * hessianScale + ROUND - ROUND);
  }
}

/** Adding and taking away 1.5 · 2⁵² rounds to an integer. */
const ROUND = 6755399441055744;
