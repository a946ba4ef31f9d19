import type { Tree } from './tree.ts';

/** Rows whose features are laid side by side before trees walk them; they stay in the cache for all trees. */
const BLOCK = 256;

/**
 * Adds to `sums[i]` what every tree predicts for row i, tree after tree.
 * @param columns the trees' features, by column.
 */
export function sumTrees(trees: readonly Tree[], columns: readonly Float64Array[], sums: Float64Array): void {
  if (trees.length === 0) return;
  const packed = packedTrees(trees);
  const features = columns.length;
  const block = new Float64Array(BLOCK * features);
  for (let start = 0; start < sums.length; start += BLOCK) {
    const size = Math.min(BLOCK, sums.length - start);
    for (let f = 0; f < features; f++) {
      const column = columns[f];
      for (let i = 0; i < size; i++) block[i * features + f] = column[start + i];
    }
    if (packed.sets) walkSets(packed, packed.sets, block, features, size, sums, start);
    else walk(packed, block, features, size, sums, start);
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
  /** Absent where no category is tested. */
  readonly sets?: PackedSets;
}

/** Sets of levels as bits, one behind the other; `number` of a node that tests a category is not used. */
interface PackedSets {
  /** By node: where its set begins in `words`; −1 where a number is tested. */
  readonly first: Int32Array;
  /** By node: the words of its set. */
  readonly length: Int32Array;
  readonly words: Uint32Array;
}

/** Explanations ask the same trees hundreds of times. */
const known = new WeakMap<readonly Tree[], PackedTrees>();

function packedTrees(trees: readonly Tree[]): PackedTrees {
  const packed = known.get(trees) ?? packTrees(trees);
  known.set(trees, packed);
  return packed;
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
  const packed = { roots, feature, number, right, missing };
  return trees.some(({ sets }) => sets) ? { ...packed, sets: packSets(trees, nodes) } : packed;
}

function packSets(trees: readonly Tree[], nodes: number): PackedSets {
  const first = new Int32Array(nodes).fill(-1);
  const length = new Int32Array(nodes);
  const words: number[] = [];
  let at = 0;
  for (const tree of trees) {
    tree.feature.forEach((_, i) => {
      const set = tree.sets?.[i];
      if (set) {
        first[at + i] = words.length;
        length[at + i] = 1 + ((set.at(-1) ?? 0) >> 5);
        for (let k = 0; k < length[at + i]; k++) words.push(0);
        for (const code of set) words[first[at + i] + (code >> 5)] |= 1 << (code & 31);
      }
    });
    at += tree.feature.length;
  }
  return { first, length, words: Uint32Array.from(words) };
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

/** `walk`, for trees that test categories too. */
function walkSets(
  { roots, feature, number, right, missing }: PackedTrees,
  { first, length, words }: PackedSets,
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
        if (Number.isNaN(x)) at = missing[at];
        else if (first[at] < 0) at = x <= number[at] ? at + 1 : right[at];
        else {
          const word = x >> 5;
          const isLeft = word < length[at] && (words[first[at] + word] >>> (x & 31)) & 1;
          at = isLeft ? at + 1 : right[at];
        }
      }
      sums[start + i] += number[at];
    }
  }
}
