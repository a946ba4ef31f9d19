import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitRecalibration } from '../../src/evaluation/recalibration.ts';
import { reliability, type TruthRows, truthMetrics } from '../../src/evaluation/truth-metrics.ts';

/*
scikit-learn 1.7: LogisticRegression(C=inf, tol=1e-12, solver='newton-cg') on each logit twice, as 1 with the weight
w · truth and as 0 with the weight w · (1 − truth); roc_auc_score of the outcomes.
*/
const predictions = Float64Array.of(0.01, 0.03, 0.05, 0.08, 0.12, 0.2, 0.35, 0.6);
const truth = Float64Array.of(0.02, 0.025, 0.06, 0.05, 0.15, 0.3, 0.25, 0.4);
const outcomes = Uint8Array.of(0, 0, 1, 0, 0, 1, 0, 1);
const users = Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7);
const fromLog = Float64Array.of(0.03, 0.03, 0.06, 0.04, 0.1, 0.2, 0.3, 0.35);
const rows: TruthRows = { outcomes, predictions, truth, fromLog, users };
const options = { seed: 1, replicates: 200 };

describe('the recalibration', () => {
  test('is that of scikit-learn, with and without weights', () => {
    const recalibrate = fitRecalibration(predictions, truth);
    const plain = recalibrate(new Float64Array(8).fill(1));
    expect(plain.intercept).toBeCloseTo(-0.5216652074624658, 7);
    expect(plain.slope).toBeCloseTo(0.7139865773165385, 7);
    const weighted = recalibrate(Float64Array.of(1, 2, 1, 1, 3, 1, 1, 2));
    expect(weighted.intercept).toBeCloseTo(-0.5558753015874038, 7);
    expect(weighted.slope).toBeCloseTo(0.6926907444335697, 7);
  });

  test('finds the line that the truth was made by', () => {
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    const shifted = predictions.map((p) => sigmoid(-1 + 2 * Math.log(p / (1 - p))));
    const { intercept, slope } = fitRecalibration(predictions, shifted)(new Float64Array(8).fill(1));
    expect(intercept).toBeCloseTo(-1, 9);
    expect(slope).toBeCloseTo(2, 9);
  });

  test('is undefined for one prediction alone, and bears predictions of 0 and 1', () => {
    const one = fitRecalibration(Float64Array.of(0.2, 0.2), Float64Array.of(0.1, 0.3))(Float64Array.of(1, 1));
    expect(one).toEqual({ intercept: Number.NaN, slope: Number.NaN });
    const sure = fitRecalibration(Float64Array.of(0, 1, 0.5), Float64Array.of(0.1, 0.9, 0.5));
    expect(Number.isFinite(sure(Float64Array.of(1, 1, 1)).slope)).toBe(true);
  });
});

describe('a model against the truth', () => {
  test('is ranked as scikit-learn ranks it, and so is the oracle', () => {
    const { rocAuc, oracleRocAuc, reach } = truthMetrics(rows, options);
    expect(rocAuc.value).toBeCloseTo(0.7333333333333333, 12);
    expect(oracleRocAuc.value).toBeCloseTo(0.8666666666666667, 12);
    expect(reach.value).toBeCloseTo(0.2333333333333333 / 0.3666666666666667, 12);
    expect(reach.low).toBeLessThanOrEqual(reach.value);
    expect(reach.high).toBeGreaterThanOrEqual(reach.value);
  });

  test('has the expected ranking of all pairs of rows, each lost with its true probability', () => {
    const probability = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    const row = fc.record({ prediction: fc.constantFrom(0.1, 0.2, 0.3), truth: probability });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 12 }), (some) => {
        let [ordered, pairs] = [0, 0];
        for (const [i, a] of some.entries()) {
          for (const [j, b] of some.entries()) {
            if (i === j) continue;
            const weight = a.truth * (1 - b.truth);
            pairs += weight;
            ordered += weight * (a.prediction > b.prediction ? 1 : a.prediction === b.prediction ? 0.5 : 0);
          }
        }
        const { expectedRocAuc } = truthMetrics(
          {
            outcomes: new Uint8Array(some.length),
            predictions: Float64Array.from(some, ({ prediction }) => prediction),
            truth: Float64Array.from(some, (one) => one.truth),
            fromLog: new Float64Array(some.length).fill(Number.NaN),
            users: Int32Array.from(some.keys()),
          },
          { seed: 1, replicates: 1 },
        );
        expect(expectedRocAuc.value).toBeCloseTo(ordered / pairs, 9);
      }),
      { numRuns: 50 },
    );
  });

  test('that is the truth reaches all of the ranking, errs nowhere and is calibrated', () => {
    const metrics = truthMetrics({ ...rows, predictions: truth }, options);
    expect(metrics.reach).toEqual({ value: 1, low: 1, high: 1 });
    expect(metrics.expectedReach.value).toBe(1);
    expect(metrics.meanAbsoluteError).toEqual({ value: 0, low: 0, high: 0 });
    expect(metrics.calibrationSlope.value).toBeCloseTo(1, 9);
    expect(metrics.calibrationIntercept.value).toBeCloseTo(0, 9);
  });

  test('is measured by the best reader of the log too, where that one is known', () => {
    const known = truthMetrics(rows, options);
    expect(known.readerRocAuc.value).toBeCloseTo(12 / 15, 12);
    expect(known.readerReach.value).toBeCloseTo((11 / 15 - 0.5) / (12 / 15 - 0.5), 12);
    expect(known.expectedReaderReach.value).toBeGreaterThan(known.expectedReach.value);
    const unknown = truthMetrics({ ...rows, fromLog: new Float64Array(8).fill(Number.NaN) }, options);
    expect(unknown.readerRocAuc.value).toBeNaN();
    expect(unknown.expectedReaderReach.value).toBeNaN();
    expect(unknown.reach).toEqual(known.reach);
  });

  test('that says the same of all reaches nothing', () => {
    const metrics = truthMetrics({ ...rows, predictions: new Float64Array(8).fill(0.1) }, options);
    expect(metrics.reach.value).toBe(0);
    expect(metrics.expectedReach.value).toBeCloseTo(0, 12);
    expect(metrics.calibrationSlope.value).toBeNaN();
    expect(metrics.bias.value).toBeCloseTo(0.1 - 1.255 / 8, 12);
  });

  test('has no reach where the oracle ranks no better than chance', () => {
    const same = new Float64Array(8).fill(0.2);
    const { reach, expectedReach, oracleRocAuc } = truthMetrics({ ...rows, truth: same }, options);
    expect(oracleRocAuc.value).toBe(0.5);
    expect([reach.value, expectedReach.value]).toEqual([Number.NaN, Number.NaN]);
  });

  test('has intervals over users: rows of one user are drawn together', () => {
    const alone = truthMetrics({ ...rows, users: new Int32Array(8) }, options);
    expect(alone.meanAbsoluteError.low).toBeNaN();
    const { low, value, high } = truthMetrics(rows, options).meanAbsoluteError;
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
  });

  test('is refused where lengths differ or a number is no probability', () => {
    expect(() => truthMetrics({ ...rows, users: new Int32Array(7) }, options)).toThrow(
      'There are 8, 8, 8, 8, 7 outcomes, predictions, true probabilities, those from the log and users; each row needs all.',
    );
    expect(() => truthMetrics({ ...rows, truth: new Float64Array(8).fill(Number.NaN) }, options)).toThrow(
      'The truth of row 0 is NaN; it must be in 0…1.',
    );
  });
});

describe('the reliability', () => {
  test('has tenths of as equal numbers of rows as can be', () => {
    expect(reliability(rows, 4)).toEqual([
      { rows: 2, predicted: 0.02, truth: expect.closeTo(0.0225, 12), observed: 0 },
      { rows: 2, predicted: expect.closeTo(0.065, 12), truth: expect.closeTo(0.055, 12), observed: 0.5 },
      { rows: 2, predicted: expect.closeTo(0.16, 12), truth: expect.closeTo(0.225, 12), observed: 0.5 },
      { rows: 2, predicted: expect.closeTo(0.475, 12), truth: expect.closeTo(0.325, 12), observed: 0.5 },
    ]);
    expect(reliability(rows)).toHaveLength(8);
  });

  test('is empty without rows', () => {
    const none = {
      outcomes: new Uint8Array(0),
      predictions: new Float64Array(0),
      truth: new Float64Array(0),
    };
    expect(reliability({ ...none, fromLog, users: new Int32Array(0) })).toEqual([]);
  });
});
