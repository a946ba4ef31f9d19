import { describe, expect, it } from 'vitest';
import { EngineError } from '../../../src/errors.ts';
import { gradientBoosting } from '../../../src/models/gradient-boosting/learner.ts';
import { sumTrees } from '../../../src/models/tree/predict.ts';
import { PredictionKernel } from '../../../src/models/tree/prediction-kernel.ts';
import type { Tree } from '../../../src/models/tree/tree.ts';
import { createRandom, type Random } from '../../../src/random.ts';
import { synthetic } from '../synthetic.ts';

/** Walks one tree for one row, as the definition reads. */
function walk(tree: Tree, row: readonly number[]): number {
  let at = 0;
  while (tree.feature[at] >= 0) {
    const x = row[tree.feature[at]];
    const set = tree.sets?.[at];
    const isRight = set ? !set.includes(x) : x > tree.threshold[at];
    const goesRight = Number.isNaN(x) ? tree.missing[at] === 1 : isRight;
    at = goesRight ? tree.right[at] : at + 1;
  }
  return tree.value[at];
}

/** Predicts `value` above a threshold, and else 0. */
function stump(feature: number, threshold: number, value: number): Tree {
  return {
    feature: [feature, -1, -1],
    threshold: [threshold, 0, 0],
    missing: [0, 0, 0],
    right: [2, 0, 0],
    value: [0, 0, value],
    cover: [2, 1, 1],
  };
}

/** Numbers 0 to 2, and categories of 5 and of 70 levels. */
const levelCounts = [0, 0, 0, 5, 70];

/** A tree in preorder whose tests, sides of missing values and leaves are drawn. */
function drawTree(random: Random): Tree {
  const nodes: {
    feature: number;
    threshold: number;
    set: number[] | null;
    missing: number;
    value: number;
  }[] = [];
  const right: number[] = [];
  const grow = (depth: number) => {
    const at = nodes.length;
    right[at] = 0;
    if (depth === 0 || random.float() < 0.2) {
      nodes.push({ feature: -1, threshold: 0, set: null, missing: 0, value: random.float() - 0.5 });
      return;
    }
    const feature = random.integer(levelCounts.length);
    const codes = Array.from({ length: levelCounts[feature] }, (_, code) => code);
    const set = codes.length > 0 ? codes.filter(() => random.float() < 0.3) : null;
    const threshold = set ? 0 : [-0, 0, 1.5, Number.MIN_VALUE, 1e308][random.integer(5)];
    nodes.push({ feature, threshold, set, missing: random.integer(2), value: 0 });
    grow(depth - 1);
    right[at] = nodes.length;
    grow(depth - 1);
  };
  grow(6);
  return {
    feature: nodes.map(({ feature }) => feature),
    threshold: nodes.map(({ threshold }) => threshold),
    sets: nodes.map(({ set }) => set),
    missing: nodes.map(({ missing }) => missing),
    right,
    value: nodes.map(({ value }) => value),
    cover: nodes.map(() => 1),
  };
}

describe('sumTrees', () => {
  const examples = synthetic(700, 3);
  const { trees } = gradientBoosting.fit(examples, { ...gradientBoosting.defaults, trees: 30 }, 1);

  it('adds what each tree predicts for each row, on blocks and remainders', () => {
    const { rows, columns } = examples.matrix;
    const sums = new Float64Array(rows).fill(0.5);
    sumTrees(trees, columns, sums);
    for (let i = 0; i < rows; i++) {
      const row = columns.map((column) => column[i]);
      expect(sums[i]).toBe(trees.reduce((sum, tree) => sum + walk(tree, row), 0.5));
    }
  });

  it.each([
    [2, 30],
    [31, 30],
    [32, 30],
    [33, 30],
    [90, 4],
  ])(
    'adds what trees of at most %d leaves predict, with values and missing ones at random',
    (maxLeaves, count) => {
      const settings = {
        ...gradientBoosting.defaults,
        trees: count,
        maxLeaves,
        maxDepth: 30,
        minSamplesLeaf: 1,
        l2: 1,
      };
      const model = gradientBoosting.fit(synthetic(400, 4), settings, 2);
      const random = createRandom(maxLeaves);
      const columns = examples.matrix.columns.map((column) =>
        column.map((x) => (random.float() < 0.1 ? Number.NaN : x * (random.float() < 0.1 ? -3 : 1))),
      );
      const sums = new Float64Array(700);
      sumTrees(model.trees, columns, sums);
      sums.forEach((sum, i) => {
        const row = columns.map((column) => column[i]);
        expect(sum).toBe(model.trees.reduce((total, tree) => total + walk(tree, row), 0));
      });
    },
  );

  it('sends a value at the threshold left and one above it right', () => {
    const stump: Tree = {
      feature: [0, -1, -1],
      threshold: [2, 0, 0],
      missing: [1, 0, 0],
      right: [2, 0, 0],
      value: [0, 10, 20],
      cover: [2, 1, 1],
    };
    const sums = new Float64Array(4);
    sumTrees([stump], [Float64Array.of(2, 2 + 2 ** -51, Number.NaN, -1e308)], sums);
    expect(Array.from(sums)).toEqual([10, 20, 20, 10]);
  });

  it('sends the levels of a set left, others right, and a missing one where it is told', () => {
    const tree: Tree = {
      feature: [0, 0, -1, -1, -1],
      threshold: [0, 0, 0, 0, 0],
      missing: [1, 0, 0, 0, 0],
      right: [4, 3, 0, 0, 0],
      sets: [[0, 31, 32, 70], [], null, null, null],
      value: [0, 0, 10, 20, 30],
      cover: [3, 2, 1, 1, 1],
    };
    const codes = Float64Array.of(0, 1, 31, 32, 33, 70, 71, 200, Number.NaN);
    const sums = new Float64Array(9);
    sumTrees([tree], [codes], sums);
    expect(Array.from(sums)).toEqual([20, 30, 20, 20, 30, 20, 30, 30, 30]);
    expect(Array.from(sums)).toEqual(Array.from(codes, (code) => walk(tree, [code])));
  });

  it.each([1, 7, 8, 9, 300])(
    'adds what drawn trees predict for %d rows of numbers and categories, some missing or infinite',
    (rows) => {
      const random = createRandom(rows);
      const drawn = Array.from({ length: 12 }, () => drawTree(random));
      const numbers = [Number.NaN, Infinity, -Infinity, -0, 0, 1.5, Number.MIN_VALUE, -1e308, 2];
      const columns = levelCounts.map((levels) =>
        Float64Array.from({ length: rows }, () => {
          if (levels === 0) return numbers[random.integer(numbers.length)];
          return random.float() < 0.1 ? Number.NaN : random.integer(levels);
        }),
      );
      const sums = new Float64Array(rows).fill(-0.25);
      sumTrees(drawn, columns, sums);
      sums.forEach((sum, i) => {
        const row = columns.map((column) => column[i]);
        expect(sum).toBe(drawn.reduce((total, tree) => total + walk(tree, row), -0.25));
      });
    },
  );

  it('says that 4 GB do not hold too many trees, and goes on', () => {
    const kernel = new PredictionKernel();
    expect(() => kernel.allocate({ nodes: 5e9 })).toThrow(EngineError);
    expect(kernel.allocate({ nodes: 64 }).nodes % 64).toBe(0);
  });

  it('sends missing values of one feature left in one node and right in another', () => {
    const tree: Tree = {
      feature: [0, 0, -1, -1, -1],
      threshold: [5, 1, 0, 0, 0],
      missing: [0, 1, 0, 0, 0],
      right: [4, 3, 0, 0, 0],
      value: [0, 0, 10, 20, 30],
      cover: [3, 2, 1, 1, 1],
    };
    const sums = new Float64Array(4);
    sumTrees([tree], [Float64Array.of(Number.NaN, 1, 2, 6)], sums);
    expect(Array.from(sums)).toEqual([20, 10, 20, 30]);
  });

  it('predicts one row as it predicts many', () => {
    const { rows, columns } = examples.matrix;
    const together = new Float64Array(rows);
    sumTrees(trees, columns, together);
    for (const i of [0, 1, 8, 699]) {
      const alone = new Float64Array(1);
      sumTrees(
        trees,
        columns.map((column) => column.slice(i, i + 1)),
        alone,
      );
      expect(alone[0]).toBe(together[i]);
    }
  });

  it('reads columns that threads share', () => {
    const { rows, columns } = examples.matrix;
    const shared = columns.map((column) => {
      const copy = new Float64Array(new SharedArrayBuffer(column.byteLength));
      copy.set(column);
      return copy;
    });
    const [own, others] = [new Float64Array(rows), new Float64Array(rows)];
    sumTrees(trees, columns, own);
    sumTrees(trees, shared, others);
    expect(others).toEqual(own);
  });

  it('lays trees out again when memory was taken back for others', () => {
    const columns = Array.from({ length: 400 }, (_, f) => Float64Array.of(f));
    const grove = Array.from({ length: 160 }, (_, k) =>
      columns.map((_, feature) => stump(feature, 200, k + 1)),
    );
    const first = new Float64Array(1);
    sumTrees(grove[0], columns, first);
    for (const others of grove) {
      const sums = new Float64Array(1);
      sumTrees(others, columns, sums);
      expect(sums[0]).toBe(199 * (grove.indexOf(others) + 1));
    }
    const again = new Float64Array(1);
    sumTrees(grove[0], columns, again);
    expect([first[0], again[0]]).toEqual([199, 199]);
  });

  it('takes no trees and no rows', () => {
    const sums = new Float64Array(3);
    sumTrees([], [], sums);
    expect(Array.from(sums)).toEqual([0, 0, 0]);
    expect(() => sumTrees(trees, examples.matrix.columns, new Float64Array(0))).not.toThrow();
  });
});
