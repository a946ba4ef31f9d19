import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { predict } from '../../../src/models/model.ts';
import { parseModel, stringifyModel } from '../../../src/models/model-json.ts';
import type { MultilayerPerceptronModel } from '../../../src/models/multilayer-perceptron/model.ts';
import { matrixOf } from '../synthetic.ts';

/** The exclusive or of two signs, which no linear model can tell. */
const xor: MultilayerPerceptronModel = {
  kind: 'multilayer-perceptron',
  features: ['a', 'b'],
  terms: [
    { part: 'value', feature: 0, median: 1, mean: 0, sd: 1 },
    { part: 'value', feature: 1, median: -1, mean: 10, sd: 2 },
    { part: 'missing', feature: 1, mean: 0.25, sd: 0.5 },
  ],
  clip: 'none',
  embeddings: [],
  activation: 'logistic',
  layers: [
    {
      weights: [
        [20, 20, 0],
        [-20, -20, 0],
      ],
      biases: [-10, -10],
    },
    { weights: [[20, 20]], biases: [-10] },
  ],
};

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe('a multilayer perceptron', () => {
  it('predicts what its layers say, on blocks of rows and the rest', () => {
    const a = Array.from({ length: 1300 }, (_, i) => [1, -1, Number.NaN][i % 3]);
    const b = Array.from({ length: 1300 }, (_, i) => [12, 8, Number.NaN, 12][i % 4]);
    predict(xor, matrixOf({ a, b })).forEach((p, i) => {
      const x = Number.isNaN(a[i]) ? 1 : a[i];
      const y = Number.isNaN(b[i]) ? -5.5 : (b[i] - 10) / 2;
      const hidden = [sigmoid(20 * x + 20 * y - 10), sigmoid(-20 * x - 20 * y - 10)];
      expect(p).toBeCloseTo(sigmoid(20 * hidden[0] + 20 * hidden[1] - 10), 12);
    });
  });

  it('tells an exclusive or', () => {
    const [both, neither, first, second] = predict(xor, matrixOf({ a: [1, -1, 1, -1], b: [12, 8, 8, 12] }));
    expect(Math.min(both, neither)).toBeGreaterThan(0.99);
    expect(Math.max(first, second)).toBeLessThan(0.01);
  });

  it('counts a missing value as its median and for its indicator', () => {
    const indicator = { ...xor, layers: [{ weights: [[0, 0, 3]], biases: [1] }] };
    const [missing, present] = predict(indicator, matrixOf({ a: [0, 0], b: [Number.NaN, 0] }));
    expect(missing).toBeCloseTo(sigmoid(1 + (3 * 0.75) / 0.5), 14);
    expect(present).toBeCloseTo(sigmoid(1 - (3 * 0.25) / 0.5), 14);
  });

  it('is the same after JSON, and predicts no row', () => {
    expect(parseModel(JSON.parse(stringifyModel(xor)))).toEqual(xor);
    expect(predict(xor, matrixOf({ a: [], b: [] }))).toEqual(new Float64Array(0));
  });

  it('refuses values that overflow', () => {
    const opposed = { ...xor, layers: [{ weights: [[1e10, -1e10, 0]], biases: [0] }] };
    expect(() => predict(opposed, matrixOf({ a: [0, 1e300], b: [0, 2e300] }))).toThrow('row 1 are too large');
    expect(() => predict(xor, matrixOf({ a: [Number.NEGATIVE_INFINITY], b: [0] }))).toThrow(InputError);
  });
});

describe('JSON that is no multilayer perceptron', () => {
  const [hidden, output] = xor.layers;

  it.each([
    ['has two outputs', { layers: [hidden] }, 'the last layer has 2 units; expected 1'],
    ['has no layer', { layers: [] }, 'layers'],
    ['has a layer without units', { layers: [{ weights: [], biases: [] }, output] }, 'weights'],
    [
      'has a unit with a weight too many',
      { layers: [hidden, { ...output, weights: [[1, 2, 3]] }] },
      'unit 0 of layer 1 has 3 weights for 2 inputs',
    ],
    ['lacks a bias', { layers: [{ ...hidden, biases: [1] }, output] }, 'layer 0 has 1 biases for 2 units'],
    [
      'has a weight that is no number',
      { layers: [{ weights: [[1, 2, Number.NaN]], biases: [0] }] },
      'finite',
    ],
    ['has a term of no feature', { features: ['a'] }, 'a term is of feature 1 of 1'],
  ])('is refused when it %s', (_, changes, message) => {
    expect(() => parseModel({ ...xor, ...changes })).toThrow(message);
  });
});
