import type { Tree } from '../models/tree/tree.ts';
import type { LeafPath, TreePaths } from './leaf-paths.ts';

/**
 * A subtree whose leaves are attributed together: what they give a row depends on the conditions that it breaks on the
 * path to the subtree and on the outcomes of the tests inside, a bit each.
 */
export interface Subtree {
  readonly root: number;
  /** Conditions on the path to the root. */
  readonly conditions: number;
  /** The nodes that test; the outcome of the j-th is bit conditions + j. */
  readonly inner: readonly number[];
  readonly leaves: readonly SubtreeLeaf[];
  /** Every feature that a leaf gives something to. */
  readonly features: readonly number[];
}

export interface SubtreeLeaf {
  readonly path: LeafPath;
  /** By condition: its feature's place in the subtree's list. */
  readonly places: readonly number[];
  /** The tests between root and leaf: a row breaks `condition` when its outcome is not `right`. */
  readonly steps: readonly { readonly bit: number; readonly right: 0 | 1; readonly condition: number }[];
}

/** The conditions of the leaf's path that a row of a pattern breaks, a bit each. */
export function brokenAt({ steps }: SubtreeLeaf, pattern: number, conditions: number): number {
  let broken = pattern & ((1 << conditions) - 1);
  for (const { bit, right, condition } of steps) {
    if (((pattern >>> bit) & 1) !== right) broken |= 1 << condition;
  }
  return broken;
}

/** More bits would make more patterns than rows share. */
const MAX_BITS = 10;

/** Parts a tree into subtrees that are as large as may be; what is above them belongs to none. */
export function subtreesOf(tree: Tree, paths: TreePaths): Map<number, Subtree> {
  const sizes = innerNodes(tree);
  const subtrees = new Map<number, Subtree>();
  const visit = (node: number): void => {
    const bits = paths.paths[node].features.length + sizes[node];
    if (tree.feature[node] < 0 || bits <= MAX_BITS) {
      subtrees.set(node, subtreeAt(tree, paths, node));
      return;
    }
    visit(node + 1);
    visit(tree.right[node]);
  };
  visit(0);
  return subtrees;
}

/** By node: how many nodes at and below it test. */
function innerNodes(tree: Tree): Int32Array {
  const counts = new Int32Array(tree.feature.length);
  for (let i = counts.length - 1; i >= 0; i--) {
    if (tree.feature[i] >= 0) counts[i] = 1 + counts[i + 1] + counts[tree.right[i]];
  }
  return counts;
}

function subtreeAt(tree: Tree, { paths, condition }: TreePaths, root: number): Subtree {
  const above = paths[root].features;
  const conditions = above.length;
  const features = [...above];
  const inner: number[] = [];
  const leaves: SubtreeLeaf[] = [];
  const visit = (node: number, steps: SubtreeLeaf['steps']): void => {
    const feature = tree.feature[node];
    if (feature < 0) {
      leaves.push({ path: paths[node], places: placesIn(features, paths[node].features, conditions), steps });
      return;
    }
    if (!features.includes(feature)) features.push(feature);
    const step = { bit: conditions + inner.length, condition: condition[node] };
    inner.push(node);
    visit(node + 1, [...steps, { ...step, right: 0 }]);
    visit(tree.right[node], [...steps, { ...step, right: 1 }]);
  };
  visit(root, []);
  return { root, conditions, inner, leaves, features };
}

/** The places of a path's features in a list that begins with its first `common`, as the path does. */
function placesIn(features: readonly number[], path: readonly number[], common: number): number[] {
  return path.map((feature, k) => (k < common ? k : features.indexOf(feature)));
}
