import type { BinnedFeature } from './bins.ts';
import type { SplitSearch, Sums } from './split.ts';
import { type Bounds, UNBOUNDED } from './split-monotone.ts';
import type { Tree } from './tree.ts';

/** What sends a row left, by the bin of a feature: one from 1 to `bin`, or of a category one that is marked. */
export interface Test {
  readonly feature: number;
  readonly bin: number;
  readonly isLeft: Uint8Array | undefined;
  readonly missingLeft: boolean;
}

/** A node while its tree grows; rows order[start … end − 1] are in it. */
export interface GrowingNode extends Sums {
  readonly bounds: Bounds;
  /** Whether the split that it comes from is of a category. */
  readonly ofCategory: boolean;
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  split?: GrowingSplit;
}

/** The test of an inner node, as in `SplitSearch`, and the places of its children in the list of nodes. */
interface GrowingSplit extends Test {
  readonly left: number;
  readonly right: number;
}

/** A root for rows order[0 … end − 1] with these sums. */
export function createRoot({ g, v }: Sums, end: number): GrowingNode {
  return { g, v, start: 0, end, depth: 0, bounds: UNBOUNDED, ofCategory: false };
}

/**
 * Splits a node of the list as the search found, and appends its children, whose rows part at `middle`.
 * @param bounds of the children; by default the node's own.
 */
export function splitNode(
  nodes: GrowingNode[],
  node: GrowingNode,
  { feature, bin, isLeft, missingLeft, leftG, leftV }: SplitSearch,
  middle: number,
  [ofLeft, ofRight]: readonly [Bounds, Bounds] = [node.bounds, node.bounds],
): void {
  const { g, v, start, end } = node;
  const left = nodes.length;
  const depth = node.depth + 1;
  const ofCategory = isLeft !== undefined;
  node.split = { feature, bin, isLeft, missingLeft, left, right: left + 1 };
  nodes.push({ g: leftG, v: leftV, start, end: middle, depth, bounds: ofLeft, ofCategory });
  nodes.push({ g: g - leftG, v: v - leftV, start: middle, end, depth, bounds: ofRight, ofCategory });
}

/**
 * The tree as it is served.
 * @param nodes the first is the root.
 * @param values what each node would predict as a leaf.
 * @param cover how many training rows a node stands for.
 */
export function toTree(
  nodes: readonly GrowingNode[],
  features: readonly BinnedFeature[],
  values: ArrayLike<number>,
  cover: (node: GrowingNode) => number,
): Tree {
  const feature: number[] = [];
  const threshold: number[] = [];
  const missing: number[] = [];
  const right: number[] = [];
  const sets: (number[] | null)[] = [];
  const value: number[] = [];
  const covers: number[] = [];
  const pending = [{ at: 0, rightOf: -1 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const node = nodes[next.at];
    const split = node.split;
    const index = feature.length;
    if (next.rightOf >= 0) right[next.rightOf] = index;
    feature.push(split ? split.feature : -1);
    threshold.push(split ? thresholdOf(features[split.feature], split.bin) : 0);
    sets.push(split?.isLeft ? setOf(features[split.feature], split.isLeft) : null);
    missing.push(split && !split.missingLeft ? 1 : 0);
    right.push(0);
    value.push(split ? 0 : values[next.at]);
    covers.push(cover(node));
    if (split) pending.push({ at: split.right, rightOf: index }, { at: split.left, rightOf: -1 });
  }
  const tree = { feature, threshold, missing, right, value, cover: covers };
  return sets.some((set) => set !== null) ? { ...tree, sets } : tree;
}

/**
 * The largest value of the bin; above the last edge, where only missing values go right, the largest number. A category
 * has none.
 */
function thresholdOf(feature: BinnedFeature, bin: number): number {
  if (feature.kind === 'category') return 0;
  return bin <= feature.edges.length ? feature.edges[bin - 1] : Number.MAX_VALUE;
}

/** The levels whose bins go left. */
function setOf(feature: BinnedFeature, isLeft: Uint8Array): number[] {
  if (feature.kind === 'number') throw new Error('A number is split by a set of levels.');
  return Array.from(feature.binOf.keys()).filter((code) => isLeft[feature.binOf[code]] === 1);
}
