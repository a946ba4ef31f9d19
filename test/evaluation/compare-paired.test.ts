import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapMetrics, pairedDifference } from '../../src/evaluation/bootstrap.ts';
import { comparePaired } from '../../src/evaluation/compare-paired.ts';
import { anyRows, simulatedRows } from './rows.ts';

const options = { seed: 7, replicates: 150 };

describe('comparePaired', () => {
  it('of one draw is what bootstrapMetrics and pairedDifference say', () => {
    const { labels, probabilities, groups } = simulatedRows(40, 1, 1);
    const other = probabilities.map((p, i) => (p + (i % 7) / 7) / 2);
    const [{ rocAuc, averagePrecision }] = comparePaired(labels, groups, [probabilities], [[other]], options);
    const own = bootstrapMetrics(labels, other, groups, 0.5, options).intervals;
    const difference = pairedDifference(
      labels,
      { probabilities: other, threshold: 0.5 },
      { probabilities, threshold: 0.5 },
      groups,
      options,
    ).intervals;
    expect(rocAuc).toMatchObject(own.rocAuc);
    expect(rocAuc.difference).toEqual(difference.rocAuc);
    expect(rocAuc.draws).toEqual([own.rocAuc.value]);
    expect(averagePrecision).toMatchObject(own.averagePrecision);
    expect(averagePrecision.difference).toEqual(difference.averagePrecision);
  });

  it('averages the metrics, not the predictions, of several draws', () => {
    const { labels, probabilities, groups } = simulatedRows(40, 2, 1);
    const inverse = probabilities.map((p) => 1 - p);
    const [{ rocAuc }] = comparePaired(labels, groups, [probabilities], [[probabilities, inverse]], options);
    expect(rocAuc.value).toBeCloseTo(0.5, 12);
    expect(rocAuc.draws[0] + rocAuc.draws[1]).toBeCloseTo(1, 12);
    expect(rocAuc.high - rocAuc.low).toBeLessThan(1e-9);
  });

  it('finds no difference between the reference and itself', () => {
    fc.assert(
      fc.property(anyRows, ({ labels, probabilities, groups }) => {
        const [{ rocAuc }] = comparePaired(labels, groups, [probabilities], [[probabilities]], {
          seed: 1,
          replicates: 10,
        });
        for (const limit of [rocAuc.difference.value, rocAuc.difference.low, rocAuc.difference.high]) {
          expect(Number.isNaN(limit) || limit === 0).toBe(true);
        }
      }),
    );
  });

  it('has wider limits for several ways together than for each', () => {
    const { labels, probabilities, groups } = simulatedRows(60, 3, 1);
    const ways = [3, 5, 7, 11, 13].map((k) => [probabilities.map((p, i) => (p + (i % k) / k) / 2)]);
    for (const { rocAuc } of comparePaired(labels, groups, [probabilities], ways, options)) {
      const { difference, simultaneous } = rocAuc;
      expect(simultaneous.value).toBe(difference.value);
      expect(simultaneous.high - simultaneous.low).toBeGreaterThan(difference.high - difference.low);
    }
  });
});
