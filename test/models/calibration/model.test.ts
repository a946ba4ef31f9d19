import { describe, expect, it } from 'vitest';
import { attribute } from '../../../src/explanation/attribute.ts';
import { applyCalibrator, type Calibrator } from '../../../src/models/calibration/calibrator.ts';
import type { CalibratedModel, UncalibratedModel } from '../../../src/models/calibration/model.ts';
import { channelsOf, predict } from '../../../src/models/model.ts';
import { parseModel, stringifyModel } from '../../../src/models/model-json.ts';
import { matrixOf } from '../synthetic.ts';

/** Its log-odds are the feature itself. */
const linear: UncalibratedModel = {
  kind: 'logistic-regression',
  features: ['x'],
  terms: [{ part: 'value', feature: 0, median: 0, mean: 0, sd: 1 }],
  coefficients: [1],
  intercept: 0,
};
const platt: Calibrator = { kind: 'platt', slope: 0.5, intercept: -1 };
const beta: Calibrator = { kind: 'beta', a: 2, b: 0.5, intercept: 0.1 };
const isotonic: Calibrator = { kind: 'isotonic', logOdds: [-1, 0, 2], probabilities: [0.1, 0.2, 0.8] };

function calibrated(calibrator: Calibrator, model = linear): CalibratedModel {
  return { kind: 'calibrated', features: model.features, model, calibrator };
}

const x = [-50, -1, -0.5, 0, 1, 2, 7, Number.NaN];
const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

describe('a calibrated model', () => {
  it.each([
    ['Platt', platt, (z: number) => sigmoid(0.5 * z - 1)],
    ['beta', beta, (z: number) => sigmoid(2 * Math.log(sigmoid(z)) - 0.5 * Math.log(1 - sigmoid(z)) + 0.1)],
    ['isotonic', isotonic, (z: number) => (z < 0 ? 0.2 + 0.1 * Math.max(z, -1) : 0.2 + 0.3 * Math.min(z, 2))],
  ])('predicts by the formula of %s, of log-odds that are bounded', (_, calibrator, formula) => {
    const largest = Math.log(999_999);
    const expected = x.map((z) => formula(Math.min(Math.max(z || 0, -largest), largest)));
    expect([...predict(calibrated(calibrator), matrixOf({ x }))]).toEqual(
      expected.map((p) => expect.closeTo(p, 11)),
    );
  });

  it('takes a forest’s probabilities of 0 and 1', () => {
    const forest = (share: number): UncalibratedModel => ({
      kind: 'random-forest',
      features: ['x'],
      trees: [{ feature: [-1], threshold: [0], missing: [0], right: [0], value: [share], cover: [9] }],
    });
    const [low, high] = [0, 1].map(
      (share) => predict(calibrated(platt, forest(share)), matrixOf({ x: [1] }))[0],
    );
    expect(low).toBeCloseTo(sigmoid(-0.5 * Math.log(999_999) - 1), 12);
    expect(high).toBeCloseTo(sigmoid(0.5 * Math.log(999_999) - 1), 12);
  });

  it('reads the days that the model within reads', () => {
    const model: UncalibratedModel = {
      kind: 'temporal-convolution',
      features: [],
      days: 2,
      channels: [{ name: 'plays', mean: 0, sd: 1 }],
      layers: [
        { weights: [[0, 0, 0, 0]], biases: [0] },
        { weights: [[0]], biases: [0] },
      ],
    };
    expect(channelsOf(calibrated(platt, model))).toEqual(['plays']);
  });

  it('has the reasons of the model within, which add up to its log-odds', () => {
    const { unit, base, columns } = attribute(calibrated(isotonic), matrixOf({ x: [-0.5, 1] }));
    expect(unit).toBe('log-odds');
    expect([...columns[0]].map((x) => base + x)).toEqual([-0.5, 1]);
  });

  it.each([platt, beta, isotonic])('is the same after JSON', (calibrator) => {
    const model = calibrated(calibrator);
    expect(parseModel(JSON.parse(stringifyModel(model)))).toEqual(model);
  });
});

describe('JSON that is no calibrated model', () => {
  it.each([
    ['turns the model round', { ...platt, slope: -1 }, 'slope'],
    ['is flat', { ...beta, a: 0, b: 0 }, 'does not rise'],
    ['is steeper than can be', { ...platt, slope: 1e7 }, 'slope'],
    ['has no number', { ...beta, intercept: null }, 'intercept'],
    ['has points that fall', { ...isotonic, logOdds: [-1, -2, 2] }, 'log-odds 1 are not above'],
    ['has a point twice', { ...isotonic, logOdds: [-1, -1, 2] }, 'log-odds 1 are not above'],
    [
      'has probabilities that fall',
      { ...isotonic, probabilities: [0.1, 0.3, 0.2] },
      'probability 2 is below',
    ],
    ['has too few probabilities', { ...isotonic, probabilities: [0.1] }, '1 probabilities for 3 log-odds'],
    ['has one point', { ...isotonic, logOdds: [0], probabilities: [0.5] }, 'logOdds'],
    ['has a probability above 1', { ...isotonic, probabilities: [0.1, 0.2, 1.5] }, 'probabilities'],
    ['is of a kind that is not known', { kind: 'eval' }, 'calibrator'],
    ['has a key more', { ...platt, run: 'rm' }, 'run'],
  ])('is refused when its calibrator %s', (_, calibrator, message) => {
    expect(() => parseModel({ ...calibrated(platt), calibrator })).toThrow(message);
  });

  it('is refused when its features are not those of the model within, or that is calibrated already', () => {
    expect(() => parseModel({ ...calibrated(platt), features: ['y'] })).toThrow(
      'not those of the model within',
    );
    expect(() => parseModel({ ...calibrated(platt), model: calibrated(platt) })).toThrow('model');
  });
});

it('refuses no log-odds, however large', () => {
  const wild = Float64Array.of(-1e308, 1e308, 0);
  for (const calibrator of [
    { kind: 'platt', slope: 1e6, intercept: -1e6 },
    { kind: 'beta', a: 1e6, b: 1e6, intercept: 1e6 },
    isotonic,
  ] as const) {
    expect(applyCalibrator(calibrator, wild).every((p) => p >= 0 && p <= 1)).toBe(true);
  }
});
