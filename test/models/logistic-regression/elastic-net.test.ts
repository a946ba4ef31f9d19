import { describe, expect, it, test } from 'vitest';
import { createDesign } from '../../../src/models/logistic-regression/design.ts';
import { COLUMN } from '../../../src/models/logistic-regression/design-kernel.ts';
import { logisticRegression } from '../../../src/models/logistic-regression/learner.ts';
import { createProblem } from '../../../src/models/logistic-regression/minimise.ts';
import { evaluate } from '../../../src/models/logistic-regression/objective.ts';
import reference from '../../fixtures/reference/linear-models.json' with { type: 'json' };
import { distance, referenceExamples } from '../linear-reference.ts';
import { examplesOf, synthetic } from '../synthetic.ts';

const { fit: learn } = logisticRegression;

test.each(reference.elasticNets)(
  'the coefficients are those of saga to 1e-6 with C $C and l1Ratio $l1Ratio',
  ({ C, l1Ratio, coefficients, intercept }) => {
    const model = learn(referenceExamples, { C, l1Ratio, classWeight: 'none' }, 1);
    expect(distance(model.coefficients, coefficients)).toBeLessThan(1e-6);
    expect(model.intercept).toBeCloseTo(intercept, 6);
    expect(model.coefficients.map((b) => b === 0)).toEqual(coefficients.map((b) => Math.abs(b) < 1e-9));
  },
);

describe('the elastic net', () => {
  const large = synthetic(4000, 21);

  // The conditions of Karush, Kuhn and Tucker: without them, no point is a minimum.
  it.each([
    [0.002, 1],
    [0.02, 0.5],
    [5, 0.01],
  ])('ends where the slope of each coefficient is that of its penalty: C %f, l1Ratio %f', (C, l1Ratio) => {
    const settings = { C, l1Ratio, classWeight: 'balanced' } as const;
    const { coefficients, intercept } = learn(large, settings, 1);
    const { problem } = createProblem(large, settings);
    const { gradient } = evaluate(problem, Float64Array.from([...coefficients, intercept]));
    const tolerance = 1e-7;
    coefficients.forEach((b, j) => {
      if (b === 0) expect(Math.abs(gradient[j])).toBeLessThanOrEqual(problem.l1 + tolerance);
      else expect(Math.abs(gradient[j] + problem.l1 * Math.sign(b))).toBeLessThan(tolerance);
    });
    expect(Math.abs(gradient[coefficients.length])).toBeLessThan(1e-6);
  });

  it('keeps nothing but the intercept under a strong penalty', () => {
    const model = learn(large, { C: 1e-5, l1Ratio: 1, classWeight: 'none' }, 1);
    expect(model.coefficients.every((b) => b === 0)).toBe(true);
    const rate = large.labels.reduce((sum, label) => sum + label, 0) / 4000;
    expect(model.intercept).toBeCloseTo(Math.log(rate / (1 - rate)), 10);
  });

  it('converges on separable data', () => {
    const x = Array.from({ length: 40 }, (_, i) => i - 19.5);
    const labels = x.map((v) => (v > 0 ? 1 : 0));
    const model = learn(examplesOf({ x }, labels), { C: 100, l1Ratio: 1, classWeight: 'none' }, 1);
    expect(model.coefficients[0]).toBeGreaterThan(5);
  });

  it('keeps one of equal columns, or both, at the same objective', () => {
    const { matrix, labels, groups } = synthetic(400, 5);
    const [a, b] = matrix.columns;
    const twins = { rows: 400, names: ['a', 'twin', 'b'], columns: [a, a, b] };
    const settings = { C: 0.1, l1Ratio: 1, classWeight: 'none' } as const;
    const both = learn({ matrix: twins, labels, groups }, settings, 1);
    const one = learn(
      { matrix: { rows: 400, names: ['a', 'b'], columns: [a, b] }, labels, groups },
      settings,
      1,
    );
    expect(both.coefficients[0] + both.coefficients[1]).toBeCloseTo(one.coefficients[0], 8);
  });

  it('fits more columns than rows', () => {
    const { matrix, labels, groups } = synthetic(30, 3);
    const columns = Array.from({ length: 60 }, (_, k) => {
      const from = matrix.columns[k % 2];
      return from.map((x, i) => x * (k + 1) + ((i * (k + 3)) % 7));
    });
    const wide = { rows: 30, names: columns.map((_, k) => `c${k}`), columns };
    const model = learn({ matrix: wide, labels, groups }, { C: 0.5, l1Ratio: 1, classWeight: 'none' }, 1);
    expect(model.coefficients.filter((b) => b !== 0).length).toBeLessThan(30);
    const { problem } = createProblem(
      { matrix: wide, labels, groups },
      { C: 0.5, l1Ratio: 1, classWeight: 'none' },
    );
    const { gradient } = evaluate(problem, Float64Array.from([...model.coefficients, model.intercept]));
    expect(Math.max(...gradient.subarray(0, 60).map(Math.abs))).toBeLessThan(problem.l1 * (1 + 1e-6));
  });
});

test('a design that is too large to be kept is made anew, with the same numbers', () => {
  const { matrix } = synthetic(1300, 4);
  const term = { feature: 0, part: 'value', median: 0, mean: 0.5, sd: 2 } as const;
  const few = createDesign([term], matrix.columns, 1300, 1);
  // 2¹⁷ terms of 512 rows are more than are kept.
  const many = createDesign(new Array(2 ** 17).fill(term), matrix.columns, 600, 1);
  expect(few.starts).toEqual([0, 512, 1024]);
  const last = few.kernel.block(few.place(2));
  expect(last[0]).toBe((matrix.columns[0][1024] - 0.5) / 2);
  expect([last[1300 - 1024], last[COLUMN], last[COLUMN + 1299 - 1024], last[COLUMN + 1300 - 1024]]).toEqual([
    0, 1, 1, 0,
  ]);
  const first = few.kernel.block(few.place(0)).slice(0, 512);
  expect(
    many.kernel
      .block(many.place(1))
      .subarray(600 - 512, 512)
      .every((x) => x === 0),
  ).toBe(true);
  expect(many.kernel.block(many.place(0)).subarray(0, 512)).toEqual(first);
});

test('of more terms than can be factored, the ridge is at its minimum too', () => {
  const { matrix, labels, groups } = synthetic(60, 12);
  const columns = Array.from({ length: 1300 }, (_, k) =>
    matrix.columns[k % 2].map((x, i) => x + ((i * (k + 3)) % 11)),
  );
  const wide = { rows: 60, names: columns.map((_, k) => `c${k}`), columns };
  const settings = { C: 0.5, classWeight: 'none' } as const;
  const { coefficients, intercept } = learn({ matrix: wide, labels, groups }, settings, 1);
  const { problem } = createProblem({ matrix: wide, labels, groups }, settings);
  const { gradient } = evaluate(problem, Float64Array.from([...coefficients, intercept]));
  expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-7);
});
