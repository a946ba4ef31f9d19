import { describe, expect, it, test } from 'vitest';
import { InputError, NothingToLearnError, UsageError } from '../../../src/errors.ts';
import { fitPlatt } from '../../../src/models/calibration/fit-platt.ts';
import { fitHyperplane } from '../../../src/models/linear-svm/hyperplane.ts';
import { linearSvm } from '../../../src/models/linear-svm/learner.ts';
import { outOfFoldScores } from '../../../src/models/linear-svm/out-of-fold.ts';
import { predict } from '../../../src/models/model.ts';
import reference from '../../fixtures/reference/linear-models.json' with { type: 'json' };
import { distance, referenceExamples } from '../linear-reference.ts';
import { examplesOf, logLoss, rocAuc, synthetic } from '../synthetic.ts';

test.each(reference.svms)(
  'the hyperplane is that of LinearSVC to 1e-6 with C $C, class weights $classWeight',
  ({ C, classWeight, coefficients, intercept }) => {
    const settings = { C, classWeight: classWeight === 'balanced' ? 'balanced' : 'none' } as const;
    const plane = fitHyperplane(referenceExamples, settings);
    expect(distance(plane.coefficients, coefficients)).toBeLessThan(1e-6);
    expect(plane.intercept).toBeCloseTo(intercept, 6);
  },
);

describe('Platt scaling', () => {
  it('has the slope and offset of scikit-learn', () => {
    const { scores, slope, offset } = reference.platt;
    const fitted = fitPlatt(Float64Array.from(scores), referenceExamples);
    expect(fitted.slope).toBeCloseTo(slope, 5);
    expect(fitted.offset).toBeCloseTo(offset, 5);
  });

  it('gives the base rate, nearly, to scores that say nothing', () => {
    const { slope, offset } = fitPlatt(new Float64Array(4).fill(2), { labels: Uint8Array.of(0, 0, 0, 1) });
    expect(1 / (1 + Math.exp(-(2 * slope + offset)))).toBeCloseTo((3 / 5 + 2 / 3) / 4, 6);
  });

  it('stays finite where the scores separate the labels', () => {
    const { slope } = fitPlatt(Float64Array.of(-2, -1, 1, 2), { labels: Uint8Array.of(0, 0, 1, 1) });
    expect(slope).toBeGreaterThan(0.5);
    expect(slope).toBeLessThan(10);
  });

  it('needs scores of both outcomes', () => {
    const scores = Float64Array.of(1, Number.NaN, 2);
    expect(() => fitPlatt(scores, { labels: Uint8Array.of(0, 1, 0) })).toThrow(NothingToLearnError);
  });
});

describe('linear SVM', () => {
  const examples = synthetic(1200, 31);
  const model = linearSvm.fit(examples, linearSvm.defaults, 1);

  it('predicts probabilities that rank as the hyperplane does and mean what they say', () => {
    const probabilities = predict(model, examples.matrix);
    expect(rocAuc(examples.labels, probabilities)).toBeGreaterThan(0.7);
    const rate = examples.labels.reduce((sum, label) => sum + label, 0) / 1200;
    const constant = new Float64Array(1200).fill(rate);
    expect(logLoss(examples.labels, probabilities)).toBeLessThan(logLoss(examples.labels, constant));
    expect(probabilities.reduce((sum, p) => sum + p, 0) / 1200).toBeCloseTo(rate, 1);
  });

  it('scores a row by rows of other groups alone', () => {
    const few = { ...examples, groups: examples.groups.map((_, row) => row % 9) };
    outOfFoldScores(
      few,
      (training) => {
        expect(new Set(training.groups).size).toBe(6);
        return fitHyperplane(training, linearSvm.defaults);
      },
      3,
    );
  });

  it('gives the same model for a seed, whatever group is first', () => {
    expect(linearSvm.fit(examples, linearSvm.defaults, 1)).toEqual(model);
  });

  it('refuses categories, settings out of range and groups too few', () => {
    const { matrix } = examples;
    const levels = matrix.names.map((_, j) =>
      j === 2 ? Array.from({ length: 99 }, (_, k) => `${k}`) : undefined,
    );
    expect(() =>
      linearSvm.fit({ ...examples, matrix: { ...matrix, levels } }, linearSvm.defaults, 1),
    ).toThrow(InputError);
    expect(() => linearSvm.fit(examples, { ...linearSvm.defaults, C: 0 }, 1)).toThrow(UsageError);
    const single = { ...examplesOf({ x: [1, 2, 3] }, [0, 1, 1]), groups: new Int32Array(3) };
    expect(() => linearSvm.fit(single, linearSvm.defaults, 1)).toThrow(NothingToLearnError);
  });
});
