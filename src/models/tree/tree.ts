/**
 * A binary tree as it is served and stored: parallel arrays in preorder, so the left child of node i is i + 1
 * and every child stands after its parent. Growing uses another structure (`GrowingNode`).
 */
export interface Tree {
  /** Index of the feature that an inner node tests; −1 marks a leaf. */
  readonly feature: readonly number[];
  /** x ≤ threshold goes left, x > threshold right; 0 at a leaf and where a category is tested. */
  readonly threshold: readonly number[];
  /**
   * By node: of a category, the codes that go left, ascending, while all others go right; null at a leaf and where a
   * number is tested. Absent in a tree that tests numbers alone.
   */
  readonly sets?: readonly (readonly number[] | null)[] | undefined;
  /** Where a missing x goes: 0 left, 1 right; 0 at a leaf. */
  readonly missing: readonly number[];
  /** Index of the right child; 0 at a leaf. */
  readonly right: readonly number[];
  /** What a leaf predicts; 0 at an inner node. */
  readonly value: readonly number[];
  /** Training rows (of a forest: draws) that reached the node; a parent's is the sum of its children's. */
  readonly cover: readonly number[];
}

/**
 * No learner grows deeper, and no deeper tree is read: the tests of a path have a bit each in a 32-bit
 * integer.
 */
export const MAX_TREE_DEPTH = 30;

/**
 * Why arrays are not a tree over `features` features, or undefined when they are.
 * @param levelCounts by feature: how many levels a category has; null or absent for a number.
 */
export function treeProblem(
  tree: Tree,
  features: number,
  levelCounts: readonly (number | null)[] = [],
): string | undefined {
  const nodes = tree.feature.length;
  const arrays = [tree.threshold, tree.missing, tree.right, tree.value, tree.cover, tree.sets ?? tree.cover];
  if (nodes === 0) return 'a tree has no node';
  if (arrays.some((array) => array.length !== nodes)) return 'the arrays of a tree differ in length';
  for (let i = 0; i < nodes; i++) {
    const problem = nodeProblem(tree, i, features) ?? setProblem(tree, i, levelCounts);
    if (problem) return `node ${i} ${problem}`;
  }
  return preorderProblem(tree);
}

/** A set stands where a category is tested and nowhere else. */
function setProblem(
  { feature, sets }: Tree,
  i: number,
  levelCounts: readonly (number | null)[],
): string | undefined {
  const levels = levelCounts[feature[i]] ?? null;
  const set = sets?.[i] ?? null;
  if (levels === null) return set === null ? undefined : 'has a set of levels, but tests no category';
  if (set === null) return `tests the category ${feature[i]} without a set of its levels`;
  const bad = set.find(
    (code, k) => !Number.isInteger(code) || code < (k > 0 ? set[k - 1] + 1 : 0) || code >= levels,
  );
  return bad === undefined ? undefined : `sends level ${bad} of ${levels} left; expected ascending places`;
}

function nodeProblem(tree: Tree, i: number, features: number): string | undefined {
  const feature = tree.feature[i];
  if (!Number.isInteger(feature) || feature < -1 || feature >= features)
    return `tests feature ${feature} of ${features}`;
  if (!(tree.cover[i] > 0)) return `has a cover of ${tree.cover[i]}; expected a positive number`;
  if (tree.missing[i] !== 0 && tree.missing[i] !== 1)
    return `sends a missing value to child ${tree.missing[i]}`;
  if (feature === -1) return tree.right[i] === 0 ? undefined : 'is a leaf with a child';
  const right = tree.right[i];
  if (!Number.isInteger(right) || right <= i + 1 || right >= tree.feature.length)
    return `has node ${right} as its child`;
  return undefined;
}

/** From the back, each node's subtree must end where its sibling, or what follows its parent, begins. */
function preorderProblem(tree: Tree): string | undefined {
  const nodes = tree.feature.length;
  const end = new Int32Array(nodes);
  const height = new Int32Array(nodes);
  for (let i = nodes - 1; i >= 0; i--) {
    if (tree.feature[i] === -1) {
      end[i] = i + 1;
      continue;
    }
    const right = tree.right[i];
    if (end[i + 1] !== right) return `node ${right} is not where the left subtree of node ${i} ends`;
    const cover = tree.cover[i + 1] + tree.cover[right];
    if (Math.abs(cover - tree.cover[i]) > 1e-9 * cover)
      return `the covers of node ${i} and its children disagree`;
    end[i] = end[right];
    height[i] = 1 + Math.max(height[i + 1], height[right]);
  }
  if (end[0] !== nodes) return `nodes from ${end[0]} on have no parent`;
  return height[0] > MAX_TREE_DEPTH
    ? `a tree is ${height[0]} deep; expected at most ${MAX_TREE_DEPTH}`
    : undefined;
}
