import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { gradientBoosting } from '../../src/models/gradient-boosting/learner.ts';
import type { Examples } from '../../src/models/matrix.ts';
import { predict } from '../../src/models/model.ts';
import { randomForest } from '../../src/models/random-forest/learner.ts';
import type { GradientBoostingModel, RandomForestModel } from '../../src/models/tree/ensemble.ts';
import reference from '../fixtures/reference/tree-learners.json' with { type: 'json' };
import { fromJson, head, logLoss, rocAuc, synthetic } from './synthetic.ts';

type Learn = (
  examples: Examples,
  seed?: number,
  classWeight?: 'none' | 'balanced',
) => GradientBoostingModel | RandomForestModel;

const learners: [name: string, learn: Learn][] = [
  [
    'gradient boosting',
    (examples, seed = 1, classWeight = 'none') => {
      const settings = { ...gradientBoosting.defaults, trees: 40, columnSample: 1, classWeight };
      return gradientBoosting.fit(examples, settings, seed);
    },
  ],
  [
    'random forest',
    (examples, seed = 1, classWeight = 'none') => {
      const settings = { ...randomForest.defaults, trees: 30, minSamplesLeaf: 5, classWeight };
      return randomForest.fit(examples, settings, seed);
    },
  ],
];

const withColumns = (
  { matrix, labels, groups }: Examples,
  columns: Float64Array[],
  names = matrix.names,
): Examples => ({
  matrix: { rows: matrix.rows, names, columns },
  labels,
  groups,
});

describe.each(learners)('%s', (_, learn) => {
  const examples = synthetic(800, 21);
  const test = synthetic(800, 22);
  const { matrix } = examples;
  const model = learn(examples);

  it('ranks rows that it has not seen', () => {
    expect(rocAuc(test.labels, predict(model, test.matrix))).toBeGreaterThan(0.75);
  });

  it('predicts probabilities that mean the shares that are seen', () => {
    const p = predict(model, test.matrix);
    const mean = p.reduce((sum, x) => sum + x, 0) / p.length;
    const lost = test.labels.reduce((sum, x) => sum + x, 0) / test.labels.length;
    expect(Math.min(...p)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...p)).toBeLessThanOrEqual(1);
    expect(Math.abs(mean - lost)).toBeLessThan(0.05);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(JSON.stringify(learn(examples))).toBe(JSON.stringify(model));
    expect(JSON.stringify(learn(examples, 2))).not.toBe(JSON.stringify(model));
  });

  it('does not change what it is given', () => {
    const copy = structuredClone(examples);
    learn(examples);
    expect(examples).toEqual(copy);
  });

  it('predicts training rows alike after a monotone transform of a feature', () => {
    const bent = matrix.columns.map((column) => column.map((x) => Math.exp(3 * x) - 7));
    const changed = withColumns(examples, bent);
    expect(predict(learn(changed), changed.matrix)).toEqual(predict(model, matrix));
  });

  it('never splits on a constant or an empty column', () => {
    const constant = new Float64Array(matrix.rows).fill(4);
    const empty = new Float64Array(matrix.rows).fill(Number.NaN);
    const names = ['constant', ...matrix.names, 'empty'];
    const { trees } = learn(withColumns(examples, [constant, ...matrix.columns, empty], names));
    const used = new Set(trees.flatMap(({ feature }) => feature));
    expect(used).toEqual(new Set([-1, 1, 2, 3, 4, 5]));
  });

  it('splits on missing values alone', () => {
    const gap = Float64Array.from(examples.labels, (label) => (label === 1 ? Number.NaN : 2));
    const p = predict(learn(withColumns(examples, [gap], ['gap'])), {
      rows: 2,
      names: ['gap'],
      columns: [Float64Array.of(Number.NaN, 2)],
    });
    expect(p[0]).toBeGreaterThan(0.6);
    expect(p[1]).toBeLessThan(0.1);
  });

  it('predicts rows with a value missing that no training row missed', () => {
    const missing = test.matrix.columns.map((column) => column.map(() => Number.NaN));
    const p = predict(model, { ...test.matrix, columns: missing });
    expect(p.every((x) => x > 0 && x < 1)).toBe(true);
  });

  it('finds its columns by name', () => {
    const shuffled = {
      rows: matrix.rows,
      names: matrix.names.toReversed(),
      columns: matrix.columns.toReversed(),
    };
    expect(predict(model, shuffled)).toEqual(predict(model, matrix));
  });

  it('names a column that is absent or holds an infinite value', () => {
    const lacking = {
      rows: 1,
      names: ['a', 'b', 'count', 'gap'],
      columns: [1, 2, 3, 4].map((x) => Float64Array.of(x)),
    };
    expect(() => predict(model, lacking)).toThrow(InputError);
    expect(() => predict(model, lacking)).toThrow(/"noise"/);
    const infinite = {
      ...lacking,
      names: [...lacking.names, 'noise'],
      columns: [...lacking.columns, Float64Array.of(-1 / 0)],
    };
    expect(() => predict(model, infinite)).toThrow(/"noise" is -Infinity/);
  });

  it('predicts no rows', () => {
    const none = head(test, 0, 0);
    expect(predict(model, none.matrix)).toHaveLength(0);
  });

  it('raises the probabilities of a rare outcome when classes are balanced', () => {
    const balanced = learn(examples, 1, 'balanced');
    const mean = (p: Float64Array) => p.reduce((sum, x) => sum + x, 0) / p.length;
    expect(mean(predict(balanced, matrix))).toBeGreaterThan(mean(predict(model, matrix)) + 0.1);
    expect(rocAuc(test.labels, predict(balanced, test.matrix))).toBeGreaterThan(0.75);
  });
});

describe('gradient boosting', () => {
  const examples = synthetic(600, 31);
  const settings = {
    ...gradientBoosting.defaults,
    trees: 25,
    subsample: 1,
    columnSample: 1,
    minSamplesLeaf: 10,
  };
  const plain = gradientBoosting.fit(examples, settings, 1);

  it('keeps to the leaves, depth and rows a leaf that it is given', () => {
    const small = gradientBoosting.fit(examples, { ...settings, maxLeaves: 4, maxDepth: 2 }, 1);
    for (const { feature, cover } of small.trees) {
      expect(feature.filter((f) => f < 0).length).toBeLessThanOrEqual(4);
      expect(Math.min(...cover)).toBeGreaterThanOrEqual(10);
      expect(cover[0]).toBe(600);
    }
  });

  it('does not use a duplicate of a column', () => {
    const { matrix, labels, groups } = examples;
    const doubled = {
      rows: 600,
      names: [...matrix.names, 'copy'],
      columns: [...matrix.columns, matrix.columns[0]],
    };
    const model = gradientBoosting.fit({ matrix: doubled, labels, groups }, settings, 1);
    expect(predict(model, doubled)).toEqual(predict(plain, matrix));
  });

  it('permutes with its columns', () => {
    const { matrix, labels, groups } = examples;
    const turned = { rows: 600, names: matrix.names.toReversed(), columns: matrix.columns.toReversed() };
    const model = gradientBoosting.fit({ matrix: turned, labels, groups }, settings, 1);
    predict(model, matrix).forEach((p, i) => {
      expect(p).toBeCloseTo(predict(plain, matrix)[i], 12);
    });
  });

  it('lowers the training loss with every tree', () => {
    let last = Number.POSITIVE_INFINITY;
    for (let trees = 1; trees <= 25; trees += 4) {
      const model = { ...plain, trees: plain.trees.slice(0, trees) };
      const loss = logLoss(examples.labels, predict(model, examples.matrix));
      expect(loss).toBeLessThan(last);
      last = loss;
    }
  });

  it('gives a stump the Newton step that can be worked out by hand', () => {
    const x = Float64Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    const labels = Uint8Array.of(0, 0, 0, 1, 1, 1, 0, 1);
    const stump = gradientBoosting.fit(
      { matrix: { rows: 8, names: ['x'], columns: [x] }, labels, groups: new Int32Array(8) },
      { ...settings, trees: 1, learningRate: 1, l2: 0, minSamplesLeaf: 1 },
      1,
    );
    expect(stump.base).toBe(0);
    expect(stump.trees).toHaveLength(1);
    expect(stump.trees[0]).toMatchObject({ feature: [0, -1, -1], threshold: [0.5, 0, 0], cover: [8, 4, 4] });
    // Left: G = 4 · ½ − 1 = 1, H = 4 · ¼ = 1; right: G = 4 · ½ − 3 = −1.
    expect(stump.trees[0].value).toEqual([0, -1, 1]);
  });
});

describe('random forest', () => {
  it('predicts the share of losses among the draws in a leaf', () => {
    const { trees } = randomForest.fit(synthetic(300, 41), { ...randomForest.defaults, trees: 5 }, 1);
    for (const { feature, value, cover } of trees) {
      expect(cover[0]).toBe(300);
      feature.forEach((f, i) => {
        if (f < 0) expect(value[i] * cover[i]).toBeCloseTo(Math.round(value[i] * cover[i]), 9);
      });
    }
  });

  it('grows to purity when allowed to', () => {
    const examples = synthetic(200, 42);
    const model = randomForest.fit(
      examples,
      { ...randomForest.defaults, trees: 60, maxDepth: 30, minSamplesLeaf: 1 },
      1,
    );
    expect(rocAuc(examples.labels, predict(model, examples.matrix))).toBeGreaterThan(0.99);
  });
});

describe('on fixed data', () => {
  const columns = fromJson(reference.columns);
  const all: Examples = {
    matrix: { rows: reference.labels.length, names: columns.map((_, j) => `f${j}`), columns },
    labels: Uint8Array.from(reference.labels),
    groups: Int32Array.from(reference.labels.keys()),
  };
  const train = head(all, 0, reference.train);
  const test = head(all, reference.train, all.matrix.rows);
  const { lightgbm, histGradientBoosting, randomForest: forest } = reference.results;

  it('gradient boosting is as good as LightGBM and scikit-learn with the same settings', () => {
    const model = gradientBoosting.fit(
      train,
      {
        ...gradientBoosting.defaults,
        trees: 100,
        maxLeaves: 15,
        maxDepth: 30,
        l2: 1,
        subsample: 1,
        columnSample: 1,
      },
      1,
    );
    const p = predict(model, test.matrix);
    expect(Math.abs(rocAuc(test.labels, p) - lightgbm.rocAuc)).toBeLessThan(0.01);
    expect(Math.abs(rocAuc(test.labels, p) - histGradientBoosting.rocAuc)).toBeLessThan(0.01);
    expect(Math.abs(logLoss(test.labels, p) - lightgbm.logLoss)).toBeLessThan(0.01);
  });

  // scikit-learn counts different rows in a leaf: ten of them are about sixteen draws.
  it('the random forest is as good as that of scikit-learn with like settings', () => {
    const model = randomForest.fit(train, { ...randomForest.defaults, trees: 200, minSamplesLeaf: 16 }, 1);
    const p = predict(model, test.matrix);
    expect(Math.abs(rocAuc(test.labels, p) - forest.rocAuc)).toBeLessThan(0.01);
    expect(Math.abs(logLoss(test.labels, p) - forest.logLoss)).toBeLessThan(0.005);
  });
});
