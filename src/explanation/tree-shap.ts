import { columnsFor, type Matrix } from '../models/matrix.ts';
import type { Tree } from '../models/tree/tree.ts';
import { leafPaths, type TreePaths } from './leaf-paths.ts';
import { LeafValues } from './leaf-values.ts';

/** Contributions of the features to `base` + `scale` · the sum of the trees. */
export function attributeTrees(
  model: { readonly features: readonly string[]; readonly trees: readonly Tree[] },
  matrix: Matrix,
  base: number,
  scale: number,
): { base: number; names: readonly string[]; columns: Float64Array[] } {
  const inputs = columnsFor(model.features, matrix);
  const columns = inputs.map(() => new Float64Array(matrix.rows));
  const values = new LeafValues();
  for (const tree of model.trees) addTree(tree, leafPaths(tree), values, inputs, columns, matrix.rows);
  for (const column of columns) for (let i = 0; i < column.length; i++) column[i] *= scale;
  const mean = model.trees.reduce((sum, tree) => sum + meanOf(tree), 0);
  return { base: base + scale * mean, names: model.features, columns };
}

/** Rows that walk a tree together: a leaf's values then stay in the cache for all of them. */
const BLOCK = 64;

/** Adds the Shapley values of one tree for every row. */
function addTree(
  tree: Tree,
  paths: TreePaths,
  values: LeafValues,
  inputs: readonly Float64Array[],
  columns: readonly Float64Array[],
  rows: number,
): void {
  const broken = new Int32Array(tree.feature.length * BLOCK);
  const offsets = new Int32Array(BLOCK);
  values.setLeaves(paths.leaves);
  for (let start = 0; start < rows; start += BLOCK) {
    const size = Math.min(BLOCK, rows - start);
    for (let i = 0; i < tree.feature.length; i++) {
      if (tree.feature[i] >= 0) gatherBroken(tree, paths, i, inputs[tree.feature[i]], start, size, broken);
    }
    for (let leaf = 0; leaf < paths.leaves.length; leaf++) {
      const { node, features } = paths.leaves[leaf];
      values.lookUp(leaf, broken, node * BLOCK, size, offsets);
      for (let k = 0; k < features.length; k++) {
        addValues(columns[features[k]], start, size, values.pool, offsets, k);
      }
    }
  }
}

/** The conditions that rows break on the way to the children of inner node i, given those on the way to i. */
function gatherBroken(
  tree: Tree,
  { bit }: TreePaths,
  i: number,
  input: Float64Array,
  start: number,
  size: number,
  broken: Int32Array,
): void {
  const threshold = tree.threshold[i];
  const missing = tree.missing[i];
  const here = i * BLOCK;
  const left = (i + 1) * BLOCK;
  const right = tree.right[i] * BLOCK;
  const mark = bit[i + 1];
  for (let k = 0; k < size; k++) {
    const x = input[start + k];
    const goesRight = x <= threshold ? 0 : x > threshold ? 1 : missing;
    const before = broken[here + k];
    broken[left + k] = goesRight === 1 ? before | mark : before;
    broken[right + k] = goesRight === 1 ? before : before | mark;
  }
}

function addValues(
  column: Float64Array,
  start: number,
  size: number,
  pool: Float64Array,
  offsets: Int32Array,
  condition: number,
): void {
  for (let k = 0; k < size; k++) column[start + k] += pool[offsets[k] + condition];
}

function meanOf(tree: Tree): number {
  let sum = 0;
  for (let i = 0; i < tree.feature.length; i++) sum += tree.cover[i] * tree.value[i];
  return sum / tree.cover[0];
}
