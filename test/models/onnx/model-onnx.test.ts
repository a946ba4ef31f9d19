import { beforeAll, describe, expect, it } from 'vitest';
import { InputError, UsageError } from '../../../src/errors.ts';
import { withSettings } from '../../../src/models/learners.ts';
import type { Examples, Matrix } from '../../../src/models/matrix.ts';
import { type Model, predict } from '../../../src/models/model.ts';
import { modelOnnx } from '../../../src/models/onnx/model-onnx.ts';
import { fitPrepared } from '../../../src/models/preparation/fit-prepared.ts';
import { defaultPreparation, type PreparationSettings } from '../../../src/models/preparation/settings.ts';
import { fitStack } from '../../../src/models/stack/learner.ts';
import { exactModels, rows, stackWithForest } from '../sql/cases.ts';
import { synthetic } from '../synthetic.ts';
import { runOnnx } from './onnxruntime.ts';

const notes = { version: '0', description: 'a test', metadata: {} };

/** Rows with a category, whose levels are in another order than a model's and one of which no model knows. */
const table = withPlan(synthetic(600, 11), ['gold', 'basic', 'free']);
const fresh = withPlan(synthetic(400, 12), ['free', 'never seen', 'gold', 'basic']).matrix;

const prepared = (
  learner: 'logistic-regression' | 'gradient-boosting',
  changes: Partial<PreparationSettings>,
) => {
  const settings = learner === 'gradient-boosting' ? { trees: 8 } : {};
  return fitPrepared(
    table,
    { ...withSettings(learner, settings), seed: 1 },
    { ...defaultPreparation, ...changes },
  );
};
const oneHot = prepared('logistic-regression', { scale: 'yeo-johnson', impute: 'median', encode: 'one-hot' });
const target = prepared('gradient-boosting', { scale: 'log', encode: 'target' });
const native = prepared('gradient-boosting', { scale: 'robust', encode: 'native' });

const constant: Model = {
  kind: 'gradient-boosting',
  features: ['a'],
  base: -1.5,
  trees: [{ feature: [-1], threshold: [0], missing: [0], right: [0], value: [0.25], cover: [9] }],
};

const cases: readonly (readonly [string, Model, Matrix])[] = [
  ...exactModels.map(([name, model]) => [name, model, rows] as const),
  ['a stack with a forest', stackWithForest, rows],
  ['one-hot columns and powers', oneHot, fresh],
  ['rates of levels and logarithms', target, fresh],
  ['levels that trees test themselves', native, fresh],
  ['a stack of prepared models', stackOf([oneHot, target, native]), fresh],
  ['a tree of one leaf', constant, fresh],
  ['no tree', { ...constant, trees: [] }, fresh],
  [
    'no term',
    { kind: 'logistic-regression', features: ['a'], terms: [], coefficients: [], intercept: 2 },
    fresh,
  ],
];

describe('a model in ONNX', () => {
  let predicted: readonly Float64Array[];
  beforeAll(async () => {
    predicted = await runOnnx(cases.map(([, model, rows]) => ({ onnx: modelOnnx(model, notes), rows })));
  });

  it.each(cases.map(([name], k) => [name, k] as const))('predicts in ONNX Runtime with %s', (_, k) => {
    const [, model, rows] = cases[k];
    const expected = predict(model, rows);
    expect(predicted[k]).toHaveLength(rows.rows);
    const worst = expected.reduce((most, p, i) => Math.max(most, Math.abs(p - predicted[k][i])), 0);
    expect(worst).toBeLessThan(1e-12);
  });

  it('is the same bytes for the same model', () => {
    for (const [, model] of cases)
      expect(modelOnnx(model, notes)).toEqual(modelOnnx(structuredClone(model), notes));
  });
});

describe('what ONNX has no form for', () => {
  it('is refused', () => {
    const quantiles = prepared('logistic-regression', { scale: 'quantile-normal' });
    expect(() => modelOnnx(quantiles, notes)).toThrow(UsageError);
    expect(() => modelOnnx({ ...constant, features: [] }, notes)).toThrow('without features');
  });

  it('is a stack whose members disagree on a feature', () => {
    const number: Model = { ...constant, features: ['plan'] };
    const stack: Model = {
      ...{ kind: 'stack', features: [...native.features], coefficients: [1, 1], intercept: 0 },
      members: [native, number],
    };
    expect(() => modelOnnx(stack, notes)).toThrow(InputError);
  });
});

function withPlan(
  { matrix: { rows, names, columns }, labels, groups }: Examples,
  levels: readonly string[],
): Examples {
  const plan = Float64Array.from({ length: rows }, (_, i) =>
    i % 7 === 0 ? Number.NaN : (i * 5) % levels.length,
  );
  return {
    matrix: {
      rows,
      names: [...names, 'plan'],
      columns: [...columns, plan],
      levels: [...names.map(() => undefined), levels],
    },
    labels,
    groups,
  };
}

function stackOf(members: Parameters<typeof fitStack>[0][number]['model'][]): Model {
  return fitStack(
    members.map((model) => ({ model, outOfFold: predict(model, table.matrix) })),
    table,
  );
}
