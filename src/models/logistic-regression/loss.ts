import { sigmoid } from '../exponential.ts';

/** Rows start … end − 1. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

export interface WeightedLabels {
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
}

/**
 * The weighted loss of a block of rows. Its first derivatives by η take the place of η, the second ones go to `curvature`;
 * both are 0 past the last row.
 */
export type Loss = (
  rows: RowRange,
  labelled: WeightedLabels,
  eta: Float64Array,
  curvature: Float64Array,
) => number;

/** log(1 + e^−η) of a label 1, log(1 + e^η) of a label 0. */
export function logLoss(
  { start, end }: RowRange,
  { labels, weights }: WeightedLabels,
  eta: Float64Array,
  curvature: Float64Array,
): number {
  let loss = 0;
  const size = end - start;
  for (let i = 0; i < size; i++) {
    const label = labels[start + i];
    const weight = weights[start + i];
    const p = sigmoid(eta[i]);
    const margin = label === 1 ? eta[i] : -eta[i];
    loss += weight * (Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(-margin, 0));
    eta[i] = weight * (p - label);
    curvature[i] = weight * p * (1 - p);
  }
  eta.fill(0, size);
  curvature.fill(0, size);
  return loss;
}

/** max(0, 1 − m)², with m = η of a label 1 and −η of a label 0; the second derivative is a generalised one. */
export function squaredHinge(
  { start, end }: RowRange,
  { labels, weights }: WeightedLabels,
  eta: Float64Array,
  curvature: Float64Array,
): number {
  let loss = 0;
  const size = end - start;
  for (let i = 0; i < size; i++) {
    const sign = labels[start + i] === 1 ? 1 : -1;
    const weight = weights[start + i];
    const lacking = Math.max(0, 1 - sign * eta[i]);
    loss += weight * lacking * lacking;
    eta[i] = -2 * weight * sign * lacking;
    curvature[i] = lacking > 0 ? 2 * weight : 0;
  }
  eta.fill(0, size);
  curvature.fill(0, size);
  return loss;
}
