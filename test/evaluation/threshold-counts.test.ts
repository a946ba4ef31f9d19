import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confusionMatrix } from '../../src/evaluation/confusion.ts';
import { scoreDistribution } from '../../src/evaluation/score-distribution.ts';
import { tallyScores } from '../../src/evaluation/score-tally.ts';
import { thresholdCounts } from '../../src/evaluation/threshold-counts.ts';

const tally = tallyScores(Uint8Array.of(1, 0, 1, 0, 0), Float64Array.of(0.8, 0.8, 0.4, 0.2, 0.2));

describe('what thresholds decide', () => {
  test('counts by falling threshold the rows at or above it', () => {
    const found = thresholdCounts(tally, 10, [1, 0.3]);
    expect([...found.threshold]).toEqual([1, 0.8, 0.4, 0.3, 0.2]);
    expect([...found.truePositives]).toEqual([0, 1, 2, 2, 2]);
    expect([...found.falsePositives]).toEqual([0, 1, 1, 1, 3]);
    expect([found.lost, found.stayed]).toEqual([2, 3]);
  });

  test('takes no more thresholds than asked for, and the lowest score is one of them', () => {
    const scores = Float64Array.from({ length: 1000 }, (_, i) => i / 1000);
    const { threshold } = thresholdCounts(tallyScores(new Uint8Array(1000), scores), 8, [1]);
    expect([...threshold]).toEqual([1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0]);
  });

  test('of no rows it has only the thresholds given', () => {
    const none = tallyScores(new Uint8Array(0), new Float64Array(0));
    expect([...thresholdCounts(none, 5, [0.5]).threshold]).toEqual([0.5]);
  });

  test('agrees with the confusion matrix at each threshold', () => {
    const rows = fc.array(fc.record({ label: fc.nat(1), score: fc.integer({ min: 0, max: 30 }) }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 40 }), (given, most) => {
        const labels = Uint8Array.from(given, ({ label }) => label);
        const some = tallyScores(
          labels,
          Float64Array.from(given, ({ score }) => score / 30),
        );
        const found = thresholdCounts(some, most, [0.5]);
        expect(found.threshold.length).toBeLessThanOrEqual(most + 1);
        found.threshold.forEach((threshold, k) => {
          const { truePositives, falsePositives } = confusionMatrix(some, threshold);
          expect([found.truePositives[k], found.falsePositives[k]]).toEqual([truePositives, falsePositives]);
        });
      }),
      { seed: 5, numRuns: 60 },
    );
  });
});

describe('the distribution of scores', () => {
  test('counts every row once, in parts whose width reads well', () => {
    expect(scoreDistribution(tally)).toEqual({
      width: 0.05,
      lost: Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1),
      stayed: Int32Array.of(0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
    });
  });

  test('takes narrow parts where all scores are low, and one where there is none', () => {
    const low = tallyScores(Uint8Array.of(1, 0), Float64Array.of(0.0199, 0));
    expect(scoreDistribution(low)).toMatchObject({ width: 0.001, lost: { length: 20 } });
    const none = tallyScores(new Uint8Array(0), new Float64Array(0));
    expect(scoreDistribution(none)).toEqual({
      width: 0.001,
      lost: Int32Array.of(0),
      stayed: Int32Array.of(0),
    });
  });

  test('loses no row to rounding', () => {
    const scores = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(scores, (given) => {
        const found = scoreDistribution(tallyScores(new Uint8Array(given.length), Float64Array.from(given)));
        expect(found.stayed.reduce((sum, rows) => sum + rows, 0)).toBe(given.length);
      }),
      { seed: 6, numRuns: 60 },
    );
  });
});
