import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { identifier } from '../../../src/engine/sql.ts';
import { EngineError, InputError, UsageError } from '../../../src/errors.ts';
import type { Matrix } from '../../../src/models/matrix.ts';
import { type Model, predict } from '../../../src/models/model.ts';
import { parseModel } from '../../../src/models/model-json.ts';
import { modelSql } from '../../../src/models/sql/model-sql.ts';
import { numbersOf } from '../../../src/table/table.ts';
import { withDuckdb } from '../../ingest/ingested.ts';
import {
  exactModels,
  identityModel,
  logarithmModels,
  logOdds,
  matrix,
  quantileModel,
  rows,
  stackWithForest,
  tableOf,
} from './cases.ts';

async function predictInSql(engine: Engine, model: Model, rows: Matrix): Promise<Float64Array> {
  await engine.createTable('scoring_rows', tableOf(rows));
  const target = { from: identifier('scoring_rows'), keep: ['row id'], engine: engine.name };
  const result = await engine.query(`${modelSql(model, target)} order by "row id"`);
  expect(result.names).toEqual(['row id', 'probability']);
  return numbersOf(result, 'probability');
}

const inDuckdb = (model: Model, rows: Matrix) => withDuckdb((engine) => predictInSql(engine, model, rows));

describe('a model as SQL in DuckDB', () => {
  test.each(exactModels)('predicts each bit of %s', async (_, model) => {
    expect(await inDuckdb(parseModel(model), rows)).toEqual(predict(model, rows));
  });

  test('predicts a stack with a forest to 1e-12', async () => {
    const expected = predict(stackWithForest, rows);
    (await inDuckdb(stackWithForest, rows)).forEach((p, i) => {
      expect(Math.abs(p - expected[i])).toBeLessThan(1e-12);
    });
  });

  test.each(logarithmModels)('predicts with %s to 1e-12', async (_, model) => {
    const expected = predict(model, rows);
    (await inDuckdb(model, rows)).forEach((p, i) => {
      expect(Math.abs(p - expected[i])).toBeLessThan(1e-12);
    });
  });

  test('has no form for scaling by quantiles', () => {
    expect(() => modelSql(quantileModel, { from: 't', keep: [], engine: 'duckdb' })).toThrow(UsageError);
  });

  test('has the logistic function of `predict` for log-odds of all sizes', async () => {
    expect(await inDuckdb(identityModel, logOdds)).toEqual(predict(identityModel, logOdds));
  });

  test('predicts from a query in parentheses and from no row', () =>
    withDuckdb(async (engine) => {
      const from = '(select 1.5 as "log-odds" where false)';
      const none = await engine.query(modelSql(identityModel, { from, keep: [], engine: 'duckdb' }));
      expect(none.rows).toBe(0);
      expect(none.names).toEqual(['probability']);
    }));

  test('takes models with thousands of terms and of trees', async () => {
    const names = Array.from({ length: 1000 }, (_, j) => `f${j}`);
    const wide: Model = {
      kind: 'logistic-regression',
      features: names,
      terms: names.map((_, feature) => ({ part: 'value', feature, median: 1, mean: 0.5, sd: 2 })),
      coefficients: names.map((_, j) => Math.sin(j)),
      intercept: 0.1,
    };
    const values = matrix(
      names,
      names.map((_, j) => [j % 7, Number.NaN, -j]),
    );
    expect(await inDuckdb(wide, values)).toEqual(predict(wide, values));
    const stump = (k: number) => ({
      feature: [k % 3, -1, -1],
      threshold: [k / 1000, 0, 0],
      missing: [k % 2, 0, 0],
      right: [2, 0, 0],
      value: [0, -1 / (k + 1), 1 / (k + 2)],
      cover: [2, 1, 1],
    });
    const many = parseModel({
      kind: 'gradient-boosting',
      features: names.slice(0, 3),
      base: 0,
      trees: Array.from({ length: 1000 }, (_, k) => stump(k)),
    });
    const few = matrix(names.slice(0, 3), [
      [0, 1, 2],
      [Number.NaN, 0.7, 1.5],
      [2.5, 0.001, Number.NaN],
    ]);
    expect(await inDuckdb(many, few)).toEqual(predict(many, few));
  });

  test('fails where predicting does: an infinite feature, log-odds that overflow', async () => {
    const infinite = matrix(['log-odds'], [[0, Number.POSITIVE_INFINITY]]);
    expect(() => predict(identityModel, infinite)).toThrow(InputError);
    await expect(inDuckdb(identityModel, infinite)).rejects.toThrow('A feature is infinite');
    const opposed: Model = {
      ...identityModel,
      terms: [identityModel.terms[0], identityModel.terms[0]],
      coefficients: [1e10, -1e10],
    };
    const huge = matrix(['log-odds'], [[1e300]]);
    expect(() => predict(opposed, huge)).toThrow('too large');
    await expect(inDuckdb(opposed, huge)).rejects.toThrow('too large to predict from');
  });

  test('fails where the relation lacks a feature', async () => {
    await expect(inDuckdb(identityModel, matrix(['other'], [[1]]))).rejects.toThrow(EngineError);
  });

  test('is refused where DuckDB would take two features for one', () => {
    const model = parseModel({ kind: 'gradient-boosting', features: ['Plays', 'plays'], base: 0, trees: [] });
    const sql = (engine: Engine['name']) => modelSql(model, { from: 't', keep: [], engine });
    expect(() => sql('duckdb')).toThrow(InputError);
    expect(() => sql('duckdb')).toThrow('"Plays" and "plays"');
    expect(() => sql('spark')).not.toThrow();
  });

  test('is refused where a column to keep has the name of the probability', () => {
    const target = { from: 't', keep: ['Probability'], engine: 'duckdb' } as const;
    expect(() => modelSql(identityModel, target)).toThrow(UsageError);
  });
});
