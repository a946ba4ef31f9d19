import { describe, expect, it } from 'vitest';
import { InputError } from '../../../src/errors.ts';
import { logisticRegression } from '../../../src/models/logistic-regression/learner.ts';
import type { LogisticRegressionModel } from '../../../src/models/logistic-regression/model.ts';
import { predict } from '../../../src/models/model.ts';
import reference from '../../fixtures/reference/logistic-regression.json' with { type: 'json' };
import { examplesOf, fromJson, matrixOf, synthetic } from '../synthetic.ts';

const { defaults, fit: learn } = logisticRegression;

/** scikit-learn's order: the values, then the indicators. */
function coefficientsInOrder({ terms, coefficients }: LogisticRegressionModel): number[] {
  const of = (part: string) => coefficients.filter((_, k) => terms[k].part === part);
  return [...of('value'), ...of('missing')];
}

describe.each(reference.cases)('logistic regression as scikit-learn fits it: $name', (expected) => {
  const columns = fromJson(expected.columns);
  const matrix = { rows: expected.labels.length, names: columns.map((_, j) => `f${j}`), columns };
  const examples = {
    matrix,
    labels: Uint8Array.from(expected.labels),
    groups: new Int32Array(matrix.rows),
  };
  const classWeight = expected.classWeight === 'balanced' ? 'balanced' : 'none';
  const model = learn(examples, { C: expected.C, classWeight }, 1);

  it('has the same coefficients to 1e-6', () => {
    const coefficients = coefficientsInOrder(model);
    expect(coefficients).toHaveLength(expected.coefficients.length);
    coefficients.forEach((coefficient, k) => {
      expect(Math.abs(coefficient - expected.coefficients[k])).toBeLessThan(1e-6);
    });
    expect(Math.abs(model.intercept - expected.intercept)).toBeLessThan(1e-6);
  });

  it('predicts the same probabilities to 1e-7', () => {
    predict(model, matrix).forEach((p, i) => {
      expect(Math.abs(p - expected.probabilities[i])).toBeLessThan(1e-7);
    });
  });
});

describe('logistic regression', () => {
  it('drops columns that are constant, or that have no value', () => {
    const x = [1, 2, 3, 4, 5, 6];
    const examples = examplesOf(
      { constant: [2, 2, 2, 2, 2, 2], empty: new Array(6).fill(Number.NaN), x },
      [0, 0, 1, 0, 1, 1],
    );
    const model = learn(examples, { C: 1, classWeight: 'none' }, 1);
    expect(model.terms.map(({ feature, part }) => [feature, part])).toEqual([[2, 'value']]);
    expect(model.features).toEqual(['constant', 'empty', 'x']);
  });

  it('keeps only the indicator of a column whose present values are all the same', () => {
    const flag = [1, Number.NaN, 1, Number.NaN, 1, Number.NaN];
    const model = learn(examplesOf({ flag }, [0, 1, 0, 1, 1, 1]), { C: 1, classWeight: 'none' }, 1);
    expect(model.terms).toEqual([{ feature: 0, part: 'missing', mean: 0.5, sd: 0.5 }]);
    expect(model.coefficients[0]).toBeGreaterThan(0);
  });

  it('takes the training median for a value that is missing only later', () => {
    const examples = examplesOf({ x: [1, 2, 3, 10, 20] }, [0, 0, 1, 0, 1]);
    const model = learn(examples, { C: 1, classWeight: 'none' }, 1);
    const [missing, middle] = predict(model, matrixOf({ x: [Number.NaN, 3] }));
    expect(missing).toBe(middle);
  });

  it('converges on separable data with next to no penalty', () => {
    const x = Array.from({ length: 40 }, (_, i) => i - 19.5);
    const model = learn(
      examplesOf(
        { x },
        x.map((v) => (v > 0 ? 1 : 0)),
      ),
      { C: 1e8, classWeight: 'none' },
      1,
    );
    const p = predict(model, matrixOf({ x: [-3, 3] }));
    expect(p[0]).toBeLessThan(1e-6);
    expect(p[1]).toBeGreaterThan(1 - 1e-6);
  });

  it('gives collinear columns equal coefficients', () => {
    const { matrix, labels, groups } = synthetic(400, 5);
    const a = matrix.columns[0];
    const twins = { rows: 400, names: ['a', 'b', 'c'], columns: [a, a, a.map((x) => -2 * x + 7)] };
    const model = learn({ matrix: twins, labels, groups }, { C: 1e6, classWeight: 'none' }, 1);
    expect(model.coefficients[1]).toBeCloseTo(model.coefficients[0], 6);
    expect(model.coefficients[2]).toBeCloseTo(-model.coefficients[0], 6);
  });

  it('does not mind the order of the columns', () => {
    const { matrix, labels, groups } = synthetic(500, 6);
    const reversed = {
      rows: 500,
      names: matrix.names.toReversed(),
      columns: matrix.columns.toReversed(),
    };
    const here = predict(learn({ matrix, labels, groups }, defaults, 1), matrix);
    const there = predict(learn({ matrix: reversed, labels, groups }, defaults, 1), matrix);
    here.forEach((p, i) => {
      expect(there[i]).toBeCloseTo(p, 10);
    });
  });

  it('does not mind shift and scale of a feature', () => {
    const { matrix, labels, groups } = synthetic(500, 7);
    const scaled = { ...matrix, columns: matrix.columns.map((column) => column.map((x) => x * 1e-7 + 40)) };
    const here = predict(learn({ matrix, labels, groups }, defaults, 1), matrix);
    const there = predict(learn({ matrix: scaled, labels, groups }, defaults, 1), scaled);
    here.forEach((p, i) => {
      expect(there[i]).toBeCloseTo(p, 6);
    });
  });

  it('reaches the minimum also from a sample of many rows, however they are sorted', () => {
    const { matrix, labels, groups } = synthetic(6000, 8);
    const order = Array.from(labels.keys()).sort((i, j) => labels[i] - labels[j]);
    const sorted = {
      matrix: {
        ...matrix,
        columns: matrix.columns.map((column) => Float64Array.from(order, (i) => column[i])),
      },
      labels: Uint8Array.from(order, (i) => labels[i]),
      groups,
    };
    const settings = { C: 1, classWeight: 'none' } as const;
    const here = learn({ matrix, labels, groups }, settings, 1);
    const there = learn(sorted, settings, 1);
    here.coefficients.forEach((coefficient, k) => {
      expect(there.coefficients[k]).toBeCloseTo(coefficient, 8);
    });
  });

  it('copes with values whose squares overflow', () => {
    const x = [1e300, -1e300, 5e299, 1e299, -3e299, 2e299];
    const model = learn(examplesOf({ x }, [1, 0, 1, 0, 1, 0]), { C: 1, classWeight: 'none' }, 1);
    const scaled = learn(
      examplesOf({ x: x.map((v) => v / 1e300) }, [1, 0, 1, 0, 1, 0]),
      { C: 1, classWeight: 'none' },
      1,
    );
    expect(model.coefficients[0]).toBeCloseTo(scaled.coefficients[0], 10);
  });

  it('refuses to predict from values so large that the log-odds are not a number', () => {
    const model = learn(
      examplesOf({ x: [1, 2, 3, 4], y: [1, 3, 2, 4] }, [0, 0, 1, 1]),
      { C: 1, classWeight: 'none' },
      1,
    );
    const opposite = { ...model, coefficients: [1e10, -1e10] };
    expect(() => predict(opposite, matrixOf({ x: [1.7e308], y: [1.7e308] }))).toThrow(InputError);
  });
});
