import type { Tree } from '../models/tree/tree.ts';
import { CHUNK, type SubtreeWalk, walkedTree } from './subtree-walk.ts';
import { brokenAt, type Subtree } from './subtrees.ts';
import type { PreparedRows } from './tree-tests.ts';

/** By leaf node: how many of the background rows break which of its path's conditions, a count a set of bits. */
export type BackgroundMasks = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** @param rows without those that fill up the last four of the prepared. */
export function gatherMasks(
  tree: Tree,
  prepared: PreparedRows,
  rows: number,
  walk: SubtreeWalk,
): BackgroundMasks {
  const masks = new Map<number, Map<number, number>>();
  const { kernel } = prepared;
  const { free } = kernel;
  const walked = walkedTree(tree, prepared);
  for (let start = 0; start < prepared.rows; start += CHUNK) {
    walk.walk(walked, start, Math.min(CHUNK, prepared.rows - start), (subtree) => {
      const from = walk.patterns / 4;
      const counts = countEach(kernel.ints.subarray(from, from + Math.min(CHUNK, rows - start)));
      addCounts(masks, subtree, counts);
    });
  }
  kernel.release(free);
  return masks;
}

function countEach(patterns: Int32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const pattern of patterns) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
  return counts;
}

function addCounts(
  masks: Map<number, Map<number, number>>,
  { leaves, conditions }: Subtree,
  counts: ReadonlyMap<number, number>,
): void {
  for (const leaf of leaves) {
    const ofLeaf = masks.get(leaf.path.node) ?? new Map<number, number>();
    masks.set(leaf.path.node, ofLeaf);
    for (const [pattern, count] of counts) {
      const broken = brokenAt(leaf, pattern, conditions);
      ofLeaf.set(broken, (ofLeaf.get(broken) ?? 0) + count);
    }
  }
}
