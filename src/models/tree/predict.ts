import type { Tree } from './tree.ts';

/** Rows whose features are laid side by side before trees walk them; they stay in the cache for all trees. */
const BLOCK = 256;

/**
 * Adds to `sums[i]` what every tree predicts for row i, tree after tree.
 * @param columns the trees' features, by column.
 */
export function sumTrees(trees: readonly Tree[], columns: readonly Float64Array[], sums: Float64Array): void {
  if (trees.length === 0) return;
  const packed = packTrees(trees);
  const features = columns.length;
  const block = new Float64Array(BLOCK * features);
  for (let start = 0; start < sums.length; start += BLOCK) {
    const size = Math.min(BLOCK, sums.length - start);
    for (let f = 0; f < features; f++) {
      const column = columns[f];
      for (let i = 0; i < size; i++) block[i * features + f] = column[start + i];
    }
    walk(packed, block, features, size, sums, start);
  }
}

/** Trees one behind the other, in typed arrays; children are places in these arrays. */
interface PackedTrees {
  readonly roots: Int32Array;
  /** −1 at a leaf. */
  readonly feature: Int32Array;
  /** The threshold of an inner node, the value of a leaf. */
  readonly number: Float64Array;
  readonly right: Int32Array;
  readonly missing: Int32Array;
}

function packTrees(trees: readonly Tree[]): PackedTrees {
  const nodes = trees.reduce((sum, tree) => sum + tree.feature.length, 0);
  const roots = new Int32Array(trees.length);
  const feature = new Int32Array(nodes);
  const number = new Float64Array(nodes);
  const right = new Int32Array(nodes);
  const missing = new Int32Array(nodes);
  let first = 0;
  trees.forEach((tree, t) => {
    roots[t] = first;
    for (let i = 0; i < tree.feature.length; i++) {
      const at = first + i;
      feature[at] = tree.feature[i];
      number[at] = tree.feature[i] < 0 ? tree.value[i] : tree.threshold[i];
      right[at] = first + tree.right[i];
      missing[at] = tree.missing[i] === 1 ? right[at] : at + 1;
    }
    first += tree.feature.length;
  });
  return { roots, feature, number, right, missing };
}

function walk(
  { roots, feature, number, right, missing }: PackedTrees,
  block: Float64Array,
  features: number,
  size: number,
  sums: Float64Array,
  start: number,
): void {
  for (let t = 0; t < roots.length; t++) {
    const root = roots[t];
    for (let i = 0; i < size; i++) {
      const row = i * features;
      let at = root;
      for (let f = feature[at]; f >= 0; f = feature[at]) {
        const x = block[row + f];
        if (x <= number[at]) at++;
        else at = x > number[at] ? right[at] : missing[at];
      }
      sums[start + i] += number[at];
    }
  }
}
