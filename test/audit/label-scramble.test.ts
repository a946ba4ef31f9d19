import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { permuteWithinCutoffs } from '../../src/audit/label-scramble.ts';
import { stratifiedAuc } from '../../src/audit/stratified-auc.ts';

describe('a permutation of labels', () => {
  test('keeps how many are lost at each cutoff, and is the same for a seed', () => {
    const row = fc.record({ cutoff: fc.integer({ min: 1, max: 4 }), label: fc.constantFrom(0, 1) });
    fc.assert(
      fc.property(fc.array(row), fc.integer({ min: 0, max: 99 }), (given, seed) => {
        const rows = {
          cutoffs: Int32Array.from(given, ({ cutoff }) => cutoff),
          labels: Uint8Array.from(given, ({ label }) => label),
        };
        const permuted = permuteWithinCutoffs(rows, seed);
        const lostAt = (labels: Uint8Array, day: number) =>
          labels.reduce((sum, label, i) => sum + (rows.cutoffs[i] === day ? label : 0), 0);
        for (const day of [1, 2, 3, 4]) expect(lostAt(permuted, day)).toBe(lostAt(rows.labels, day));
        expect(permuteWithinCutoffs(rows, seed)).toEqual(permuted);
      }),
    );
  });
});

describe('ROC AUC within strata', () => {
  test('compares rows of a stratum alone', () => {
    const rows = [
      { label: 1, score: 0.2, stratum: 'a' },
      { label: 0, score: 0.1, stratum: 'a' },
      { label: 0, score: 0.9, stratum: 'b' },
      { label: 1, score: 0.9, stratum: 'b' },
      { label: 1, score: 1, stratum: 'c' },
    ];
    expect(stratifiedAuc(rows)).toBe(0.75);
  });

  test('is undefined without a pair', () => {
    expect(stratifiedAuc([{ label: 1, score: 1, stratum: 'a' }])).toBeNaN();
  });
});
