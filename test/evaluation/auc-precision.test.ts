import { describe, expect, it } from 'vitest';
import { halfWidth, rocAucStandardError, smallestVisible } from '../../src/evaluation/auc-precision.ts';
import { rocAuc } from '../../src/evaluation/ranking-metrics.ts';
import { tallyScores } from '../../src/evaluation/score-tally.ts';
import { createRandom } from '../../src/random.ts';

describe('rocAucStandardError', () => {
  // Hanley and McNeil (1982) themselves give .032 for the second; all by Python:
  // q1 = a/(2-a); q2 = 2*a*a/(1+a); sqrt((a*(1-a) + (p-1)*(q1-a*a) + (n-1)*(q2-a*a)) / (p*n))
  it.each([
    [0.7, 10, 90, 0.096275278],
    [0.893, 51, 58, 0.032511582],
    [0.5, 100, 900, 0.030444242],
  ])('of an AUC of %d by %d lost and %d who stay is %d', (auc, lost, stayed, expected) => {
    expect(rocAucStandardError(auc, lost, stayed)).toBeCloseTo(expected, 9);
  });

  it('is near the spread of the AUCs of many samples of exponential scores, for which it is exact', () => {
    const random = createRandom(3);
    const exponential = (scale: number) => -scale * Math.log(1 - random.float());
    // P(lost > stayed) = scale / (scale + 1) = .75.
    const aucs = Array.from({ length: 2000 }, () => {
      const scores = Float64Array.from({ length: 60 }, (_, i) => exponential(i < 20 ? 3 : 1));
      const labels = Uint8Array.from(scores, (_, i) => (i < 20 ? 1 : 0));
      return rocAuc(tallyScores(labels, scores));
    });
    const mean = aucs.reduce((sum, auc) => sum + auc, 0) / aucs.length;
    const sd = Math.sqrt(aucs.reduce((sum, auc) => sum + (auc - mean) ** 2, 0) / aucs.length);
    expect(mean).toBeCloseTo(0.75, 2);
    expect(rocAucStandardError(0.75, 20, 40) / sd).toBeCloseTo(1, 1);
  });

  it('is unknown without users of both outcomes and nothing for a perfect ranking', () => {
    expect(rocAucStandardError(0.7, 0, 10)).toBeNaN();
    expect(rocAucStandardError(0.7, 10, 0)).toBeNaN();
    expect(rocAucStandardError(Number.NaN, 10, 10)).toBeNaN();
    expect(rocAucStandardError(1, 7, 3)).toBe(0);
  });
});

describe('smallestVisible', () => {
  it('is 2.80 standard errors, where half an interval is 1.96', () => {
    expect(halfWidth(0.1)).toBeCloseTo(0.195996, 6);
    expect(smallestVisible(halfWidth(0.1))).toBeCloseTo(0.2801585, 6);
  });
});
