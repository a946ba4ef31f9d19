import { describe, expect, it } from 'vitest';
import { attribute } from '../../src/explanation/attribute.ts';
import { gradientBoosting } from '../../src/models/gradient-boosting/learner.ts';
import { logisticRegression } from '../../src/models/logistic-regression/learner.ts';
import type { MemberModel } from '../../src/models/member.ts';
import { predict } from '../../src/models/model.ts';
import { randomForest } from '../../src/models/random-forest/learner.ts';
import { clippedLogOdds } from '../../src/models/stack/log-odds.ts';
import type { StackModel } from '../../src/models/stack/model.ts';
import { temporalConvolution } from '../../src/models/temporal-convolution/learner.ts';
import { fadingUsers } from '../models/histories.ts';
import { matrixOf, synthetic } from '../models/synthetic.ts';

const train = synthetic(500, 61);
const test = synthetic(150, 62).matrix;
const linear = logisticRegression.fit(train, logisticRegression.defaults, 1);
const boosting = gradientBoosting.fit(train, { ...gradientBoosting.defaults, trees: 30 }, 1);
const forest = randomForest.fit(train, { ...randomForest.defaults, trees: 15, minSamplesLeaf: 3 }, 1);

function stackOf(members: readonly MemberModel[], coefficients: readonly number[]): StackModel {
  return { kind: 'stack', features: train.matrix.names, members, coefficients, intercept: -0.5 };
}

function worstSum(model: StackModel, matrix = test): number {
  const { base, columns } = attribute(model, matrix);
  return predict(model, matrix).reduce((worst, p, i) => {
    const sum = columns.reduce((total, column) => total + column[i], base);
    return Math.max(worst, Math.abs(sum - Math.log(p / (1 - p))));
  }, 0);
}

/** A forest of one stump on `a`. */
const stump = (left: number, right: number): MemberModel => ({
  kind: 'random-forest',
  features: ['a'],
  trees: [
    {
      feature: [0, -1, -1],
      threshold: [0, 0, 0],
      missing: [0, 0, 0],
      right: [2, 0, 0],
      value: [0, left, right],
      cover: [2, 1, 1],
    },
  ],
});

describe('attributions of a stack', () => {
  it('add up to its log-odds, with members of every unit', () => {
    expect(worstSum(stackOf([linear, boosting, forest], [0.4, 0.8, -0.3]))).toBeLessThan(1e-9);
  });

  it('of members in log-odds are the weighted sums of theirs', () => {
    const { unit, columns } = attribute(stackOf([linear, boosting], [0.4, 0.8]), test);
    expect(unit).toBe('log-odds');
    const parts = [attribute(linear, test), attribute(boosting, test)];
    columns.forEach((column, j) => {
      column.forEach((value, i) => {
        expect(value).toBeCloseTo(0.4 * parts[0].columns[j][i] + 0.8 * parts[1].columns[j][i], 12);
      });
    });
  });

  it('give a forest’s change in log-odds to its features as it gives them its change in probability', () => {
    const { base, columns } = attribute(stackOf([forest], [1]), test);
    const own = attribute(forest, test);
    const predicted = predict(forest, test);
    expect(base).toBeCloseTo(-0.5 + clippedLogOdds(own.base), 12);
    predicted.forEach((p, i) => {
      const rate = (clippedLogOdds(p) - clippedLogOdds(own.base)) / (p - own.base);
      columns.forEach((column, j) => {
        expect(column[i]).toBeCloseTo(own.columns[j][i] * rate, 8);
      });
    });
  });

  it('add up where a forest is certain, or predicts its base or almost so', () => {
    const certain = stackOf([stump(0, 1)], [0.5]);
    expect(worstSum({ ...certain, features: ['a'] }, matrixOf({ a: [-1, 1] }))).toBeLessThan(1e-8);
    const same = stackOf([stump(0.25, 0.25)], [2]);
    const { columns } = attribute({ ...same, features: ['a'] }, matrixOf({ a: [-1, 1] }));
    expect(columns[0]).toEqual(Float64Array.of(0, 0));
    const near = stackOf([stump(2e-6, 2.000_001e-6)], [1]);
    expect(worstSum({ ...near, features: ['a'] }, matrixOf({ a: [-1, 1] }))).toBeLessThan(1e-9);
    const clipped = stackOf([stump(1e-7, 2e-7)], [1]);
    expect(worstSum({ ...clipped, features: ['a'] }, matrixOf({ a: [-1, 1] }))).toBeLessThan(1e-9);
  });
});

describe('attributions of a stack with a model of days', () => {
  const settings = { ...temporalConvolution.defaults, days: 16, units: 4, epochs: 2 };
  const ofDays = temporalConvolution.fit(fadingUsers(200, 1), settings, 1);
  const { history } = fadingUsers(150, 2).matrix;
  const model = stackOf([linear, ofDays], [0.6, 0.4]);

  it('add up over features and channels, and say what there was on the days', () => {
    const matrix = { ...test, history };
    expect(worstSum(model, matrix)).toBeLessThan(1e-9);
    const { names, values } = attribute(model, matrix);
    expect(names).toEqual([...test.names, 'plays', 'constant', 'days_before_first_event']);
    expect(values?.get('plays')).toHaveLength(150);
    expect(values?.has('a')).toBe(false);
  });
});
