import { expect, test } from 'vitest';
import { coefficientsOverFolds } from '../../src/explanation/coefficients-over-folds.ts';
import type { LogisticRegressionModel } from '../../src/models/logistic-regression/model.ts';

const value = (feature: number) => ({ feature, part: 'value', median: 0, mean: 0, sd: 1 }) as const;
const missing = (feature: number) => ({ feature, part: 'missing', mean: 0.5, sd: 0.5 }) as const;

const without = (
  terms: LogisticRegressionModel['terms'],
  coefficients: number[],
): LogisticRegressionModel => ({
  kind: 'logistic-regression',
  features: ['age', 'songs'],
  terms,
  coefficients,
  intercept: -2,
});

test('coefficients are the mean of the folds’, largest first, and a term a fold lacks weighs nothing there', () => {
  const found = coefficientsOverFolds([
    without([value(0), value(1), missing(1)], [0.2, -1, 0.6]),
    without([value(0), value(1)], [0.4, -1]),
  ]);
  expect(found.map(({ feature, isMissing }) => [feature, isMissing])).toEqual([
    ['songs', false],
    ['age', false],
    ['songs', true],
  ]);
  const [steady, age, unknown] = found.map(({ coefficient }) => coefficient);
  expect(steady).toEqual({ value: -1, low: -1, high: -1 });
  expect(age.value).toBeCloseTo(0.3, 12);
  // Two folds: the standard error is half of their difference, and Student's quantile with one degree of freedom 12.7.
  expect(age.high - age.value).toBeCloseTo(12.706204736 * 0.1, 9);
  expect(unknown.value).toBeCloseTo(0.3, 12);
});

test('of no models there are none', () => {
  expect(coefficientsOverFolds([])).toEqual([]);
});
