import { partOf, type Team } from '../../threads/team.ts';
import type { BinnedColumns } from '../tree/bins.ts';
import type { Gradients } from '../tree/gradients.ts';
import type { GrowingNode } from '../tree/growing.ts';
import { partition } from '../tree/partition.ts';
import { CATEGORY_L2, type GradientBoostingSettings } from './settings.ts';

/** A tree with the rows that it was grown on. */
export interface GrownTree {
  readonly nodes: readonly GrowingNode[];
  /** Ascending. */
  readonly rows: Int32Array;
  /** The same, leaf after leaf. */
  readonly order: Int32Array;
  readonly gradients: Gradients;
  /** Second derivatives by row, unrounded. */
  readonly hessians: Float64Array;
}

/**
 * By node: for a leaf the Newton step −rate · G / (H + λ), kept within the leaf's bounds, λ being larger below a split of a category; from second derivatives that are
 * not rounded; they are added to the leaf's rows. The members of the team take a leaf each in turn.
 */
export function valueLeaves(
  { nodes, order, gradients, hessians }: GrownTree,
  { learningRate, l2 }: GradientBoostingSettings,
  logOdds: Float64Array,
  values: Float64Array,
  team: Team,
): void {
  const { gradientScale, hessianScale } = gradients;
  const unit = hessianScale / gradientScale;
  nodes.forEach(({ split, start, end, g, bounds, ofCategory }, k) => {
    if (split || k % team.size !== team.member) return;
    let h = 0;
    for (let i = start; i < end; i++) h += hessians[order[i]];
    const step = 0 - g / gradientScale / (h + l2 + (ofCategory ? CATEGORY_L2 : 0));
    const value = learningRate * Math.min(Math.max(step, bounds.low * unit), bounds.high * unit);
    values[k] = value;
    for (let i = start; i < end; i++) logOdds[order[i]] += value;
  });
  team.meet();
}

/** Adds the tree to the rows that it was not grown on, parting them as the tree's own rows were. */
export function addToOthers(
  { nodes, rows }: GrownTree,
  values: Float64Array,
  binned: BinnedColumns,
  logOdds: Float64Array,
  team: Team,
): void {
  const others = complement(rows, logOdds.length).slice(...partOf(team, logOdds.length - rows.length));
  const scratch = new Int32Array(others.length);
  const addBelow = (at: number, start: number, end: number): void => {
    const { split } = nodes[at];
    if (split) {
      const middle = partition(others, start, end, binned.bins[split.feature], split, scratch);
      addBelow(split.left, start, middle);
      addBelow(split.right, middle, end);
    } else {
      for (let i = start; i < end; i++) logOdds[others[i]] += values[at];
    }
  };
  addBelow(0, 0, others.length);
  team.meet();
}

/** The numbers below n that are not among `rows`, which ascend. */
function complement(rows: Int32Array, n: number): Int32Array {
  const others = new Int32Array(n - rows.length);
  for (let i = 0, taken = 0; i < n; i++) {
    if (rows[taken] === i) taken++;
    else others[i - taken] = i;
  }
  return others;
}
