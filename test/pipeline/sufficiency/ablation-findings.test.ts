import { expect, test } from 'vitest';
import type { ComparedMetric } from '../../../src/evaluation/compare-paired.ts';
import type { AblationRow } from '../../../src/pipeline/sufficiency/ablation.ts';
import { ablationFindings } from '../../../src/pipeline/sufficiency/ablation-findings.ts';

/** A row whose difference in ROC AUC has these limits for all rows together. */
function row(use: AblationRow['use'], group: string, low: number, high: number): AblationRow {
  const simultaneous = { value: (low + high) / 2, low, high };
  const metric: ComparedMetric = {
    value: 0.7,
    low: 0.6,
    high: 0.8,
    draws: [0.7],
    difference: { value: simultaneous.value, low: simultaneous.value, high: simultaneous.value },
    simultaneous,
  };
  const kind = group.startsWith('in the') ? 'window' : 'theme';
  return { kind, group, use, features: 3, rocAuc: metric, averagePrecision: metric };
}

test('only what holds for all comparisons together is found', () => {
  const rows = [
    row('without', 'plan', -0.03, 0.01),
    row('without', 'recency', -0.05, -0.01),
    row('without', 'in the last 7 days', 0.01, 0.03),
    row('only', 'profile', -0.3, -0.1),
    row('only', 'plan', 0.01, 0.02),
  ];
  expect(ablationFindings(rows)).toEqual([
    '5 comparisons were made: what follows holds for all of them together in 95 % of samples, not for each alone.',
    'Surely missed when left out: recency (−0.030).',
    'The ranking is surely better without: features in the last 7 days (+0.020).',
    'Surely not enough alone: profile (−0.200).',
  ]);
});

test('what is not sure, or unknown, is not told', () => {
  const found = ablationFindings([
    row('without', 'plan', -0.1, 0.1),
    row('only', 'plan', Number.NaN, Number.NaN),
  ]);
  expect(found.slice(1)).toEqual([
    'No theme and no window is surely missed when it is left out: the others stand in for it, or the test is too small to tell.',
  ]);
});

test('of nothing there is nothing to tell', () => {
  expect(ablationFindings([])).toEqual([]);
});
