import { describe, expect, it } from 'vitest';
import { attribute } from '../../src/explanation/attribute.ts';
import type { Term } from '../../src/models/logistic-regression/preparation.ts';
import { fitPreparation } from '../../src/models/logistic-regression/preparation.ts';
import type { Matrix } from '../../src/models/matrix.ts';
import { predict } from '../../src/models/model.ts';
import type { MultilayerPerceptronModel } from '../../src/models/multilayer-perceptron/model.ts';
import { perceptron } from '../models/perceptron.ts';
import { matrixOf, synthetic } from '../models/synthetic.ts';

const train = synthetic(500, 61);
const test = synthetic(150, 62).matrix;
const terms = fitPreparation(train.matrix.columns);
const features = train.matrix.names;

/** The largest distance of base + contributions from the log-odds, for each unit of the log-odds plus one. */
function worstSum(model: MultilayerPerceptronModel, matrix: Matrix): number {
  const { base, columns } = attribute(model, matrix);
  return predict(model, matrix).reduce((worst, p, i) => {
    const logOdds = Math.log(p / (1 - p));
    const sum = columns.reduce((total, column) => total + column[i], base);
    return Math.max(worst, Math.abs(sum - logOdds) / (1 + Math.abs(logOdds)));
  }, 0);
}

/** x = term of the only feature. */
const plain: Term[] = [{ part: 'value', feature: 0, median: 0, mean: 0, sd: 1 }];

describe('attributions of a multilayer perceptron', () => {
  it('add up to the log-odds', () => {
    expect(worstSum(perceptron({ features, terms }, [6, 4], 3), test)).toBeLessThan(1e-9);
    expect(worstSum(perceptron({ features, terms }, [5], 4), test)).toBeLessThan(1e-9);
  });

  it('are coefficient times value in a network without hidden units', () => {
    const model: MultilayerPerceptronModel = {
      kind: 'multilayer-perceptron',
      features: ['a', 'b'],
      terms: [plain[0], { part: 'value', feature: 1, median: 0, mean: 2, sd: 4 }],
      clip: 'none',
      embeddings: [],
      activation: 'logistic',
      layers: [{ weights: [[0.5, -3]], biases: [0.25] }],
    };
    const { unit, base, columns } = attribute(model, matrixOf({ a: [2, 0], b: [4, Number.NaN] }));
    expect(unit).toBe('log-odds');
    expect(base).toBe(0.25);
    expect(columns[0][0]).toBeCloseTo(1, 12);
    expect(columns[0][1]).toBe(0);
    expect(columns[1][0]).toBeCloseTo(-1.5, 12);
    expect(columns[1][1]).toBeCloseTo(1.5, 12);
  });

  it('are the integral of the gradient along the line, by a fine midpoint sum', () => {
    const model = perceptron({ features, terms }, [4], 8);
    const [{ weights, biases }, output] = model.layers;
    const row = matrixOf({ a: [1.2], b: [-0.4], count: [3], gap: [Number.NaN], noise: [0.3] });
    const z = terms.map(({ feature, mean, sd, ...term }) => {
      const x = row.columns[feature][0];
      if (term.part === 'missing') return ((Number.isNaN(x) ? 1 : 0) - mean) / sd;
      return ((Number.isNaN(x) ? term.median : x) - mean) / sd;
    });
    const expected = new Float64Array(features.length);
    const steps = 20_000;
    for (let s = 0; s < steps; s++) {
      const t = (s + 0.5) / steps;
      const hidden = weights.map((unit, k) => {
        const sum = unit.reduce((sum, w, j) => sum + w * t * z[j], biases[k]);
        return 1 / (1 + Math.exp(-sum));
      });
      terms.forEach(({ feature }, j) => {
        const slope = hidden.reduce(
          (sum, h, k) => sum + output.weights[0][k] * h * (1 - h) * weights[k][j],
          0,
        );
        expected[feature] += (z[j] * slope) / steps;
      });
    }
    const { columns } = attribute(model, row);
    expected.forEach((value, j) => {
      expect(columns[j][0]).toBeCloseTo(value, 7);
    });
  });

  it('stay additive where units turn sharply, and end where they are steps', () => {
    const step = (weight: number): MultilayerPerceptronModel => ({
      kind: 'multilayer-perceptron',
      features: ['a'],
      terms: plain,
      clip: 'none',
      embeddings: [],
      activation: 'logistic',
      layers: [
        { weights: [[weight]], biases: [-weight * 0.3] },
        { weights: [[4]], biases: [-2] },
      ],
    });
    const rows = matrixOf({ a: [1, 0.3, -1, 0, 0.30001] });
    expect(worstSum(step(1e4), rows)).toBeLessThan(1e-9);
    expect(worstSum(step(1e15), matrixOf({ a: [1] }))).toBeLessThan(10);
  });

  it('count from a background when there is one, and take no rows', () => {
    const model = perceptron({ features, terms }, [6, 4], 3);
    const { base, columns } = attribute(model, test, train.matrix);
    const [p] = predict(model, test);
    const sum = columns.reduce((total, column) => total + column[0], base);
    expect(sum).toBeCloseTo(Math.log(p / (1 - p)), 8);
    expect(
      attribute(model, { rows: 0, names: features, columns: features.map(() => new Float64Array(0)) })
        .columns[0],
    ).toHaveLength(0);
  });
});
