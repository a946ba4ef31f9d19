import { describe, expect, it } from 'vitest';
import { InputError, NothingToLearnError, UsageError } from '../../../src/errors.ts';
import { attribute } from '../../../src/explanation/attribute.ts';
import type { Examples, Matrix } from '../../../src/models/matrix.ts';
import { predict } from '../../../src/models/model.ts';
import { parseModel, stringifyModel } from '../../../src/models/model-json.ts';
import { multilayerPerceptron } from '../../../src/models/multilayer-perceptron/learner.ts';
import { createRandom } from '../../../src/random.ts';
import { examplesOf, logLoss, rocAuc, synthetic } from '../synthetic.ts';

const settings = {
  ...multilayerPerceptron.defaults,
  ...{ units: 8, epochs: 15, dropout: 0.1, learningRate: 0.01, weightDecay: 0.01, batchSize: 32 },
};
const train = synthetic(1200, 41);
const test = synthetic(800, 42);
const model = multilayerPerceptron.fit(train, settings, 1);

/** A category of five levels of which 'c' and 'e' are mostly lost, beside a number that says nothing. */
function withCategory(rows: number, seed: number): Examples {
  const random = createRandom(seed);
  const codes = Array.from({ length: rows }, () => random.integer(5));
  const labels = codes.map((code) => (random.float() < (code === 2 || code === 4 ? 0.8 : 0.1) ? 1 : 0));
  const examples = examplesOf({ kind: codes, noise: codes.map(() => random.float()) }, labels);
  return { ...examples, matrix: { ...examples.matrix, levels: [['a', 'b', 'c', 'd', 'e'], undefined] } };
}

const embedded = multilayerPerceptron.fit(withCategory(600, 1), settings, 1);

describe('the multilayer perceptron that is trained', () => {
  it('finds what only two features together tell', () => {
    expect(rocAuc(test.labels, predict(model, test.matrix))).toBeGreaterThan(0.8);
    const rate = test.labels.reduce((sum, label) => sum + label, 0) / test.labels.length;
    const constant = new Float64Array(test.labels.length).fill(rate);
    expect(logLoss(test.labels, predict(model, test.matrix))).toBeLessThan(
      0.85 * logLoss(test.labels, constant),
    );
  });

  it('is the same, bit for bit, for the same seed and another for another', () => {
    expect(stringifyModel(multilayerPerceptron.fit(train, settings, 1))).toBe(stringifyModel(model));
    expect(stringifyModel(multilayerPerceptron.fit(train, settings, 2))).not.toBe(stringifyModel(model));
  });

  it('predicts the same after JSON', () => {
    for (const [one, { matrix }] of [
      [model, test],
      [embedded, withCategory(100, 2)],
    ] as const) {
      const back = parseModel(JSON.parse(stringifyModel(one)));
      expect(back).toEqual(one);
      expect(predict(back, matrix)).toEqual(predict(one, matrix));
    }
  });

  it('has the parameters of an early epoch where training longer only learns rows by heart', () => {
    const random = createRandom(8);
    const labels = Array.from({ length: 200 }, () => random.integer(2));
    const noise = (seed: number) => {
      const own = createRandom(seed);
      return labels.map(() => own.float());
    };
    const nothing = examplesOf({ a: noise(1), b: noise(2), c: noise(3), d: noise(4) }, labels);
    const eager = { ...settings, units: 64, epochs: 60, dropout: 0, learningRate: 0.02, patience: 60 };
    const spread = (validationShare: number) => {
      const p = predict(multilayerPerceptron.fit(nothing, { ...eager, validationShare }, 1), nothing.matrix);
      return Math.max(...p) - Math.min(...p);
    };
    expect(spread(0.3)).toBeLessThan(0.7 * spread(0));
  });

  it('is a logistic regression without hidden layers', () => {
    const { layers } = multilayerPerceptron.fit(train, { ...settings, hiddenLayers: 0 }, 1);
    expect(layers.map(({ weights }) => weights.length)).toEqual([1]);
  });

  it('gives the base rate where every feature is constant', () => {
    const examples = examplesOf({ x: [1, 1, 1, 1] }, [0, 0, 0, 1]);
    const constant = multilayerPerceptron.fit(
      examples,
      { ...settings, hiddenLayers: 0, learningRate: 1e-9 },
      1,
    );
    for (const p of predict(constant, examples.matrix)) expect(p).toBeCloseTo(0.25, 6);
  });

  it('refuses what no network can be trained with', () => {
    const fitting = (changes: object) => () =>
      multilayerPerceptron.fit(train, { ...settings, ...changes }, 1);
    expect(fitting({ dropout: 1 })).toThrow(UsageError);
    expect(fitting({ units: 0 })).toThrow(UsageError);
    expect(fitting({ batchSize: 1.5 })).toThrow(UsageError);
    expect(() => multilayerPerceptron.fit(examplesOf({ x: [1, 2] }, [0, 0]), settings, 1)).toThrow(
      NothingToLearnError,
    );
    const infinite = examplesOf({ x: [1, Number.POSITIVE_INFINITY] }, [0, 1]);
    expect(() => multilayerPerceptron.fit(infinite, settings, 1)).toThrow(InputError);
  });

  it('lets no outlier take over', () => {
    const far = { ...test.matrix, columns: test.matrix.columns.map((column) => column.map(() => 1.7e308)) };
    for (const p of predict(model, far)) expect(p).toBeGreaterThan(0);
  });
});

describe('an embedded category', () => {
  const { matrix } = withCategory(5, 3);
  const rows = (levels: readonly string[], codes: readonly number[]): Matrix => ({
    rows: codes.length,
    names: matrix.names,
    columns: [Float64Array.from(codes), new Float64Array(codes.length).fill(0.5)],
    levels: [levels, undefined],
  });

  it('tells its levels apart', () => {
    const [a, b, c, d, e] = predict(embedded, rows(['a', 'b', 'c', 'd', 'e'], [0, 1, 2, 3, 4]));
    expect(Math.min(c, e)).toBeGreaterThan(Math.max(a, b, d) + 0.3);
  });

  it('is found by its text, whatever its place in another table', () => {
    const [c] = predict(embedded, rows(['a', 'b', 'c'], [2]));
    expect(predict(embedded, rows(['c', 'new'], [0]))[0]).toBe(c);
  });

  it('takes a level that it does not know for a missing one', () => {
    const [unknown, missing] = predict(embedded, rows(['new'], [0, Number.NaN]));
    expect(unknown).toBe(missing);
    expect(unknown).toBeGreaterThan(0);
  });

  it('refuses numbers in its place', () => {
    expect(() => predict(embedded, { ...rows([], [0]), levels: undefined })).toThrow(InputError);
  });

  it('has contributions that add up, counted from an unknown level', () => {
    const given = rows(['a', 'b', 'c', 'd', 'e', 'new'], [0, 2, 4, 5]);
    const { base, columns } = attribute(embedded, given);
    predict(embedded, given).forEach((p, i) => {
      expect(base + columns[0][i] + columns[1][i]).toBeCloseTo(Math.log(p / (1 - p)), 9);
    });
    expect(columns[0][3]).toBe(0);
  });

  it.each([
    ['an embedding too few', { embeddings: [] }, 'not of the categories'],
    ['a vector too few', { levels: [['a', 'b'], null] }, 'has 6 vectors; expected 3'],
    ['levels of some features alone', { levels: [['a', 'b', 'c', 'd', 'e']] }, 'levels of 1 of 2'],
    ['a clip that is none', { clip: 'hard' }, 'clip'],
  ])('is refused in JSON with %s', (_, changes, message) => {
    expect(() => parseModel({ ...embedded, ...changes })).toThrow(message);
  });
});

describe('weights of rows', () => {
  const examples = synthetic(600, 43);
  const mean = (changes: Partial<Examples>, classWeight: 'none' | 'balanced' = 'none') => {
    const fitted = multilayerPerceptron.fit({ ...examples, ...changes }, { ...settings, classWeight }, 1);
    return predict(fitted, examples.matrix).reduce((sum, p) => sum + p, 0) / examples.labels.length;
  };

  it('count, by their ratios alone', () => {
    const five = Float64Array.from(examples.labels, (label) => (label === 1 ? 5 : 1));
    expect(mean({ weights: five })).toBeGreaterThan(mean({}) + 0.15);
    expect(mean({ weights: five.map((weight) => 1024 * weight) })).toBe(mean({ weights: five }));
    expect(mean({ weights: new Float64Array(600).fill(1) })).toBe(mean({}));
  });

  it('may balance the classes', () => {
    const lost = examples.labels.reduce((sum, label) => sum + label, 0);
    const weights = Float64Array.from(examples.labels, (label) => 300 / (label === 1 ? lost : 600 - lost));
    expect(mean({}, 'balanced')).toBeCloseTo(mean({ weights }), 6);
    expect(mean({}, 'balanced')).toBeGreaterThan(mean({}) + 0.1);
  });
});

it('refuses a category with more levels than anyone learns', () => {
  const examples = withCategory(20, 1);
  const levels = [Array.from({ length: 100_001 }, (_, k) => `level ${k}`), undefined];
  const many = { ...examples, matrix: { ...examples.matrix, levels } };
  expect(() => multilayerPerceptron.fit(many, settings, 1)).toThrow(/"kind" has 100001 levels/);
});
