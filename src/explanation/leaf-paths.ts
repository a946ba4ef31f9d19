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

/** Bits of the conditions that a row breaks on the path to each node are gathered from parent to child. */
export interface TreePaths {
  readonly parent: Int32Array;
  /** By node: 2^k, where its parent tests the path's k-th feature. */
  readonly bit: Int32Array;
  readonly leaves: readonly LeafPath[];
}

/**
 * The paths of a tree. A tree is at most 30 deep, so that the conditions of a path fit the bits of an
 * integer.
 */
export function leafPaths(tree: Tree): TreePaths {
  const nodes = tree.feature.length;
  const parent = new Int32Array(nodes);
  const bit = new Int32Array(nodes);
  const paths: Pick<LeafPath, 'features' | 'shares'>[] = [{ features: [], shares: [] }];
  const leaves: LeafPath[] = [];
  for (let i = 0; i < nodes; i++) {
    const feature = tree.feature[i];
    if (feature < 0) {
      leaves.push({ node: i, value: tree.value[i], ...paths[i] });
      continue;
    }
    const { features, shares } = paths[i];
    const known = features.indexOf(feature);
    const k = known < 0 ? features.length : known;
    for (const child of [i + 1, tree.right[i]]) {
      parent[child] = i;
      bit[child] = 1 << k;
      const share = (shares[k] ?? 1) * (tree.cover[child] / tree.cover[i]);
      paths[child] = {
        features: known < 0 ? [...features, feature] : features,
        shares: replace(shares, k, share),
      };
    }
  }
  return { parent, bit, leaves };
}

function replace(items: readonly number[], at: number, item: number): number[] {
  const copy = [...items];
  copy[at] = item;
  return copy;
}
