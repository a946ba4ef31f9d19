import { countOf, hessianOf } from './gradients.ts';
import type { SplitRule, SplitSearch, Sums } from './split.ts';

/** How the prediction may change as a feature grows: 1 only up, −1 only down, 0 as it likes. */
export type Direction = -1 | 0 | 1;

/** What a leaf below a node may predict, in units of gradientScale / hessianScale. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

export const UNBOUNDED: Bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** What a leaf with these sums predicts, before the learning rate: the Newton step, kept within bounds. */
export function boundedStep({ g, v }: Sums, { countUnit, l2 }: SplitRule, { low, high }: Bounds): number {
  return Math.min(Math.max(-g / (hessianOf(v, countUnit) + l2), low), high);
}

/**
 * Tries every split of one feature under monotone constraints: sides whose predictions stand the wrong way round are no split, and what
 * bounds take from a leaf's value lowers the score. A node's bounds part its constrained children halfway between their
 * values, so that no leaf below one passes a leaf below the other (as XGBoost and scikit-learn do).
 */
export function scanMonotone(
  search: SplitSearch,
  rule: SplitRule,
  node: Sums & { readonly bounds: Bounds },
  histogram: Float64Array,
  base: number,
  high: number,
  feature: number,
  direction: Direction,
): void {
  const hasMissing = histogram[2 * base + 1] > 0;
  for (const missingLeft of hasMissing ? [false, true] : [false]) {
    let g = missingLeft ? histogram[2 * base] : 0;
    let v = missingLeft ? histogram[2 * base + 1] : 0;
    for (let bin = 1; bin <= high; bin++) {
      const at = 2 * (base + bin);
      if (histogram[at + 1] === 0) continue;
      g += histogram[at];
      v += histogram[at + 1];
      const left = { g, v };
      const right = { g: node.g - g, v: node.v - v };
      if (!mayBeLeaf(left, rule) || !mayBeLeaf(right, rule)) continue;
      const leftStep = boundedStep(left, rule, node.bounds);
      const rightStep = boundedStep(right, rule, node.bounds);
      if (direction * (rightStep - leftStep) < 0) continue;
      const score = scoreOf(left, leftStep, rule) + scoreOf(right, rightStep, rule);
      if (score * search.denominator <= search.numerator) continue;
      search.numerator = score;
      search.denominator = 1;
      search.feature = feature;
      search.bin = bin;
      search.isLeft = undefined;
      search.missingLeft = missingLeft;
      search.leftG = g;
      search.leftV = v;
    }
  }
  if (!hasMissing && search.feature === feature) search.missingLeft = 2 * search.leftV >= node.v;
}

/** Twice what a leaf's step lowers the loss by: of an unbounded one G² / (H + λ). */
export function scoreOf({ g, v }: Sums, step: number, { countUnit, l2 }: SplitRule): number {
  return -(2 * g * step + (hessianOf(v, countUnit) + l2) * step * step);
}

function mayBeLeaf({ v }: Sums, { minSamplesLeaf, minHessian, countUnit }: SplitRule): boolean {
  return countOf(v, countUnit) >= minSamplesLeaf && hessianOf(v, countUnit) >= minHessian;
}
