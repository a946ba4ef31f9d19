import type { Matrix } from '../models/matrix.ts';
import { inputsOf, type TreeInputs } from '../models/tree/inputs.ts';
import type { Tree } from '../models/tree/tree.ts';
import { type BackgroundMasks, interventionalGame } from './interventional-game.ts';
import { pathDependentGame } from './path-dependent-game.ts';
import { type LeafGame, SubtreeValues, WIDTH } from './subtree-values.ts';
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
  const game = pathDependentGame();
  return attributeBy(model, matrix, () => game, base + scale * mean, scale);
}

/** Interventional TreeSHAP: contributions are counted from the mean over the background rows, of which there must be one. */
export function attributeTreesAgainst(
  model: Trees,
  matrix: Matrix,
  background: Matrix,
  base: number,
  scale: number,
): Contributions {
  const rows = new PreparedRows(model, model.trees, inputsOf(model, background));
  const walks = new SubtreeWalk();
  let sum = 0;
  const gameOf = (tree: Tree): LeafGame => {
    const masks = gatherMasks(walkedTree(tree, rows), background.rows, walks);
    for (const [leaf, counts] of masks) sum += (tree.value[leaf] * (counts.get(0) ?? 0)) / background.rows;
    return interventionalGame(masks, background.rows);
  };
  const { columns, names } = attributeBy(model, matrix, gameOf, 0, scale);
  return { base: base + scale * sum, names, columns };
}

function attributeBy(
  model: Trees,
  matrix: Matrix,
  gameOf: (tree: Tree) => LeafGame,
  base: number,
  scale: number,
): Contributions {
  const inputs = inputsOf(model, matrix);
  const rows = new PreparedRows(model, model.trees, inputs);
  const columns = inputs.map(() => new Float64Array(matrix.rows));
  const walk = new SubtreeWalk();
  for (const tree of model.trees) addTree(walkedTree(tree, rows), gameOf(tree), walk, columns, matrix.rows);
  for (const column of columns) for (let i = 0; i < column.length; i++) column[i] *= scale;
  return { base, names: model.features, columns };
}

/** Adds the Shapley values of one tree for every row. */
function addTree(
  walked: WalkedTree,
  game: LeafGame,
  walk: SubtreeWalk,
  columns: readonly Float64Array[],
  rows: number,
): void {
  const values = new SubtreeValues(game);
  const offsets = new Int32Array(CHUNK);
  const spill = new Float64Array(CHUNK);
  for (let start = 0; start < rows; start += CHUNK) {
    const size = Math.min(CHUNK, rows - start);
    walk.walk(walked, start, size, (subtree, patterns) => {
      values.turnTo(subtree);
      values.lookUp(patterns, size, offsets);
      const { features } = subtree;
      const target = (k: number) =>
        k < features.length ? columns[features[k]].subarray(start, start + size) : spill;
      for (let k = 0; k < features.length; k += WIDTH) {
        addFour(target(k), target(k + 1), target(k + 2), target(k + 3), size, values.pool, offsets, k);
      }
    });
  }
}

/** Adds values k … k + 3 of each row's pattern to four columns. */
function addFour(
  column0: Float64Array,
  column1: Float64Array,
  column2: Float64Array,
  column3: Float64Array,
  size: number,
  pool: Float64Array,
  offsets: Int32Array,
  k: number,
): void {
  for (let i = 0; i < size; i++) {
    const at = offsets[i] + k;
    column0[i] += pool[at];
    column1[i] += pool[at + 1];
    column2[i] += pool[at + 2];
    column3[i] += pool[at + 3];
  }
}

/** Counts by leaf how many rows break which conditions. */
function gatherMasks(walked: WalkedTree, rows: number, walk: SubtreeWalk): BackgroundMasks {
  const masks = new Map<number, Map<number, number>>();
  for (let start = 0; start < rows; start += CHUNK) {
    const size = Math.min(CHUNK, rows - start);
    walk.walk(walked, start, size, (subtree, patterns) => {
      const counts = new Map<number, number>();
      for (let i = 0; i < size; i++) counts.set(patterns[i], (counts.get(patterns[i]) ?? 0) + 1);
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
  return masks;
}

function meanOf(tree: Tree): number {
  let sum = 0;
  for (let i = 0; i < tree.feature.length; i++) sum += tree.cover[i] * tree.value[i];
  return sum / tree.cover[0];
}
