import type { Gradients } from './gradients.ts';
import type { SplitSearch, Sums } from './split.ts';
import type { Tree } from './tree.ts';

/** A node while its tree grows; rows order[start … end − 1] are in it. */
export interface GrowingNode extends Sums {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  split?: GrowingSplit;
}

/** The test of an inner node, as in `SplitSearch`, and the places of its children in the list of nodes. */
interface GrowingSplit {
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
  readonly left: number;
  readonly right: number;
}

/** A root for rows order[0 … end − 1]. */
export function createRoot({ g, v }: Gradients, order: Int32Array, end: number): GrowingNode {
  let sumG = 0;
  let sumV = 0;
  for (let i = 0; i < end; i++) {
    sumG += g[order[i]];
    sumV += v[order[i]];
  }
  return { g: sumG, v: sumV, start: 0, end, depth: 0 };
}

/** Splits a node of the list as the search found, and appends its children, whose rows part at `middle`. */
export function splitNode(nodes: GrowingNode[], node: GrowingNode, found: SplitSearch, middle: number): void {
  const { feature, bin, missingLeft, leftG, leftV } = found;
  const { g, v, start, end, depth } = node;
  const left = nodes.length;
  node.split = { feature, bin, missingLeft, left, right: left + 1 };
  nodes.push({ g: leftG, v: leftV, start, end: middle, depth: depth + 1 });
  nodes.push({ g: g - leftG, v: v - leftV, start: middle, end, depth: depth + 1 });
}

/**
 * The tree as it is served.
 * @param nodes the first is the root.
 * @param values what each node would predict as a leaf.
 * @param cover how many training rows a node stands for.
 */
export function toTree(
  nodes: readonly GrowingNode[],
  edges: readonly Float64Array[],
  values: ArrayLike<number>,
  cover: (node: GrowingNode) => number,
): Tree {
  const feature: number[] = [];
  const threshold: number[] = [];
  const missing: number[] = [];
  const right: number[] = [];
  const value: number[] = [];
  const covers: number[] = [];
  const pending = [{ at: 0, rightOf: -1 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const node = nodes[next.at];
    const split = node.split;
    const index = feature.length;
    if (next.rightOf >= 0) right[next.rightOf] = index;
    feature.push(split ? split.feature : -1);
    threshold.push(split ? thresholdOf(edges[split.feature], split.bin) : 0);
    missing.push(split && !split.missingLeft ? 1 : 0);
    right.push(0);
    value.push(split ? 0 : values[next.at]);
    covers.push(cover(node));
    if (split) pending.push({ at: split.right, rightOf: index }, { at: split.left, rightOf: -1 });
  }
  return { feature, threshold, missing, right, value, cover: covers };
}

/**
 * The largest value of the bin; above the last edge, where only missing values go right, the largest number.
 */
function thresholdOf(edges: Float64Array, bin: number): number {
  return bin <= edges.length ? edges[bin - 1] : Number.MAX_VALUE;
}
