import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { gradientBoosting } from '../../src/models/gradient-boosting/learner.ts';
import { logisticRegression } from '../../src/models/logistic-regression/learner.ts';
import { type Model, predict } from '../../src/models/model.ts';
import { parseModel, stringifyModel } from '../../src/models/model-json.ts';
import { randomForest } from '../../src/models/random-forest/learner.ts';
import { synthetic } from './synthetic.ts';

const examples = synthetic(300, 9);
const models: Model[] = [
  logisticRegression.fit(examples, logisticRegression.defaults, 1),
  randomForest.fit(examples, { ...randomForest.defaults, trees: 4 }, 1),
  gradientBoosting.fit(examples, { ...gradientBoosting.defaults, trees: 6 }, 1),
];

describe.each(models)('a $kind model', (model) => {
  it('comes back from JSON as it was', () => {
    const back = parseModel(JSON.parse(stringifyModel(model)));
    expect(back).toEqual(model);
    expect(predict(back, examples.matrix)).toEqual(predict(model, examples.matrix));
  });

  it('is the same text whatever the order of its keys', () => {
    const reversed = Object.fromEntries(Object.entries(model).toReversed());
    expect(stringifyModel(parseModel(reversed))).toBe(stringifyModel(model));
  });

  it('is refused with a key that no model has', () => {
    expect(() => parseModel({ ...model, code: 'process.exit()' })).toThrow(/code/);
  });

  it('is refused with a key that reaches for a prototype', () => {
    const text = stringifyModel(model);
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      const hostile = JSON.parse(text.replace('{', `{"${key}":{"polluted":true},`));
      expect(() => parseModel(hostile)).toThrow(InputError);
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('is refused with a feature that stands twice', () => {
    expect(() => parseModel({ ...model, features: ['a', 'a', 'b', 'c', 'd'] })).toThrow(/twice/);
  });

  it('is refused with fewer features than it uses', () => {
    expect(() => parseModel({ ...model, features: ['a'] })).toThrow(InputError);
  });
});

const [linear, forest, boosting] = models.map((model) => JSON.parse(stringifyModel(model)));

/** A copy of JSON with one place set: `path` is of keys and indices. */
function altered(json: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(json);
  const keys = path.split('.');
  let at: unknown = copy;
  for (const key of keys.slice(0, -1)) at = Reflect.get(Object(at), key);
  Reflect.set(Object(at), keys[keys.length - 1], value);
  return copy;
}

describe('parseModel', () => {
  it.each([null, undefined, 3, 'model', [], {}, { kind: 'neural-network' }, { kind: '__proto__' }])(
    'refuses %j',
    (json) => {
      expect(() => parseModel(json)).toThrow(InputError);
    },
  );

  it.each<[string, unknown]>([
    ['intercept', Number.NaN],
    ['intercept', '0'],
    ['coefficients.0', null],
    ['coefficients', [1]],
    ['terms.0.sd', 0],
    ['terms.0.sd', -1],
    ['terms.0.feature', 5],
    ['terms.0.feature', -1],
    ['terms.0.feature', 0.5],
    ['terms.0.part', 'other'],
    ['terms.0.mean', Number.POSITIVE_INFINITY],
  ])('refuses a linear model whose %s is %j', (path, value) => {
    expect(() => parseModel(altered(linear, path, value))).toThrow(InputError);
  });

  it.each<[string, unknown]>([
    ['trees.0.threshold.0', null],
    ['trees.0.threshold.0', Number.POSITIVE_INFINITY],
    ['trees.0.threshold.0', Number.NaN],
    ['trees.0.feature.0', 5],
    ['trees.0.feature.0', '0'],
    ['trees.0.right.0', 0],
    ['trees.0.right.0', 1e9],
    ['trees.0.right.0', -1],
    ['trees.0.missing.0', 2],
    ['trees.0.cover.0', 0],
    ['trees.0.cover', []],
    ['trees.0.value', [Number.NaN]],
    ['trees.0', {}],
    ['trees', 'none'],
    ['features.0', ''],
    ['features.0', 7],
  ])('refuses trees whose %s is %j', (path, value) => {
    expect(() => parseModel(altered(forest, path, value))).toThrow(InputError);
    expect(() => parseModel(altered(boosting, path, value))).toThrow(InputError);
  });

  it('refuses sparse arrays', () => {
    const length = boosting.trees[0].value.length;
    expect(() => parseModel(altered(boosting, 'trees.0.value', new Array(length)))).toThrow(InputError);
  });

  it('refuses a forest that predicts no probability', () => {
    const { value } = forest.trees[0];
    const leaf = value.findIndex((x: number) => x > 0);
    expect(() => parseModel(altered(forest, `trees.0.value.${leaf}`, 1.5))).toThrow(/not a probability/);
    expect(() => parseModel(altered(forest, 'trees', []))).toThrow(InputError);
  });

  it('takes a boosting model without trees, which predicts the base rate', () => {
    const model = parseModel(altered(boosting, 'trees', []));
    expect(new Set(predict(model, examples.matrix)).size).toBe(1);
  });

  it('says where the mistake is', () => {
    expect(() => parseModel(altered(boosting, 'trees.3.missing.0', 9))).toThrow(
      /tree 3: node 0 sends a missing/,
    );
  });
});
