import type { TreeInputs } from '../models/tree/inputs.ts';
import type { Tree } from '../models/tree/tree.ts';
import { AttributionKernel } from './attribution-kernel.ts';
import { type LeafGame, LookUps, SubtreeValues } from './subtree-values.ts';
import { CHUNK, SubtreeWalk, walkedTree } from './subtree-walk.ts';
import { PreparedRows } from './tree-tests.ts';

/** Trees and what they test. */
export type Trees = TreeInputs & { readonly trees: readonly Tree[] };

type GameOf = (kernel: AttributionKernel, tree: Tree) => LeafGame;

/** Rows whose ranks and sums are in memory at once, where `BLOCK_BYTES` hold them: what a tree tells the kernel is written once for them. */
const BLOCK = 32_768;

const BLOCK_BYTES = 2 ** 29;

/** By feature and row: `scale` · the sum over trees of what the game gives the feature, tree after tree. */
export function sumOverTrees(
  model: Trees,
  inputs: readonly Float64Array[],
  scale: number,
  gameOf: GameOf,
): Float64Array[] {
  const total = inputs[0]?.length ?? 0;
  const columns = inputs.map(() => new Float64Array(total));
  const sums = new BlockSums();
  // At most two ranks and a sum a feature.
  const block = Math.max(4, Math.min(BLOCK, 4 * Math.floor(BLOCK_BYTES / 4 / (16 * inputs.length))));
  for (let start = 0; start < total; start += block) {
    const end = Math.min(start + block, total);
    const rows = inputs.map((column) => column.subarray(start, end));
    sums.sum(model, rows, gameOf, (sum, f) => {
      const column = columns[f];
      for (let i = start; i < end; i++) column[i] = sum[i - start] * scale;
    });
  }
  return columns;
}

/** Sums for one block of rows after the other, in the same memory. */
class BlockSums {
  readonly #kernel = new AttributionKernel();
  readonly #walk = new SubtreeWalk(this.#kernel);
  readonly #lookUps = new LookUps(this.#kernel);
  /** Takes the zero that stands behind an odd number of values. */
  readonly #spill = this.#kernel.allocate(CHUNK * 8);

  /** Visits every feature with its sums, which the next block overwrites. */
  sum(
    model: Trees,
    columns: readonly Float64Array[],
    gameOf: GameOf,
    visit: (sum: Float64Array, feature: number) => void,
  ): void {
    const kernel = this.#kernel;
    const { free } = kernel;
    const rows = new PreparedRows(kernel, model, model.trees, columns);
    const sums = columns.map(() => kernel.allocate(rows.rows * 8));
    for (const sum of sums) kernel.floats.fill(0, sum / 8, sum / 8 + rows.rows);
    for (const tree of model.trees) {
      const beforeTree = kernel.free;
      this.#addTree(tree, gameOf(kernel, tree), rows, sums);
      kernel.release(beforeTree);
    }
    sums.forEach((sum, f) => {
      visit(kernel.floats.subarray(sum / 8, sum / 8 + columns[f].length), f);
    });
    kernel.release(free);
  }

  #addTree(tree: Tree, game: LeafGame, rows: PreparedRows, sums: readonly number[]): void {
    const walk = this.#walk;
    const walked = walkedTree(tree, rows);
    const known = new Map<number, SubtreeValues>();
    for (let start = 0; start < rows.rows; start += CHUNK) {
      const size = Math.min(CHUNK, rows.rows - start);
      walk.walk(walked, start, size, (subtree) => {
        const values = known.get(subtree.root) ?? new SubtreeValues(this.#lookUps, game, subtree);
        known.set(subtree.root, values);
        values.lookUp(walk.patterns, size);
        this.#addValues(subtree.features, sums, start, size);
      });
    }
  }

  /** Adds the values of each row's pattern to the sums of its features: four at once, and the last one or two. */
  #addValues(features: readonly number[], sums: readonly number[], start: number, size: number): void {
    const { call } = this.#kernel;
    const { addresses } = this.#lookUps;
    const count = features.length;
    const target = (k: number) => (k < count ? sums[features[k]] + 8 * start : this.#spill);
    let k = 0;
    for (; k + 2 < count; k += 4)
      call.addFour(addresses, 8 * k, size, target(k), target(k + 1), target(k + 2), target(k + 3));
    if (k < count) call.addTwo(addresses, 8 * k, size, target(k), target(k + 1));
  }
}
