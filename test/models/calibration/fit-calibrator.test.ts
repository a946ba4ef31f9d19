import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { NothingToLearnError } from '../../../src/errors.ts';
import { applyCalibrator } from '../../../src/models/calibration/calibrator.ts';
import { calibratorNames, fitCalibrator } from '../../../src/models/calibration/fit-calibrator.ts';
import { poolAdjacent } from '../../../src/models/calibration/pool-adjacent.ts';
import { calibratorSchema } from '../../../src/models/calibration/schema.ts';
import { clippedLogOdds } from '../../../src/models/stack/log-odds.ts';

interface Fitted {
  readonly platt: readonly number[];
  readonly beta: readonly number[];
  readonly steps: readonly number[];
  readonly centred: readonly number[];
}

/** Written by test/reference/calibration.py. */
const reference: {
  readonly labels: readonly number[];
  readonly probabilities: readonly number[];
  readonly weights: readonly number[];
  readonly saturated: { readonly labels: readonly number[]; readonly beta: readonly number[] };
  readonly plain: Fitted;
  readonly weighted: Fitted;
} = JSON.parse(readFileSync(new URL('../../fixtures/reference/calibration.json', import.meta.url), 'utf8'));

const probabilities = Float64Array.from(reference.probabilities);
const logOdds = probabilities.map((p) => Math.log(p / (1 - p)));
const labels = Uint8Array.from(reference.labels);

describe.each([
  ['rows that count alike', undefined, reference.plain],
  ['rows with weights', Float64Array.from(reference.weights), reference.weighted],
] as const)('calibrators of %s', (_, weights, expected) => {
  const fitted = (name: (typeof calibratorNames)[number]) =>
    fitCalibrator(name, probabilities, { labels, weights });

  it('are those of scikit-learn: Platt', () => {
    const [slope, intercept] = expected.platt;
    expect(fitted('platt')).toEqual({
      kind: 'platt',
      slope: expect.closeTo(slope, 5),
      intercept: expect.closeTo(intercept, 5),
    });
  });

  it('are those of scikit-learn: beta', () => {
    const [a, b, intercept] = expected.beta;
    expect(fitted('beta')).toEqual({
      kind: 'beta',
      a: expect.closeTo(a, 4),
      b: expect.closeTo(b, 4),
      intercept: expect.closeTo(intercept, 4),
    });
  });

  it('are those of scikit-learn and NumPy: isotonic, centred', () => {
    const calibrator = fitted('isotonic');
    if (calibrator === undefined) throw new Error('There is no calibrator.');
    applyCalibrator(calibrator, logOdds).forEach((p, i) => {
      expect(p).toBeCloseTo(expected.centred[i], 12);
    });
  });

  it('are those of scikit-learn: the steps that isotonic calibration is made of', () => {
    const blocks = poolAdjacent(logOdds, labels, weights ?? new Float64Array(labels.length).fill(1));
    const [lowest, highest] = [Math.min(...expected.steps), Math.max(...expected.steps)];
    const values = blocks.map(({ y }) => Math.min(Math.max(y, lowest), highest));
    expect(values).toEqual(
      [...new Set(expected.steps)].sort((a, b) => a - b).map((y) => expect.closeTo(y, 12)),
    );
  });
});

it('finds a beta calibrator where all but one row are as sure as can be, and wrong', () => {
  const fitted = fitCalibrator('beta', Float64Array.of(0, 0, 4.572e-6, 0, 0, 0), {
    labels: Uint8Array.of(0, 1, 1, 1, 1, 1),
  });
  if (fitted === undefined) throw new Error('There is no calibrator.');
  // Platt's targets have these means: (1/3 + 4 · 6/7) / 5, and 6/7 of the one row.
  const fittedTo = applyCalibrator(fitted, Float64Array.of(clippedLogOdds(0), clippedLogOdds(4.572e-6)));
  expect([...fittedTo]).toEqual([expect.closeTo(79 / 105, 6), expect.closeTo(6 / 7, 6)]);
});

it('drops the side of a beta calibrator that would fall, as its authors do', () => {
  const { labels, beta } = reference.saturated;
  const fitted = fitCalibrator('beta', probabilities, { labels: Uint8Array.from(labels) });
  expect(fitted).toEqual({
    kind: 'beta',
    a: expect.closeTo(beta[0], 4),
    b: 0,
    intercept: expect.closeTo(beta[2], 4),
  });
});

/** Rows of both outcomes whose predictions are any probabilities, 0 and 1 and ties among them. */
const anyRows = fc
  .array(
    fc.tuple(fc.oneof(fc.constantFrom(0, 0.5, 1), fc.double({ min: 0, max: 1, noNaN: true })), fc.boolean()),
    {
      minLength: 4,
      maxLength: 40,
    },
  )
  .map((rows) => ({
    probabilities: Float64Array.from(rows, ([p]) => p),
    labels: Uint8Array.from(rows, ([, lost], i) => (i < 2 ? i : Number(lost))),
  }));

describe('whatever the rows, a calibrator', () => {
  it('gives probabilities that never fall, and none of 0 or 1 where there were rows', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(...calibratorNames), ({ probabilities, labels }, name) => {
        const calibrator = fitCalibrator(name, probabilities, { labels });
        if (calibrator === undefined) return;
        const grid = Float64Array.from({ length: 81 }, (_, i) => (i - 40) / 2);
        const calibrated = applyCalibrator(calibrator, grid);
        calibrated.forEach((p, i) => {
          expect(p).toBeGreaterThanOrEqual(i > 0 ? calibrated[i - 1] - 1e-15 : 0);
        });
        const seen = applyCalibrator(calibrator, probabilities.map(clippedLogOdds));
        expect(seen.every((p) => p > 0 && p < 1)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on the order of rows but by rounding', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(...calibratorNames), ({ probabilities, labels }, name) => {
        const once = fitCalibrator(name, probabilities, { labels });
        const reversed = fitCalibrator(name, probabilities.toReversed(), { labels: labels.toReversed() });
        if (once === undefined || reversed === undefined) return;
        const grid = Float64Array.of(-9, -3, -1, 0, 1, 3, 9);
        const other = applyCalibrator(reversed, grid);
        applyCalibrator(once, grid).forEach((p, i) => {
          expect(p).toBeCloseTo(other[i], 6);
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('calibrators of few rows', () => {
  const outcomes = { labels: Uint8Array.of(0, 0, 1, 1) };

  it('are none where predictions rank the lost below the others', () => {
    const turned = Float64Array.of(0.9, 0.8, 0.2, 0.1);
    expect(calibratorNames.map((name) => fitCalibrator(name, turned, outcomes))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('are none where every row has one prediction', () => {
    const alike = new Float64Array(4).fill(0.3);
    for (const name of calibratorNames) expect(fitCalibrator(name, alike, outcomes)).toBeUndefined();
  });

  it('stay within what a model file may hold where a hair parts the outcomes', () => {
    for (const hair of [1e-3, 1e-6, 1e-9, 1e-13]) {
      const nearly = Float64Array.of(0.3, 0.3, 0.3 + hair, 0.3 + hair);
      for (const name of calibratorNames) {
        const calibrator = fitCalibrator(name, nearly, outcomes);
        if (calibrator !== undefined) expect(calibratorSchema.parse(calibrator)).toEqual(calibrator);
      }
    }
  });

  it.each(calibratorNames)('stay finite where outcomes are separated: %s', (name) => {
    const calibrator = fitCalibrator(name, Float64Array.of(0, 0.1, 0.9, 1), outcomes);
    if (calibrator === undefined) throw new Error('There is no calibrator.');
    const [low, high] = applyCalibrator(calibrator, Float64Array.of(-30, 30));
    expect(low).toBeGreaterThan(0.02);
    expect(low).toBeLessThan(0.3);
    expect(low + high).toBeCloseTo(1, 6);
  });

  it('need both outcomes', () => {
    expect(() => fitCalibrator('platt', Float64Array.of(0.1, 0.2), { labels: Uint8Array.of(0, 0) })).toThrow(
      NothingToLearnError,
    );
  });
});

test('rows that count nothing have no part in the blocks', () => {
  const blocks = poolAdjacent(Float64Array.of(1, 2, 3, 4), [1, 0, 1, 0], [0, 2, 1, 0]);
  expect(blocks).toEqual([
    { x: 2, y: 0, weight: 2 },
    { x: 3, y: 1, weight: 1 },
  ]);
});

test('neighbours that fall are pooled as by hand', () => {
  const blocks = poolAdjacent(Float64Array.of(3, 1, 2, 4, 4), [1, 0, 1, 0, 1], [1, 1, 1, 1, 3]);
  expect(blocks).toEqual([
    { x: 1, y: 0, weight: 1 },
    { x: 21 / 6, y: 5 / 6, weight: 6 },
  ]);
});
