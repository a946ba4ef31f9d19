import type { Tree } from '../models/tree/tree.ts';

/** What the path from the root to a leaf asks of a row: one condition for each feature that it tests. */
export interface LeafPath {
  readonly node: number;
  /** What the leaf predicts. */
  readonly value: number;
  /** The features, in the order in which the path first tests them. */
  readonly features: readonly number[];
  /** By condition: the share of training rows that go along the path at every test of the feature. */
  readonly shares: readonly number[];
}

/** Of each node: the conditions on the path to it, and which of them its own test is about. */
export interface TreePaths {
  readonly paths: readonly LeafPath[];
  /** By inner node: k, where it tests the path's k-th feature. */
  readonly condition: Int32Array;
}

/**
 * The paths of a tree. A tree is at most 30 deep, so that the conditions of a path fit the bits of an
 * integer.
 */
export function leafPaths(tree: Tree): TreePaths {
  const nodes = tree.feature.length;
  const condition = new Int32Array(nodes);
  const paths: LeafPath[] = [{ node: 0, value: tree.value[0], features: [], shares: [] }];
  for (let i = 0; i < nodes; i++) {
    const feature = tree.feature[i];
    if (feature < 0) continue;
    const { features, shares } = paths[i];
    const known = features.indexOf(feature);
    const k = known < 0 ? features.length : known;
    condition[i] = k;
    for (const child of [i + 1, tree.right[i]]) {
      const share = (shares[k] ?? 1) * (tree.cover[child] / tree.cover[i]);
      paths[child] = {
        node: child,
        value: tree.value[child],
        features: known < 0 ? [...features, feature] : features,
        shares: replace(shares, k, share),
      };
    }
  }
  return { paths, condition };
}

function replace(items: readonly number[], at: number, item: number): number[] {
  const copy = [...items];
  copy[at] = item;
  return copy;
}
