import { describe, expect, test } from 'vitest';
import { chiSquareTail } from '../../src/evaluation/chi-square.ts';
import { logRank } from '../../src/evaluation/log-rank.ts';

/** scipy.stats.chi2.sf */
const tails = [
  [0.5, 1, 0.47950012218695337],
  [3.84, 1, 0.05004352124870519],
  [40, 1, 2.5396285894708634e-10],
  [200, 1, 2.0884875837625688e-45],
  [7.5, 2, 0.023517745856009114],
  [2.5, 3, 0.4752910833430205],
  [11.07, 5, 0.050009618622405425],
  [100, 6, 2.509303552201055e-19],
] as const;

test.each(tails)('the chi-squared tail above %d of %d degrees is that of scipy', (x, degrees, expected) => {
  expect(chiSquareTail(x, degrees) / expected).toBeCloseTo(1, 11);
});

test('all of a chi-squared variable lies above 0, and nothing is known of no number', () => {
  expect(chiSquareTail(0, 3)).toBe(1);
  expect(chiSquareTail(Number.NaN, 3)).toBeNaN();
});

/** lifelines.statistics.multivariate_logrank_test on the same thirty users. */
const durations = [
  8, 9, 1, 9, 6, 6, 7, 4, 11, 1, 4, 5, 7, 5, 2, 1, 1, 1, 2, 11, 3, 8, 9, 3, 4, 5, 3, 11, 2, 10,
];
const lost = [0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 0, 1, 1, 0];
const groups = [1, 1, 0, 1, 2, 0, 2, 0, 0, 2, 2, 0, 2, 2, 1, 1, 2, 2, 2, 1, 0, 2, 0, 1, 2, 0, 0, 2, 0, 2];

function logRankOf(rows: readonly number[], count: number) {
  return logRank(
    Float64Array.from(rows, (i) => durations[i]),
    Uint8Array.from(rows, (i) => lost[i]),
    Int32Array.from(rows, (i) => groups[i]),
    count,
  );
}

describe('the log-rank test', () => {
  const all = [...durations.keys()];

  test('of three groups with ties is that of lifelines', () => {
    const { chiSquare, degrees, p } = logRankOf(all, 3);
    expect(degrees).toBe(2);
    expect(chiSquare).toBeCloseTo(1.9355643351727476, 11);
    expect(p).toBeCloseTo(0.3799247137555305, 11);
  });

  test('of two groups is that of lifelines, and a group of nobody changes nothing', () => {
    const two = all.filter((i) => groups[i] < 2);
    expect(logRankOf(two, 2)).toMatchObject({ degrees: 1 });
    expect(logRankOf(two, 2).chiSquare).toBeCloseTo(1.2478437189474763, 11);
    expect(logRankOf(two, 5)).toEqual(logRankOf(two, 2));
  });

  test('says nothing of one group, of nobody, and where nobody is lost', () => {
    const one = all.filter((i) => groups[i] === 1);
    expect(logRankOf(one, 3)).toMatchObject({ chiSquare: Number.NaN, p: Number.NaN });
    expect(logRankOf([], 2).p).toBeNaN();
    const stayed = all.filter((i) => lost[i] === 0);
    expect(logRankOf(stayed, 3)).toMatchObject({ chiSquare: Number.NaN, p: Number.NaN });
  });
});
