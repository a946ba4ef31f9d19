import { describe, expect, test } from 'vitest';
import { judgeScore } from '../../src/audit/too-good.ts';

const interval = (low: number, value: number, high: number) => ({ low, value, high });

describe('a score', () => {
  test.each([
    [
      'of an honest forecast',
      { rocAuc: interval(0.66, 0.71, 0.76), overBaseline: interval(0.02, 0.1, 0.18) },
    ],
    [
      'that only its few losses make high',
      { rocAuc: interval(0.7, 0.95, 1), overBaseline: interval(0.1, 0.4, 0.6) },
    ],
    [
      'that the baseline reaches too',
      { rocAuc: interval(0.88, 0.9, 0.92), overBaseline: interval(0.01, 0.03, 0.05) },
    ],
    [
      'within the oracle’s interval',
      { rocAuc: interval(0.72, 0.76, 0.8), oracle: interval(0.7, 0.74, 0.79) },
    ],
    ['without an interval', { rocAuc: interval(Number.NaN, 1, Number.NaN) }],
  ])('%s is believed', (_, score) => {
    expect(judgeScore({ model: 'gradient-boosting', ...score })).toEqual([]);
  });

  test.each([
    [
      'better than the true probabilities',
      { rocAuc: interval(0.8, 0.82, 0.84), oracle: interval(0.7, 0.74, 0.79) },
      0.79,
    ],
    [
      'far above baseline and literature',
      { rocAuc: interval(0.9, 0.93, 0.95), overBaseline: interval(0.2, 0.25, 0.3) },
      0.85,
    ],
    [
      'that knows nearly all',
      { rocAuc: interval(0.98, 0.99, 1), overBaseline: interval(0.01, 0.02, 0.03) },
      0.97,
    ],
  ])('%s is suspect', (_, score, limit) => {
    expect(judgeScore({ model: 'gradient-boosting', ...score })).toMatchObject([
      { check: 'too good', severity: 'suspect', evidence: { limit } },
    ]);
  });
});
