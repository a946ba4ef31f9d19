import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrationCurve, expectedCalibrationError } from '../../src/evaluation/calibration.ts';
import { wilsonInterval } from '../../src/evaluation/intervals.ts';
import { tallyScores } from '../../src/evaluation/score-tally.ts';
import { createRandom } from '../../src/random.ts';
import { anyRows, permuted } from './rows.ts';

function curve(labels: number[], probabilities: number[], bins?: number) {
  return calibrationCurve(tallyScores(Uint8Array.from(labels), Float64Array.from(probabilities)), bins);
}

describe('calibrationCurve', () => {
  it('parts rows into equal numbers by rising probability', () => {
    expect(curve([0, 1, 0, 1], [0.4, 0.9, 0.1, 0.8], 2)).toEqual([
      { predicted: 0.25, observed: wilsonInterval(0, 2), examples: 2 },
      { predicted: expect.closeTo(0.85, 12), observed: wilsonInterval(2, 2), examples: 2 },
    ]);
  });

  it('keeps equal probabilities together', () => {
    const bins = curve([1, 0, 0, 0, 1, 1], [0.2, 0.2, 0.2, 0.2, 0.2, 0.7], 3);
    expect(bins.map(({ predicted, examples }) => [predicted, examples])).toEqual([
      [expect.closeTo(0.2, 12), 5],
      [0.7, 1],
    ]);
  });

  it('puts equal probabilities where their middle row falls', () => {
    const bins = curve([0, 0, 0, 0, 0, 0], [0.1, 0.1, 0.2, 0.2, 0.2, 0.3], 2);
    expect(bins.map(({ examples }) => examples)).toEqual([2, 4]);
  });

  it('holds every row once, in no more bins than asked for, whatever the order of rows', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 12 }), fc.integer(), (rows, count, seed) => {
        const bins = calibrationCurve(tallyScores(rows.labels, rows.probabilities), count);
        const other = permuted(rows, seed);
        expect(calibrationCurve(tallyScores(other.labels, other.probabilities), count)).toStrictEqual(bins);
        expect(bins.length).toBeLessThanOrEqual(count);
        expect(bins.reduce((sum, { examples }) => sum + examples, 0)).toBe(rows.labels.length);
        const lost = bins.reduce((sum, { observed, examples }) => sum + observed.value * examples, 0);
        expect(lost).toBeCloseTo(
          rows.labels.reduce((sum, label) => sum + label, 0),
          9,
        );
        expect(bins.every(({ predicted }, i) => i === 0 || predicted > bins[i - 1].predicted)).toBe(true);
      }),
    );
  });

  it('makes ten bins of a tenth each when not told otherwise', () => {
    const probabilities = Array.from({ length: 1000 }, (_, row) => row / 1000);
    const bins = curve(
      probabilities.map(() => 0),
      probabilities,
    );
    expect(bins.map(({ examples }) => examples)).toEqual(new Array(10).fill(100));
  });

  it('is empty without rows', () => {
    expect(curve([], [])).toEqual([]);
  });

  it.each([0, -1, 2.5, Number.NaN])('refuses %d bins', (bins) => {
    expect(() => curve([1], [0.5], bins)).toThrow(RangeError);
  });
});

describe('expectedCalibrationError', () => {
  it('weighs the distance in each bin by its rows', () => {
    const bins = [
      { predicted: 0.1, observed: { value: 0.2, low: 0, high: 1 }, examples: 30 },
      { predicted: 0.9, observed: { value: 0.6, low: 0, high: 1 }, examples: 10 },
    ];
    expect(expectedCalibrationError(bins)).toBeCloseTo((30 * 0.1 + 10 * 0.3) / 40, 12);
  });

  it('is near 0 for true probabilities and large for overconfident ones', () => {
    const random = createRandom(1);
    const truth = Float64Array.from({ length: 20_000 }, random.float);
    const labels = Uint8Array.from(truth, (probability) => (random.float() < probability ? 1 : 0));
    const extreme = truth.map((probability) => (probability > 0.5 ? 0.99 : 0.01));
    expect(expectedCalibrationError(calibrationCurve(tallyScores(labels, truth)))).toBeLessThan(0.015);
    expect(expectedCalibrationError(calibrationCurve(tallyScores(labels, extreme)))).toBeGreaterThan(0.2);
  });

  it('is NaN without bins', () => {
    expect(expectedCalibrationError([])).toBeNaN();
  });
});
