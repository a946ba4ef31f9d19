import { describe, expect, it } from 'vitest';
import { InputError, NothingToLearnError, UsageError } from '../../../src/errors.ts';
import { fitLearner, withSettings } from '../../../src/models/learners.ts';
import { logisticRegression } from '../../../src/models/logistic-regression/learner.ts';
import { weightedMedian } from '../../../src/models/logistic-regression/median.ts';
import { naiveBayes } from '../../../src/models/naive-bayes/learner.ts';
import { selectExamples } from '../../../src/models/select-examples.ts';
import reference from '../../fixtures/reference/linear-models.json' with { type: 'json' };
import { distance, referenceExamples, referenceWeights } from '../linear-reference.ts';
import { synthetic } from '../synthetic.ts';

const { fit: learn } = logisticRegression;

describe('weights of rows', () => {
  it('give the coefficients of scikit-learn to 1e-6', () => {
    const weighted = { ...referenceExamples, weights: referenceWeights };
    const model = learn(weighted, { C: 1, classWeight: 'none' }, 1);
    expect(distance(model.coefficients, reference.weighted.coefficients)).toBeLessThan(1e-6);
    expect(model.intercept).toBeCloseTo(reference.weighted.intercept, 6);
  });

  it.each(['none', 'balanced'] as const)(
    'count as the row several times, with class weights %s',
    (classWeight) => {
      const examples = synthetic(300, 9);
      const weights = Float64Array.from(examples.labels.keys(), (i) => i % 4);
      const repeated = Int32Array.from(examples.labels.keys()).reduce<number[]>(
        (rows, row) => rows.concat(new Array(weights[row]).fill(row)),
        [],
      );
      const settings = { C: 0.5, l1Ratio: 0.3, classWeight };
      const weighted = learn({ ...examples, weights }, settings, 1);
      const twice = learn(selectExamples(examples, Int32Array.from(repeated)), settings, 1);
      expect(weighted.terms.map(({ feature, part }) => [feature, part])).toEqual(
        twice.terms.map(({ feature, part }) => [feature, part]),
      );
      expect(distance(weighted.coefficients, twice.coefficients)).toBeLessThan(1e-8);
      expect(weighted.intercept).toBeCloseTo(twice.intercept, 8);
    },
  );

  it('are refused where they are no amounts, and where an outcome has none', () => {
    const examples = synthetic(50, 1);
    const settings = { C: 1, classWeight: 'none' } as const;
    const of = (weight: (i: number) => number) => ({
      ...examples,
      weights: Float64Array.from(examples.labels.keys(), weight),
    });
    expect(() =>
      learn(
        of((i) => (i === 7 ? -1 : 1)),
        settings,
        1,
      ),
    ).toThrow(/weight of row 7 is -1/);
    expect(() =>
      learn(
        of(() => Number.NaN),
        settings,
        1,
      ),
    ).toThrow(InputError);
    expect(() =>
      learn(
        of((i) => 1 - examples.labels[i]),
        settings,
        1,
      ),
    ).toThrow(NothingToLearnError);
    expect(() => learn({ ...examples, weights: new Float64Array(3) }, settings, 1)).toThrow(InputError);
  });

  it('are refused by a learner that would not heed them', () => {
    const examples = { ...synthetic(50, 1), weights: new Float64Array(50).fill(1) };
    expect(() => fitLearner(examples, withSettings('decision-tree'), 1)).toThrow(UsageError);
  });

  it('count in naive Bayes as in scikit-learn', () => {
    const weighted = { ...referenceExamples, weights: referenceWeights };
    const { prior } = naiveBayes.fit(weighted, naiveBayes.defaults, 1);
    const lost = referenceWeights.reduce((sum, w, i) => sum + w * referenceExamples.labels[i], 0);
    const all = referenceWeights.reduce((sum, w) => sum + w, 0);
    expect(prior).toBeCloseTo(Math.log(lost / (all - lost)), 12);
  });
});

describe('the weighted median', () => {
  it.each([
    [[3, 1, 2], [1, 1, 1], 2],
    [[1, 2], [1, 1], 1.5],
    [[1, 2, 3], [1, 1, 2], 2.5],
    [[5, 1], [1, 3], 1],
    [[Number.NaN, 4, 9], [5, 1, 2], 9],
    [[1, 2, 3], [1, 0, 1], 2],
  ])('of %j weighted %j is %d', (values, weights, expected) => {
    expect(weightedMedian(Float64Array.from(values), Float64Array.from(weights))).toBe(expected);
  });
});
