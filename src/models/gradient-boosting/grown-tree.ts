import type { BoostingKernel } from '../tree/boosting-kernel.ts';
import type { GradientScales } from '../tree/gradients.ts';
import type { GrowingNode } from '../tree/growing.ts';
import { CATEGORY_L2, type GradientBoostingSettings } from './settings.ts';

/**
 * Adds to each leaf's rows the Newton step −rate · G / (H + λ), kept within the leaf's bounds, λ being larger below a split of a
 * category, from second derivatives that are not rounded.
 * @param nodes whose rows are in the order of the kernel.
 * @returns by node: for a leaf its value.
 */
export function valueLeaves(
  nodes: readonly GrowingNode[],
  { learningRate, l2 }: GradientBoostingSettings,
  { gradientScale, hessianScale }: GradientScales,
  kernel: BoostingKernel,
): number[] {
  const unit = hessianScale / gradientScale;
  return nodes.map(({ split, start, end, g, bounds, ofCategory }) => {
    if (split) return 0;
    const h = kernel.sumHessians(start, end);
    const step = 0 - g / gradientScale / (h + l2 + (ofCategory ? CATEGORY_L2 : 0));
    const value = learningRate * Math.min(Math.max(step, bounds.low * unit), bounds.high * unit);
    kernel.addToLogOdds(start, end, value);
    return value;
  });
}

/**
 * Adds the tree to the rows that it was not grown on, parting them as the tree's own rows were.
 * @param rows that it was grown on, ascending.
 */
export function addToOthers(
  nodes: readonly GrowingNode[],
  values: readonly number[],
  rows: Int32Array,
  kernel: BoostingKernel,
): void {
  const all = kernel.order.length;
  if (rows.length === all) return;
  putComplement(rows, all, kernel.order.subarray(rows.length));
  const addBelow = (at: number, start: number, end: number): void => {
    const { split } = nodes[at];
    if (split) {
      const middle = kernel.part(start, end, split);
      addBelow(split.left, start, middle);
      addBelow(split.right, middle, end);
    } else kernel.addToLogOdds(start, end, values[at]);
  };
  addBelow(0, rows.length, all);
}

/** The numbers below n that are not among `rows`, which ascend. */
function putComplement(rows: Int32Array, n: number, others: Int32Array): void {
  for (let i = 0, taken = 0; i < n; i++) {
    if (rows[taken] === i) taken++;
    else others[i - taken] = i;
  }
}
