import { describe, expect, it } from 'vitest';
import { InputError, NothingToLearnError, UsageError } from '../../../src/errors.ts';
import { attribute } from '../../../src/explanation/attribute.ts';
import { withSettings } from '../../../src/models/learners.ts';
import type { Examples, Matrix } from '../../../src/models/matrix.ts';
import { predict } from '../../../src/models/model.ts';
import { parseModel, stringifyModel } from '../../../src/models/model-json.ts';
import { fitPreparation } from '../../../src/models/preparation/fit-preparation.ts';
import { fitPrepared } from '../../../src/models/preparation/fit-prepared.ts';
import { uniqueNames } from '../../../src/models/preparation/names.ts';
import { prepare } from '../../../src/models/preparation/preparation.ts';
import { defaultPreparation } from '../../../src/models/preparation/settings.ts';
import { createRandom } from '../../../src/random.ts';
import { matrixOf } from '../synthetic.ts';

const nan = Number.NaN;

function withLevels(
  columns: Record<string, number[]>,
  levels: Record<string, string[]>,
  labels: number[],
): Examples {
  const matrix = matrixOf(columns);
  return {
    matrix: { ...matrix, levels: matrix.names.map((name) => levels[name]) },
    labels: Uint8Array.from(labels),
    groups: Int32Array.from(labels.keys()),
  };
}

const small = withLevels(
  { age: [20, 30, nan, 50], city: [0, 2, 0, nan], plan: [1, 0, 1, 0] },
  { city: ['Bern', 'Genf', 'Zug'], plan: ['free', 'paid'] },
  [0, 1, 0, 1],
);

function prepared(examples: Examples, changes = {}) {
  return fitPreparation(examples, { ...defaultPreparation, ...changes }, 1);
}

function table({ names, columns }: Matrix): Record<string, number[]> {
  return Object.fromEntries(names.map((name, j) => [name, [...columns[j]]]));
}

describe('a preparation', () => {
  it('leaves numbers as they are, and gives a category a column a level that the rows have', () => {
    const { preparation, examples } = prepared(small);
    expect(table(examples.matrix)).toEqual({
      age: [20, 30, nan, 50],
      'city = Bern': [1, 0, 1, 0],
      'city = Zug': [0, 1, 0, 0],
      'city is missing': [0, 0, 0, 1],
      'plan = paid': [1, 0, 1, 0],
    });
    expect(prepare(preparation, small.matrix)).toEqual(examples.matrix);
  });

  it('finds levels by their text, and a level that it does not know in no column', () => {
    const { preparation } = prepared(small);
    const other = withLevels(
      { plan: [0, 1], city: [1, 0], age: [1, nan], more: [7, 7] },
      { plan: ['paid', 'trial'], city: ['Basel', 'Zug'] },
      [0, 1],
    );
    expect(table(prepare(preparation, other.matrix))).toEqual({
      age: [1, nan],
      'city = Bern': [0, 0],
      'city = Zug': [1, 0],
      'city is missing': [0, 0],
      'plan = paid': [1, 0],
    });
  });

  it('imputes before it scales, with an indicator', () => {
    const { examples } = prepared(small, { impute: 'median', scale: 'min-max' });
    expect(table(examples.matrix)).toMatchObject({
      age: [0, 1 / 3, 1 / 3, 1],
      'age is missing': [0, 0, 1, 0],
    });
    expect(table(prepared(small, { impute: 'zero' }).examples.matrix)).toMatchObject({
      age: [20, 30, 0, 50],
    });
    const [mean] = prepared(small, { impute: 'mean' }).preparation.columns;
    expect(mean).toMatchObject({ part: 'value', fill: expect.closeTo(100 / 3, 12) });
  });

  it('hands categories on to a learner that takes them, but for those of many levels', () => {
    const { preparation, examples } = prepared(small, { takesCategories: true, maxLevels: 2 });
    expect(examples.matrix.names).toEqual(['age', 'city', 'plan']);
    expect(examples.matrix.levels).toEqual([undefined, ['Bern', 'Zug'], ['free', 'paid']]);
    const unknown = withLevels(
      { age: [1], city: [0], plan: [1] },
      { city: ['Rom'], plan: ['x', 'free'] },
      [0],
    );
    expect(table(prepare(preparation, unknown.matrix))).toEqual({ age: [1], city: [nan], plan: [0] });
    const many = prepared(small, { takesCategories: true, maxLevels: 1 }).examples.matrix;
    expect([many.names, many.levels]).toEqual([['age', 'rate of city', 'rate of plan'], undefined]);
  });

  it('drops columns that say nothing, or the same as another, and says why', () => {
    const examples = withLevels(
      {
        x: [1, 2, 3, 5],
        empty: [nan, nan, nan, nan],
        same: [4, 4, 4, 4],
        sometimes: [4, nan, 4, 4],
        twin: [1, 2, 3, 5],
        near: [-2, -4, -6, -10.1],
      },
      {},
      [0, 1, 0, 1],
    );
    const dropped = (changes = {}) => prepared(examples, changes).preparation.dropped;
    expect(dropped()).toEqual([
      { name: 'empty', reason: 'empty' },
      { name: 'same', reason: 'constant' },
      { name: 'twin', reason: 'duplicate', of: 'x' },
    ]);
    expect(dropped({ maxCorrelation: 0.99 })).toContainEqual({ name: 'near', reason: 'correlated', of: 'x' });
  });

  it('drops a category in which nearly every row has its own level, and keeps one of many levels as rates', () => {
    const rows = 2000;
    const random = createRandom(5);
    const labels = Array.from({ length: rows }, (_, i) => (i % 7 === 0 ? 1 : 0));
    const examples = withLevels(
      {
        id: Array.from({ length: rows }, (_, i) => i),
        zip: Array.from({ length: rows }, () => random.integer(300)),
        x: Array.from({ length: rows }, () => random.float()),
      },
      {
        id: Array.from({ length: rows }, (_, i) => `user ${i}`),
        zip: Array.from({ length: 300 }, (_, i) => `zip ${i}`),
      },
      labels,
    );
    const { preparation, examples: training } = prepared(examples);
    expect(preparation.dropped).toEqual([{ name: 'id', reason: 'identifier' }]);
    expect(training.matrix.names).toEqual(['rate of zip', 'x']);
    // Every level is noise: a rate that had seen its own label would tell it.
    const rates = training.matrix.columns[0];
    const meanOf = (label: number) => {
      const own = rates.filter((_, i) => labels[i] === label);
      return own.reduce((sum, x) => sum + x, 0) / own.length;
    };
    expect(Math.abs(meanOf(1) - meanOf(0))).toBeLessThan(0.01);
    const served = prepare(preparation, examples.matrix).columns[0];
    expect(served).not.toEqual(rates);
  });

  it('needs a column that tells rows apart', () => {
    const examples = withLevels({ a: [1, 1], b: [nan, nan] }, {}, [0, 1]);
    expect(() => prepared(examples)).toThrow(NothingToLearnError);
    expect(() => prepared(examples)).toThrow(/"a" is constant, "b" is empty/);
  });

  it('says which column is absent, infinite, or of another kind', () => {
    const { preparation } = prepared(small);
    const numbers = { age: [1], city: [1], plan: [1] };
    expect(() => prepare(preparation, matrixOf({ age: [1] }))).toThrow(/"city"/);
    expect(() => prepare(preparation, matrixOf(numbers))).toThrow(
      /"city" holds numbers; the model was trained on categories/,
    );
    const infinite = withLevels(
      { ...numbers, age: [Number.POSITIVE_INFINITY] },
      { city: ['a', 'b'], plan: ['a', 'b'] },
      [0],
    );
    expect(() => prepare(preparation, infinite.matrix)).toThrow(InputError);
  });

  it('gives columns names of their own, however alike they are', () => {
    expect(uniqueNames(['a', 'b', 'a', 'a #2', 'a'])).toEqual(['a', 'b', 'a #2', 'a #2 #2', 'a #3']);
    const [long, other] = uniqueNames(['x'.repeat(5000), 'x'.repeat(5001)]);
    expect([long.length, other.length]).toEqual([200, 203]);
  });
});

describe('a model with its preparation', () => {
  const random = createRandom(8);
  const rows = 400;
  const examples = withLevels(
    {
      'say "x"\n, y': Array.from({ length: rows }, () => Math.exp(3 * random.float())),
      city: Array.from({ length: rows }, () => random.integer(40)),
      plan: Array.from({ length: rows }, (_, i) => (i % 9 === 0 ? nan : i % 3)),
    },
    { city: Array.from({ length: 40 }, (_, i) => `c${i}`), plan: ['a', 'b', 'c'] },
    Array.from({ length: rows }, (_, i) => (i % 3 === 0 || i % 7 === 0 ? 1 : 0)),
  );
  const settings = { ...defaultPreparation, scale: 'yeo-johnson', impute: 'median' } as const;
  const fitted = (name: 'logistic-regression' | 'random-forest', changes = {}) =>
    fitPrepared(examples, { ...withSettings(name), seed: 1 }, { ...settings, ...changes });

  it.each([
    ['logistic-regression', {}],
    ['logistic-regression', { scale: 'quantile-normal', encode: 'target' }],
    ['random-forest', { takesCategories: true }],
  ] as const)(
    'of %s %j is the same after JSON, and explains itself by the columns of the table',
    (name, changes) => {
      const model = fitted(name, changes);
      expect(parseModel(JSON.parse(stringifyModel(model)))).toEqual(model);
      expect(model.features).toEqual(examples.matrix.names);
      const { unit, base, names, columns } = attribute(model, examples.matrix);
      expect(names).toEqual(examples.matrix.names);
      const probabilities = predict(model, examples.matrix);
      columns
        .reduce((sum, column) => sum.map((x, i) => x + column[i]), new Float64Array(rows).fill(base))
        .forEach((x, i) => {
          expect(unit === 'log-odds' ? 1 / (1 + Math.exp(-x)) : x).toBeCloseTo(probabilities[i], 9);
        });
    },
  );

  it('is refused with settings that there are not', () => {
    expect(() => fitted('logistic-regression', { maxLevels: 1, scal: 'log' })).toThrow(UsageError);
  });

  it.each([
    ['an input twice', (p) => ({ ...p, inputs: [p.inputs[0], p.inputs[0], p.inputs[2]] })],
    [
      'a column of no input',
      (p) => ({ ...p, columns: [{ ...p.columns[0], input: 9 }, ...p.columns.slice(1)] }),
    ],
    [
      'a number for a category',
      (p) => ({ ...p, columns: [{ ...p.columns[0], input: 2 }, ...p.columns.slice(1)] }),
    ],
    ['a missing column', (p) => ({ ...p, columns: p.columns.slice(1) })],
    [
      'a fill that is no number',
      (p) => ({ ...p, columns: [{ ...p.columns[0], fill: 'x' }, ...p.columns.slice(1)] }),
    ],
    ['rates without levels', (p) => ({ ...p, inputs: p.inputs.map(({ name }) => ({ name })) })],
  ] satisfies [string, (p: ReturnType<typeof fitted>['preparation']) => unknown][])(
    'is refused from JSON with %s',
    (_, broken) => {
      const model = fitted('logistic-regression');
      expect(() => parseModel({ ...model, preparation: broken(model.preparation) })).toThrow(InputError);
    },
  );
});
