import { describe, expect, it } from 'vitest';
import { MAX_TREE_DEPTH, type Tree, treeProblem } from '../../../src/models/tree/tree.ts';

const stump: Tree = {
  feature: [1, -1, -1],
  threshold: [2.5, 0, 0],
  missing: [1, 0, 0],
  right: [2, 0, 0],
  value: [0, 0.25, 0.75],
  cover: [10, 6, 4],
};

/** A chain to the left that is `depth` deep. */
function chain(depth: number): Tree {
  const nodes = 2 * depth + 1;
  const isInner = (i: number) => i < depth;
  const fill = (inner: (i: number) => number, leaf: (i: number) => number) =>
    Array.from({ length: nodes }, (_, i) => (isInner(i) ? inner(i) : leaf(i)));
  return {
    feature: fill(
      () => 0,
      () => -1,
    ),
    threshold: fill(
      (i) => -i,
      () => 0,
    ),
    missing: fill(
      () => 0,
      () => 0,
    ),
    right: fill(
      (i) => 2 * depth - i,
      () => 0,
    ),
    value: fill(
      () => 0,
      (i) => i,
    ),
    cover: fill(
      (i) => depth + 1 - i,
      () => 1,
    ),
  };
}

describe('treeProblem', () => {
  it('finds none in a tree', () => {
    expect(treeProblem(stump, 2)).toBeUndefined();
    expect(treeProblem(chain(MAX_TREE_DEPTH), 1)).toBeUndefined();
    expect(
      treeProblem({ feature: [-1], threshold: [0], missing: [0], right: [0], value: [1], cover: [3] }, 0),
    ).toBeUndefined();
  });

  it.each<[string, Partial<Tree>]>([
    ['no node', { feature: [], threshold: [], missing: [], right: [], value: [], cover: [] }],
    ['differ in length', { value: [0, 1] }],
    ['tests feature 2 of 2', { feature: [2, -1, -1] }],
    ['tests feature -2', { feature: [-2, -1, -1] }],
    ['tests feature 0.5', { feature: [0.5, -1, -1] }],
    ['has node 0 as its child', { right: [0, 0, 0] }],
    ['has node 1 as its child', { right: [1, 0, 0] }],
    ['has node 3 as its child', { right: [3, 0, 0] }],
    ['is a leaf with a child', { right: [2, 1, 0] }],
    ['sends a missing value to child 2', { missing: [2, 0, 0] }],
    ['has a cover of 0', { cover: [10, 10, 0] }],
    ['covers of node 0', { cover: [10, 6, 5] }],
    ['have no parent', { feature: [-1, -1, -1], right: [0, 0, 0] }],
  ])('names it: %s', (problem, change) => {
    expect(treeProblem({ ...stump, ...change }, 2)).toContain(problem);
  });

  it.each<[string, Partial<Tree>, (number | null)[]]>([
    ['without a set', {}, [null, 4]],
    ['but tests no category', { sets: [[0], null, null] }, []],
    ['but tests no category', { sets: [[0], null, [0]] }, [null, 4]],
    ['differ in length', { sets: [[0]] }, [null, 4]],
    ['sends level 4 of 4 left', { sets: [[0, 4], null, null] }, [null, 4]],
    ['sends level 1 of 4 left', { sets: [[2, 1], null, null] }, [null, 4]],
    ['sends level 0.5 of 4 left', { sets: [[0.5], null, null] }, [null, 4]],
  ])('names what is wrong with sets of levels: %s', (problem, change, levels) => {
    expect(treeProblem({ ...stump, ...change }, 2, levels)).toContain(problem);
  });

  it('finds none in a tree that tests a category', () => {
    expect(treeProblem({ ...stump, sets: [[0, 3], null, null] }, 2, [null, 4])).toBeUndefined();
  });

  it('finds a right child inside the left subtree', () => {
    const two = chain(2);
    expect(treeProblem({ ...two, right: [3, 3, 0, 0, 0] }, 1)).toContain('is not where the left subtree');
  });

  it('refuses a tree that is too deep to be explained', () => {
    expect(treeProblem(chain(MAX_TREE_DEPTH + 1), 1)).toContain('31 deep');
  });
});
