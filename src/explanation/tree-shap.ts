import type { Matrix } from '../models/matrix.ts';
import { inputsOf, type TreeInputs } from '../models/tree/inputs.ts';
import type { Tree } from '../models/tree/tree.ts';
import { AttributionKernel } from './attribution-kernel.ts';
import { type BackgroundMasks, interventionalGame } from './interventional-game.ts';
import { pathDependentGame } from './path-dependent-game.ts';
import { type LeafGame, LookUps, SubtreeValues } from './subtree-values.ts';
import { CHUNK, SubtreeWalk, type WalkedTree, walkedTree } from './subtree-walk.ts';
import { brokenAt } from './subtrees.ts';
import { PreparedRows } from './tree-tests.ts';

/** Trees and what they test. */
type Trees = TreeInputs & { readonly trees: readonly Tree[] };

/** What features contribute to `base` + `scale` · the sum of trees. */
interface Contributions {
  readonly base: number;
  readonly names: readonly string[];
  readonly columns: Float64Array[];
}

/** Path-dependent TreeSHAP: contributions are counted from the mean over the training rows. */
export function attributeTrees(model: Trees, matrix: Matrix, base: number, scale: number): Contributions {
  const mean = model.trees.reduce((sum, tree) => sum + meanOf(tree), 0);
  const columns = attributeBy(model, matrix, (kernel) => pathDependentGame(kernel), scale);
  return { base: base + scale * mean, names: model.features, columns };
}

/** Interventional TreeSHAP: contributions are counted from the mean over the background rows, of which there must be one. */
export function attributeTreesAgainst(
  model: Trees,
  matrix: Matrix,
  background: Matrix,
  base: number,
  scale: number,
): Contributions {
  const own = new AttributionKernel();
  const rows = new PreparedRows(own, model, model.trees, inputsOf(model, background));
  const walk = new SubtreeWalk(own);
  const masksOf = (tree: Tree) => gatherMasks(tree, rows, background.rows, walk);
  const columns = attributeBy(
    model,
    matrix,
    (kernel, tree) => interventionalGame(kernel, masksOf(tree), background.rows),
    scale,
  );
  let mean = 0;
  for (const tree of model.trees) {
    for (const [leaf, counts] of masksOf(tree))
      mean += (tree.value[leaf] * (counts.get(0) ?? 0)) / background.rows;
  }
  return { base: base + scale * mean, names: model.features, columns };
}

/** Rows whose ranks and sums are in the kernel's memory at once, if that holds them. */
const BLOCK = 32_768;

/** At most so many bytes for ranks and sums, of which a row takes 16 a feature. */
const BLOCK_BYTES = 2 ** 29;

function attributeBy(
  model: Trees,
  matrix: Matrix,
  gameOf: (kernel: AttributionKernel, tree: Tree) => LeafGame,
  scale: number,
): Float64Array[] {
  const inputs = inputsOf(model, matrix);
  const columns = inputs.map(() => new Float64Array(matrix.rows));
  const kernel = new AttributionKernel();
  const walk = new SubtreeWalk(kernel);
  const lookUps = new LookUps(kernel);
  const spill = kernel.allocate(CHUNK * 8);
  const most = Math.floor(BLOCK_BYTES / 64 / inputs.length) * 4;
  const block = Math.max(4, Math.min(BLOCK, most));
  for (let start = 0; start < matrix.rows; start += block) {
    const { free } = kernel;
    const end = Math.min(start + block, matrix.rows);
    const rows = new PreparedRows(
      kernel,
      model,
      model.trees,
      inputs.map((column) => column.subarray(start, end)),
    );
    const sums = inputs.map(() => kernel.allocate(rows.rows * 8));
    for (const sum of sums) kernel.floats.fill(0, sum / 8, sum / 8 + rows.rows);
    for (const tree of model.trees) {
      const beforeTree = kernel.free;
      addTree(walkedTree(tree, rows), gameOf(kernel, tree), walk, lookUps, sums, spill, rows.rows);
      kernel.release(beforeTree);
    }
    const { floats } = kernel;
    columns.forEach((column, f) => {
      const at = sums[f] / 8 - start;
      for (let i = start; i < end; i++) column[i] = floats[at + i] * scale;
    });
    kernel.release(free);
  }
  return columns;
}

/** Adds the Shapley values of one tree for every row. */
function addTree(
  walked: WalkedTree,
  game: LeafGame,
  walk: SubtreeWalk,
  lookUps: LookUps,
  sums: readonly number[],
  spill: number,
  rows: number,
): void {
  const { kernel, addresses } = lookUps;
  const tables = new Map<number, SubtreeValues>();
  for (let start = 0; start < rows; start += CHUNK) {
    const size = Math.min(CHUNK, rows - start);
    walk.walk(walked, start, size, (subtree) => {
      const values = tables.get(subtree.root) ?? new SubtreeValues(lookUps, game, subtree);
      tables.set(subtree.root, values);
      values.lookUp(walk.patterns, size);
      const { features } = subtree;
      const n = features.length;
      const target = (k: number) => (k < n ? sums[features[k]] + 8 * start : spill);
      let k = 0;
      for (; k + 2 < n; k += 4)
        kernel.call.addFour(addresses, 8 * k, size, target(k), target(k + 1), target(k + 2), target(k + 3));
      if (k < n) kernel.call.addTwo(addresses, 8 * k, size, target(k), target(k + 1));
    });
  }
}

/** Counts by leaf how many rows break which conditions. */
function gatherMasks(tree: Tree, prepared: PreparedRows, rows: number, walk: SubtreeWalk): BackgroundMasks {
  const masks = new Map<number, Map<number, number>>();
  const { kernel } = prepared;
  const { free } = kernel;
  const walked = walkedTree(tree, prepared);
  for (let start = 0; start < rows; start += CHUNK) {
    const size = Math.min(CHUNK, rows - start);
    walk.walk(walked, start, Math.ceil(size / 4) * 4, (subtree) => {
      const counts = new Map<number, number>();
      const from = walk.patterns / 4;
      for (const pattern of kernel.ints.subarray(from, from + size))
        counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
      for (const leaf of subtree.leaves) {
        const ofLeaf = masks.get(leaf.path.node) ?? new Map<number, number>();
        masks.set(leaf.path.node, ofLeaf);
        for (const [pattern, count] of counts) {
          const broken = brokenAt(leaf, pattern, subtree.conditions);
          ofLeaf.set(broken, (ofLeaf.get(broken) ?? 0) + count);
        }
      }
    });
  }
  kernel.release(free);
  return masks;
}

function meanOf(tree: Tree): number {
  let sum = 0;
  for (let i = 0; i < tree.feature.length; i++) sum += tree.cover[i] * tree.value[i];
  return sum / tree.cover[0];
}
