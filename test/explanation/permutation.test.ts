import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { type PermutationSettings, permutationImportance } from '../../src/explanation/permutation.ts';
import { gradientBoosting } from '../../src/models/gradient-boosting/learner.ts';
import { logisticRegression } from '../../src/models/logistic-regression/learner.ts';
import type { Matrix } from '../../src/models/matrix.ts';
import { type Model, predict } from '../../src/models/model.ts';
import { examplesOf, rocAuc, synthetic } from '../models/synthetic.ts';

function importanceTo(
  model: Model,
  matrix: Matrix,
  labels: Uint8Array,
  metric: typeof rocAuc,
  settings: PermutationSettings,
) {
  return permutationImportance(
    (rows) => predict(model, rows),
    model.features,
    matrix,
    labels,
    metric,
    settings,
  );
}

const train = synthetic(600, 71);
const { matrix, labels } = synthetic(400, 72);
const model = gradientBoosting.fit(train, { ...gradientBoosting.defaults, trees: 40, columnSample: 1 }, 1);
const settings = { repeats: 6, seed: 5 };
const importances = importanceTo(model, matrix, labels, rocAuc, settings);
const byName = Object.fromEntries(importances.map((importance) => [importance.name, importance]));

describe('permutationImportance', () => {
  it('ranks features that matter above noise', () => {
    expect(importances.map(({ name }) => name)).toEqual(['a', 'b', 'count', 'gap', 'noise']);
    for (const name of ['a', 'b', 'count']) {
      expect(byName[name].low).toBeGreaterThan(byName.noise.high);
    }
    expect(Math.abs(byName.noise.mean)).toBeLessThan(0.02);
  });

  it('gives the mean of the falls with an interval around it', () => {
    for (const { mean, low, high, falls } of importances) {
      expect(falls).toHaveLength(6);
      expect(mean).toBeCloseTo(falls.reduce((sum, x) => sum + x, 0) / 6, 14);
      const sd = Math.sqrt(falls.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 5);
      // 2.5706 is the 97.5 % quantile of Student's t with five degrees of freedom.
      expect(high - mean).toBeCloseTo((2.5706 * sd) / Math.sqrt(6), 5);
      expect(mean - low).toBeCloseTo(high - mean, 14);
    }
  });

  it('is the same for the same seed, whatever the order of the columns', () => {
    const turned = { ...matrix, names: matrix.names.toReversed(), columns: matrix.columns.toReversed() };
    expect(importanceTo(model, turned, labels, rocAuc, settings)).toEqual(importances);
    expect(importanceTo(model, matrix, labels, rocAuc, { repeats: 6, seed: 6 })).not.toEqual(importances);
  });

  it('is exactly zero for a feature that the model does not use', () => {
    const columns = { x: [1, 2, 3, 4, 5, 6], constant: [1, 1, 1, 1, 1, 1] };
    const examples = examplesOf(columns, [0, 0, 1, 0, 1, 1]);
    const linear = logisticRegression.fit(examples, { C: 1, classWeight: 'none' }, 1);
    const [, constant] = importanceTo(linear, examples.matrix, examples.labels, rocAuc, settings);
    expect(constant).toEqual({ name: 'constant', mean: 0, low: 0, high: 0, falls: [0, 0, 0, 0, 0, 0] });
  });

  it('leaves the matrix as it was', () => {
    const copy = structuredClone(matrix);
    importanceTo(model, matrix, labels, rocAuc, { repeats: 1, seed: 1 });
    expect(matrix).toEqual(copy);
  });

  it('refuses labels that do not fit and repeats that are no number of times', () => {
    const some = labels.subarray(1);
    expect(() => importanceTo(model, matrix, some, rocAuc, settings)).toThrow(InputError);
    for (const repeats of [0, -1, 1.5, Number.NaN]) {
      expect(() => importanceTo(model, matrix, labels, rocAuc, { repeats, seed: 1 })).toThrow(RangeError);
    }
  });
});
