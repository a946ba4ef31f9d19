import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gainsCurve, precisionRecallCurve, rocCurve } from '../../src/evaluation/curves.ts';
import { averagePrecision, rocAuc, topDecileLift } from '../../src/evaluation/ranking-metrics.ts';
import { tallyScores } from '../../src/evaluation/score-tally.ts';
import { reference } from './reference.ts';
import { anyRows, simulatedRows } from './rows.ts';

type XY = readonly [number, number];

function trapezoids(points: readonly XY[]): number {
  return points.slice(1).reduce((sum, [x, y], i) => sum + ((x - points[i][0]) * (y + points[i][1])) / 2, 0);
}

function steps(points: readonly XY[]): number {
  return points.slice(1).reduce((sum, [x, y], i) => sum + (x - points[i][0]) * y, 0);
}

function expectPoints(actual: readonly XY[], expected: readonly (readonly number[])[]): void {
  expect(actual).toHaveLength(expected.length);
  actual.flat().forEach((value, i) => {
    expect(value).toBeCloseTo(expected.flat()[i], 12);
  });
}

const rocPoints = (tally: Parameters<typeof rocCurve>[0]) =>
  rocCurve(tally).map((point): XY => [point.falsePositiveRate, point.truePositiveRate]);
const precisionPoints = (tally: Parameters<typeof rocCurve>[0]) =>
  precisionRecallCurve(tally).map((point): XY => [point.recall, point.precision]);
const gainsPoints = (tally: Parameters<typeof rocCurve>[0]) =>
  gainsCurve(tally).map((point): XY => [point.share, point.captured]);

describe('curves of few rows', () => {
  describe.each(reference.classification)('on $name', ({ labels, scores, roc, precisionRecall }) => {
    const tally = tallyScores(Uint8Array.from(labels), Float64Array.from(scores));

    it('agree with scikit-learn on ROC', () => {
      expectPoints(rocPoints(tally), roc);
    });

    it('agree with scikit-learn on precision and recall, but for the start at recall 0', () => {
      const [start, ...points] = precisionPoints(tally);
      expect(start).toEqual([0, points[0][1]]);
      expectPoints(points, precisionRecall);
    });
  });

  it('have the areas of the metrics', () => {
    fc.assert(
      fc.property(anyRows, ({ labels, probabilities }) => {
        fc.pre(labels.includes(0) && labels.includes(1));
        const tally = tallyScores(labels, probabilities);
        expect(trapezoids(rocPoints(tally))).toBeCloseTo(rocAuc(tally), 12);
        expect(steps(precisionPoints(tally))).toBeCloseTo(averagePrecision(tally), 12);
      }),
    );
  });

  it('give gains row by row', () => {
    const tally = tallyScores(Uint8Array.of(0, 1, 0, 1), Float64Array.of(0.1, 0.9, 0.5, 0.5));
    expect(gainsCurve(tally)).toEqual([
      { share: 0, captured: 0 },
      { share: 0.25, captured: 0.5 },
      { share: 0.75, captured: 1 },
      { share: 1, captured: 1 },
    ]);
  });

  it('are empty where they are undefined', () => {
    const stayed = tallyScores(Uint8Array.of(0, 0), Float64Array.of(0.1, 0.2));
    const lost = tallyScores(Uint8Array.of(1), Float64Array.of(0.3));
    const none = tallyScores(new Uint8Array(), new Float64Array());
    for (const tally of [stayed, none]) {
      expect([rocCurve(tally), precisionRecallCurve(tally), gainsCurve(tally)]).toEqual([[], [], []]);
    }
    expect(rocCurve(lost)).toEqual([]);
    expect(gainsCurve(lost)).toHaveLength(2);
  });
});

describe('curves of many rows', () => {
  const cases = {
    'overlapping scores': simulatedRows(20_000, 1, 12),
    'labels in turn': inTurn(5000, 2),
    'one lost in a hundred': inTurn(20_000, 100),
    'a perfect ranking': ranked(3000, (row) => row < 600),
    'a perfectly wrong ranking': ranked(3000, (row) => row >= 2400),
    'two lost among thousands': ranked(5000, (row) => row === 17 || row === 3000),
  };

  describe.each(Object.entries(cases))('with %s', (_, { labels, probabilities }) => {
    const tally = tallyScores(labels, probabilities);

    it('keep some 200 points, both ends and the area', () => {
      const roc = rocPoints(tally);
      const precision = precisionPoints(tally);
      const gains = gainsPoints(tally);
      expect(Math.abs(trapezoids(roc) - rocAuc(tally))).toBeLessThanOrEqual(1e-3);
      expect(Math.abs(steps(precision) - averagePrecision(tally))).toBeLessThanOrEqual(1e-3);
      const share = labels.filter((label) => label === 1).length / labels.length;
      const areaOfGains = share / 2 + (1 - share) * rocAuc(tally);
      expect(Math.abs(trapezoids(gains) - areaOfGains)).toBeLessThanOrEqual(1e-3);
      for (const points of [roc, precision, gains]) expect(points.length).toBeLessThanOrEqual(200);
      for (const points of [roc, gains])
        expect([points[0], points.at(-1)]).toEqual([
          [0, 0],
          [1, 1],
        ]);
      expect(precision.at(-1)).toEqual([1, share]);
    });
  });

  it('keep the corner of a perfect ranking', () => {
    const { labels, probabilities } = cases['a perfect ranking'];
    expect(rocPoints(tallyScores(labels, probabilities))).toContainEqual([0, 1]);
  });

  it('show a tenth of the lift at a tenth of the rows', () => {
    const { labels, probabilities } = simulatedRows(50, 2, 12);
    const tally = tallyScores(labels, probabilities);
    const point = gainsCurve(tally).find(({ share }) => share === 0.1);
    expect(point?.captured).toBeCloseTo(topDecileLift(tally) / 10, 12);
  });

  function ranked(rows: number, isLost: (row: number) => boolean) {
    const labels = Uint8Array.from({ length: rows }, (_, row) => (isLost(row) ? 1 : 0));
    return { labels, probabilities: Float64Array.from(labels, (_, row) => 1 - row / rows) };
  }

  function inTurn(rows: number, every: number) {
    return ranked(rows, (row) => row % every === 0);
  }
});
