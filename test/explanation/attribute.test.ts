import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { attribute } from '../../src/explanation/attribute.ts';
import { gradientBoosting } from '../../src/models/gradient-boosting/learner.ts';
import { logisticRegression } from '../../src/models/logistic-regression/learner.ts';
import type { Matrix } from '../../src/models/matrix.ts';
import { type Model, predict } from '../../src/models/model.ts';
import { parseModel } from '../../src/models/model-json.ts';
import { randomForest } from '../../src/models/random-forest/learner.ts';
import type { Tree } from '../../src/models/tree/tree.ts';
import { createRandom } from '../../src/random.ts';
import reference from '../fixtures/reference/tree-shap.json' with { type: 'json' };
import { examplesOf, head, matrixOf, synthetic } from '../models/synthetic.ts';

/**
 * What the tree expects of a row of which only the features in `known` are seen: unseen tests are averaged by
 * cover.
 */
function expected(tree: Tree, row: readonly number[], known: ReadonlySet<number>, at = 0): number {
  const feature = tree.feature[at];
  if (feature < 0) return tree.value[at];
  const left = at + 1;
  const right = tree.right[at];
  if (known.has(feature)) {
    const x = row[feature];
    const goesRight = Number.isNaN(x) ? tree.missing[at] === 1 : x > tree.threshold[at];
    return expected(tree, row, known, goesRight ? right : left);
  }
  const below = [left, right].map((child) => tree.cover[child] * expected(tree, row, known, child));
  return (below[0] + below[1]) / tree.cover[at];
}

/** Shapley values by their definition: over all coalitions of the other features. */
function bruteForce(trees: readonly Tree[], row: readonly number[]): number[] {
  const n = row.length;
  const factorial = (k: number): number => (k <= 1 ? 1 : k * factorial(k - 1));
  return row.map((_, j) => {
    let value = 0;
    for (let mask = 0; mask < 2 ** n; mask++) {
      if (mask & (1 << j)) continue;
      const coalition = new Set(Array.from(row.keys()).filter((k) => mask & (1 << k)));
      const weight = (factorial(coalition.size) * factorial(n - coalition.size - 1)) / factorial(n);
      for (const tree of trees) {
        value += weight * (expected(tree, row, new Set([...coalition, j])) - expected(tree, row, coalition));
      }
    }
    return value;
  });
}

/** A random tree over `features` features that is at most `depth` deep; features may repeat on a path. */
function randomTree(features: number, depth: number, seed: number): Tree {
  const random = createRandom(seed);
  const tree = { feature: [-1], threshold: [0], missing: [0], right: [0], value: [0], cover: [0] };
  const grow = (at: number, left: number): number => {
    tree.threshold[at] = 0;
    tree.missing[at] = 0;
    tree.right[at] = 0;
    tree.value[at] = 0;
    if (left === 0 || random.float() < 0.15) {
      tree.feature[at] = -1;
      tree.value[at] = random.float() * 4 - 2;
      tree.cover[at] = 1 + random.integer(40);
      return at + 1;
    }
    tree.feature[at] = random.integer(features);
    tree.threshold[at] = random.float() * 2 - 1;
    tree.missing[at] = random.integer(2);
    const right = grow(at + 1, left - 1);
    tree.right[at] = right;
    const end = grow(right, left - 1);
    tree.cover[at] = tree.cover[at + 1] + tree.cover[right];
    return end;
  };
  grow(0, depth);
  return tree;
}

function rowOf({ columns }: { columns: readonly Float64Array[] }, i: number): number[] {
  return columns.map((column) => column[i]);
}

/** The largest distance between base + contributions and the prediction. */
function worstSum(model: Model, matrix: Matrix, background?: Matrix): number {
  const { unit, base, columns } = attribute(model, matrix, background);
  const predictions = predict(model, matrix);
  return predictions.reduce((worst, p, i) => {
    const sum = columns.reduce((total, column) => total + column[i], base);
    return Math.max(worst, Math.abs(sum - (unit === 'log-odds' ? Math.log(p / (1 - p)) : p)));
  }, 0);
}

const train = synthetic(500, 61);
const test = synthetic(150, 62).matrix;
const linear = logisticRegression.fit(train, logisticRegression.defaults, 1);
const forest = randomForest.fit(train, { ...randomForest.defaults, trees: 15, minSamplesLeaf: 3 }, 1);
const boosting = gradientBoosting.fit(train, { ...gradientBoosting.defaults, trees: 30 }, 1);
const models: Model[] = [linear, forest, boosting];

describe.each(models)('attributions of a $kind model', (model) => {
  it('and the base add up to the prediction to 1e-9', () => {
    expect(worstSum(model, test)).toBeLessThan(1e-9);
  });

  it('add up also with a background, and then average to zero over it', () => {
    const background = head(train, 0, 70).matrix;
    expect(worstSum(model, test, background)).toBeLessThan(1e-9);
    for (const column of attribute(model, background, background).columns) {
      expect(Math.abs(column.reduce((sum, x) => sum + x, 0))).toBeLessThan(1e-9);
    }
  });

  it('name the features of the model, whatever the order of the columns', () => {
    const turned = { rows: test.rows, names: test.names.toReversed(), columns: test.columns.toReversed() };
    expect(attribute(model, turned)).toEqual(attribute(model, test));
    expect(attribute(model, test).names).toEqual(model.features);
  });

  it('have a unit and take no rows', () => {
    const { unit, columns } = attribute(model, head(train, 0, 0).matrix);
    expect(unit).toBe(model.kind === 'random-forest' ? 'probability' : 'log-odds');
    expect(columns.map(({ length }) => length)).toEqual([0, 0, 0, 0, 0]);
  });

  it('say which feature is absent', () => {
    expect(() => attribute(model, matrixOf({ a: [1] }))).toThrow(InputError);
  });
});

describe('attributions of logistic regression', () => {
  it('are the coefficient times the distance from the training mean', () => {
    const x = [1, 2, 3, 4, 5, 6];
    const model = logisticRegression.fit(
      examplesOf({ x }, [0, 1, 0, 1, 0, 1]),
      { C: 1, classWeight: 'none' },
      1,
    );
    const { base, columns } = attribute(model, matrixOf({ x: [3.5, 4.5] }));
    expect(base).toBe(model.intercept);
    expect(columns[0][0]).toBeCloseTo(0, 15);
    expect(columns[0][1]).toBeCloseTo(model.coefficients[0] / Math.sqrt(35 / 12), 12);
  });

  it('count the indicator of a missing value for its feature', () => {
    const gap = linear.terms.filter(({ feature }) => linear.features[feature] === 'gap');
    expect(gap.map(({ part }) => part)).toEqual(['value', 'missing']);
    const { columns } = attribute(
      linear,
      matrixOf({ a: [0], b: [0], count: [0], gap: [Number.NaN], noise: [0] }),
    );
    const indicator = linear.terms.findIndex(({ part }) => part === 'missing');
    const value = linear.terms[indicator - 1];
    if (value.part !== 'value') throw new Error('the value comes before its indicator');
    const { mean, sd } = linear.terms[indicator];
    const fromIndicator = (linear.coefficients[indicator] * (1 - mean)) / sd;
    const fromMedian = (linear.coefficients[indicator - 1] * (value.median - value.mean)) / value.sd;
    expect(columns[3][0]).toBeCloseTo(fromIndicator + fromMedian, 12);
  });
});

describe('attributions of trees', () => {
  it('are the Shapley values of their definition on random trees, features repeating on a path', () => {
    const cases = fc.record({
      features: fc.integer({ min: 1, max: 5 }),
      depth: fc.integer({ min: 0, max: 6 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(cases, ({ features, depth, seed }) => {
        const names = Array.from({ length: features }, (_, j) => `f${j}`);
        const trees = [randomTree(features, depth, seed), randomTree(features, depth, seed + 1)];
        const model = parseModel({ kind: 'gradient-boosting', features: names, base: 0.25, trees });
        const random = createRandom(seed);
        const draw = () => (random.float() < 0.2 ? Number.NaN : random.float() * 2 - 1);
        const columns = names.map(() => Float64Array.from({ length: 3 }, draw));
        const { base, columns: values } = attribute(model, { rows: 3, names, columns });
        expect(base).toBeCloseTo(
          0.25 + trees.reduce((sum, tree) => sum + expected(tree, [], new Set()), 0),
          10,
        );
        for (let i = 0; i < 3; i++) {
          const brute = bruteForce(trees, rowOf({ columns }, i));
          brute.forEach((value, j) => {
            expect(values[j][i]).toBeCloseTo(value, 10);
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are those of the shap package on a forest of scikit-learn', () => {
    const model = parseModel(reference.model);
    const columns = reference.columns.map((column) => Float64Array.from(column));
    const matrix = { rows: columns[0].length, names: reference.model.features, columns };
    predict(model, matrix).forEach((p, i) => {
      expect(p).toBeCloseTo(reference.probabilities[i], 12);
    });
    const { base, columns: values } = attribute(model, matrix);
    expect(base).toBeCloseTo(reference.base, 12);
    reference.values.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(values[j][i]).toBeCloseTo(value, 10);
      });
    });
  });

  it('stay additive on paths with more conditions than are looked up by index', () => {
    const deep = randomTree(25, 13, 5);
    const names = Array.from({ length: 25 }, (_, j) => `f${j}`);
    const model = parseModel({ kind: 'gradient-boosting', features: names, base: 0, trees: [deep] });
    const random = createRandom(8);
    const columns = names.map(() => Float64Array.from({ length: 90 }, () => random.float() * 2 - 1));
    const matrix = { rows: 90, names, columns };
    const { base, columns: values } = attribute(model, matrix);
    const logOdds = predict(model, matrix).map((p) => Math.log(p / (1 - p)));
    logOdds.forEach((sum, i) => {
      expect(values.reduce((total, column) => total + column[i], base)).toBeCloseTo(sum, 10);
    });
  });

  it('are zero for features that no tree tests', () => {
    const stump = {
      feature: [1, -1, -1],
      threshold: [0, 0, 0],
      missing: [0, 0, 0],
      right: [2, 0, 0],
      value: [0, 0, 1],
      cover: [4, 3, 1],
    };
    const model = parseModel({ kind: 'random-forest', features: ['a', 'b'], trees: [stump] });
    const { base, columns } = attribute(model, matrixOf({ a: [5, 6], b: [-1, 1] }));
    expect(base).toBe(0.25);
    expect(Array.from(columns[0])).toEqual([0, 0]);
    expect(Array.from(columns[1])).toEqual([-0.25, 0.75]);
  });
});
