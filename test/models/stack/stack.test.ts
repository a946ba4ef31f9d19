import { describe, expect, it } from 'vitest';
import { InputError, NothingToLearnError } from '../../../src/errors.ts';
import { gradientBoosting } from '../../../src/models/gradient-boosting/learner.ts';
import { logisticRegression } from '../../../src/models/logistic-regression/learner.ts';
import type { MemberModel } from '../../../src/models/member.ts';
import { predict } from '../../../src/models/model.ts';
import { parseModel, stringifyModel } from '../../../src/models/model-json.ts';
import { randomForest } from '../../../src/models/random-forest/learner.ts';
import { fitStack } from '../../../src/models/stack/learner.ts';
import type { StackModel } from '../../../src/models/stack/model.ts';
import { head, logLoss, matrixOf, synthetic } from '../synthetic.ts';

const all = synthetic(3000, 31);
const train = head(all, 0, 1000);
const held = head(all, 1000, 2000);
const test = head(all, 2000, 3000);

const members: readonly MemberModel[] = [
  logisticRegression.fit(train, logisticRegression.defaults, 1),
  gradientBoosting.fit(train, { ...gradientBoosting.defaults, trees: 60 }, 1),
  randomForest.fit(train, { ...randomForest.defaults, trees: 20 }, 1),
];
const candidates = members.map((model) => ({ model, outOfFold: predict(model, held.matrix) }));
const stack = fitStack(candidates, held);

const constant = (share: number): MemberModel => ({
  kind: 'random-forest',
  features: ['a'],
  trees: [{ feature: [-1], threshold: [0], missing: [0], right: [0], value: [share], cover: [9] }],
});

describe('a stack', () => {
  it('predicts unseen rows at least as well as its best member', () => {
    const loss = (p: Float64Array) => logLoss(test.labels, p);
    const best = Math.min(...members.map((member) => loss(predict(member, test.matrix))));
    expect(loss(predict(stack, test.matrix))).toBeLessThan(best + 0.002);
  });

  it('has log-odds that are the weighted sum of its members', () => {
    const logit = (p: number) => Math.log(p / (1 - p));
    const clip = (p: number) => Math.min(Math.max(p, 1e-6), 1 - 1e-6);
    const parts = members.map((member) => {
      const own = predict(member, test.matrix);
      return member.kind === 'random-forest' ? own.map(clip) : own;
    });
    predict(stack, test.matrix).forEach((p, i) => {
      const sum = parts.reduce((sum, part, m) => sum + stack.coefficients[m] * logit(part[i]), 0);
      expect(logit(p)).toBeCloseTo(stack.intercept + sum, 9);
    });
  });

  it('finds its members’ features by name, whatever their order', () => {
    const { rows, names, columns } = test.matrix;
    const turned = { rows, names: names.toReversed(), columns: columns.toReversed() };
    expect(predict(stack, turned)).toEqual(predict(stack, test.matrix));
    expect(() => predict(stack, matrixOf({ a: [1] }))).toThrow(InputError);
  });

  it('is the same after JSON', () => {
    expect(parseModel(JSON.parse(stringifyModel(stack)))).toEqual(stack);
  });

  it('gives no weight to a member that always predicts the same, be it 0', () => {
    const zero = { model: constant(0), outOfFold: new Float64Array(held.labels.length) };
    const { coefficients, intercept } = fitStack([candidates[0], zero], held);
    expect(coefficients[1]).toBe(0);
    const alone = fitStack([candidates[0]], held);
    expect(coefficients[0]).toBeCloseTo(alone.coefficients[0], 12);
    expect(intercept).toBeCloseTo(alone.intercept, 12);
  });

  it('predicts with members of 0 and 1', () => {
    const model: StackModel = {
      kind: 'stack',
      features: ['a'],
      members: [constant(0), constant(1)],
      coefficients: [1, 0.5],
      intercept: 0,
    };
    const [p] = predict(model, matrixOf({ a: [1] }));
    expect(p).toBeCloseTo(1 / (1 + Math.sqrt(999_999)), 12);
  });

  it('is not fitted to predictions that are none', () => {
    const stackOf = (outOfFold: number[], labels = [0, 1, 1]) =>
      fitStack([{ model: constant(0.5), outOfFold: Float64Array.from(outOfFold) }], {
        labels: Uint8Array.from(labels),
      });
    expect(() => stackOf([0.5, 0.5])).toThrow('2 predictions of a random-forest model for 3 labels');
    expect(() => stackOf([0.5, Number.NaN, 0.5])).toThrow('row 1 is NaN; expected a probability');
    expect(() => stackOf([0.5, 0.5, 1.5])).toThrow(InputError);
    expect(() => stackOf([0.5, 0.4, 0.5], [1, 1, 1])).toThrow(NothingToLearnError);
    expect(() => fitStack([], held)).toThrow('no model to stack');
  });
});

describe('JSON that is no stack', () => {
  const json = (changes: object) => ({ ...JSON.parse(stringifyModel(stack)), ...changes });

  it.each([
    ['has too few coefficients', { coefficients: [1] }, '1 coefficients for 3 members'],
    ['has no member', { members: [], coefficients: [] }, 'members'],
    ['lacks a feature of a member', { features: ['a', 'b', 'count', 'gap'] }, 'feature "noise"'],
    ['holds another stack', { members: [stack], coefficients: [1] }, 'members'],
    ['has an infinite weight', { coefficients: [1, 2, Number.POSITIVE_INFINITY] }, 'finite'],
  ])('is refused when it %s', (_, changes, message) => {
    expect(() => parseModel(json(changes))).toThrow(message);
  });
});
