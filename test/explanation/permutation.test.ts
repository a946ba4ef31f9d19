import { describe, expect, it } from 'vitest';
import { averagePrecision, rocAuc } from '../../src/evaluation/ranking-metrics.ts';
import { type PermutationSettings, permutationImportance } from '../../src/explanation/permutation.ts';
import { tallyMetric } from '../../src/explanation/tally-metric.ts';
import { gradientBoosting } from '../../src/models/gradient-boosting/learner.ts';
import { logisticRegression } from '../../src/models/logistic-regression/learner.ts';
import type { Examples, Matrix } from '../../src/models/matrix.ts';
import { type Model, predict } from '../../src/models/model.ts';
import { examplesOf, rocAuc as rocAucByPairs, synthetic } from '../models/synthetic.ts';
import {
  reference,
  labels as referenceLabels,
  matrix as referenceMatrix,
  model as referenceModel,
} from './references.ts';

function importanceTo(
  model: Model,
  { matrix, labels, groups }: Examples,
  changes: Partial<PermutationSettings> = {},
  measure: typeof rocAuc = rocAuc,
) {
  const settings = { repeats: 6, seed: 5, userOf: groups, count: matrix.rows, replicates: 100, ...changes };
  const metric = tallyMetric(labels, settings.userOf, measure);
  return permutationImportance(
    (rows: Matrix) => predict(model, rows),
    model.features,
    matrix,
    metric,
    settings,
  );
}

const train = synthetic(600, 71);
const test = synthetic(400, 72);
const model = gradientBoosting.fit(train, { ...gradientBoosting.defaults, trees: 40, columnSample: 1 }, 1);
const importances = importanceTo(model, test);
const byName = Object.fromEntries(importances.map((importance) => [importance.name, importance]));

describe('permutationImportance', () => {
  it('ranks features that matter above noise', () => {
    expect(importances.map(({ name }) => name)).toEqual(['a', 'b', 'count', 'gap', 'noise']);
    for (const name of ['a', 'b', 'count']) expect(byName[name].low).toBeGreaterThan(byName.noise.high);
    expect(Math.abs(byName.noise.value)).toBeLessThan(0.02);
  });

  it('gives the mean of the falls, each of them by pairs', () => {
    const { value, falls } = byName.a;
    expect(falls).toHaveLength(6);
    expect(value).toBeCloseTo(falls.reduce((sum, x) => sum + x, 0) / 6, 14);
    const intact = rocAucByPairs(test.labels, predict(model, test.matrix));
    for (const fall of falls) {
      expect(fall).toBeLessThan(intact);
      expect(fall).toBeGreaterThan(0);
    }
  });

  it('is what scikit-learn finds, within the error of 400 repeats', () => {
    const rows = {
      matrix: referenceMatrix,
      labels: referenceLabels,
      groups: Int32Array.from(referenceLabels.keys()),
    };
    const found = importanceTo(referenceModel, rows, { repeats: 400, replicates: 1 }, averagePrecision);
    found.forEach(({ value }, j) => {
      const error = Math.SQRT2 * reference.importanceError[j];
      expect(Math.abs(value - reference.importance[j])).toBeLessThan(4 * error);
    });
  });

  it('has intervals that tell of the users: the fewer, the wider', () => {
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const few = importanceTo(model, test, {
      userOf: Int32Array.from(test.labels, (label, i) => label * 4 + (i % 4)),
      count: 8,
    });
    for (const [k, one] of importances.slice(0, 3).entries()) {
      expect(one.low).toBeLessThan(one.value);
      expect(one.high).toBeGreaterThan(one.value);
      expect(width(few[k])).toBeGreaterThan(0);
    }
    const rows = { ...test, groups: test.groups };
    const doubled = importanceTo(model, twice(rows), {
      userOf: Int32Array.from({ length: 800 }, (_, i) => i % 400),
      count: 400,
    });
    const independent = importanceTo(model, twice(rows), {
      userOf: Int32Array.from({ length: 800 }, (_, i) => i),
      count: 800,
    });
    expect(width(doubled[0])).toBeGreaterThan(1.15 * width(independent[0]));
  });

  it('is the same for the same seed, whatever the order of the columns', () => {
    const { matrix } = test;
    const turned = { ...matrix, names: matrix.names.toReversed(), columns: matrix.columns.toReversed() };
    expect(importanceTo(model, { ...test, matrix: turned })).toEqual(importances);
    expect(importanceTo(model, test, { seed: 6 })).not.toEqual(importances);
  });

  it('is exactly zero for a feature that the model does not use', () => {
    const columns = { x: [1, 2, 3, 4, 5, 6], constant: [1, 1, 1, 1, 1, 1] };
    const examples = examplesOf(columns, [0, 0, 1, 0, 1, 1]);
    const linear = logisticRegression.fit(examples, { ...logisticRegression.defaults, C: 1 }, 1);
    const [, constant] = importanceTo(linear, examples);
    expect(constant).toEqual({ name: 'constant', value: 0, low: 0, high: 0, falls: [0, 0, 0, 0, 0, 0] });
  });

  it('leaves the matrix as it was', () => {
    const copy = structuredClone(test.matrix);
    importanceTo(model, test, { repeats: 1 });
    expect(test.matrix).toEqual(copy);
  });

  it('refuses users that do not fit and repeats that are no number of times', () => {
    expect(() => importanceTo(model, test, { userOf: test.groups.subarray(1) })).toThrow(
      /users for 399 rows of 400/,
    );
    for (const repeats of [0, -1, 1.5, Number.NaN]) {
      expect(() => importanceTo(model, test, { repeats })).toThrow(RangeError);
    }
  });
});

/** Every row twice. */
function twice({ matrix, labels, groups }: Examples): Examples {
  const double = <A extends Float64Array | Uint8Array | Int32Array>(
    array: A,
    Type: { from(values: number[]): A },
  ) => Type.from([...array, ...array]);
  return {
    matrix: {
      ...matrix,
      rows: 2 * matrix.rows,
      columns: matrix.columns.map((column) => double(column, Float64Array)),
    },
    labels: double(labels, Uint8Array),
    groups: double(groups, Int32Array),
  };
}
