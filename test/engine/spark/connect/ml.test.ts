import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Relation } from '../../../../src/engine/spark/connect/relation.ts';
import { connect, type SparkSession } from '../../../../src/engine/spark/connect/session.ts';
import { numbersOf } from '../../../../src/table/table.ts';
import { sparkServer } from '../../../spark/spark-server.ts';

const classification = 'org.apache.spark.ml.classification';
const evaluator = 'org.apache.spark.ml.evaluation.BinaryClassificationEvaluator';

describe.each(['newest', 'oldest'] as const)('on the %s Spark', (version) => {
  let session: SparkSession;
  let assembled: Relation;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'refrain-ml-'));
    session = await connect((await sparkServer({ version })).remote);
    await session.createTempView(
      'points',
      session.sql(
        'select id, double(id) as x, double(id % 7) as y, double(if(id * 3 % 11 + id > 50, 1, 0)) as label from range(0, 100, 1, 1)',
      ),
    );
    assembled = session.ml.transform(
      {
        name: 'org.apache.spark.ml.feature.VectorAssembler',
        params: { inputCols: ['x', 'y'], outputCol: 'features' },
      },
      session.table('points'),
    );
  });

  afterAll(async () => {
    await session?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('a regression is fitted, scored, evaluated, written, read back and deleted', async () => {
    const { ml } = session;
    const model = await ml.fit(
      `${classification}.LogisticRegression`,
      { maxIter: 20, regParam: 0.01 },
      assembled,
    );
    const weights = await ml.fetch(model, ['coefficients']);
    const bias = await ml.fetch(model, ['intercept']);
    if (!(weights instanceof Float64Array) || typeof bias !== 'number') throw new Error('no coefficients');
    expect(weights).toHaveLength(2);
    expect(await ml.fetch(model, ['coefficientMatrix'])).toEqual({ rows: 1, columns: 2, values: weights });
    expect(await ml.fetch(model, ['numFeatures'])).toBe(2);
    expect(await ml.fetch(model, ['summary', 'areaUnderROC'])).toBeGreaterThan(0.9);

    const scored = session.select(ml.transform(model, assembled), [
      ...(['id', 'x', 'y'] as const).map((column) => ({ as: column, column })),
      { as: 'scores', call: 'vector_to_array', of: [{ column: 'probability' }, { value: 'float64' }] },
    ]);
    await session.createTempView('scored', scored);
    const table = await session.collect('select x, y, scores[1] as p from scored order by id');
    const [x, y, p] = ['x', 'y', 'p'].map((name) => numbersOf(table, name));
    for (let i = 0; i < table.rows; i++) {
      expect(p[i]).toBeCloseTo(1 / (1 + Math.exp(-(bias + weights[0] * x[i] + weights[1] * y[i]))), 12);
    }

    const transformed = ml.transform(model, assembled);
    const area = await ml.evaluate(evaluator, { metricName: 'areaUnderROC' }, transformed);
    expect(area).toBeCloseTo(Number(await ml.fetch(model, ['summary', 'areaUnderROC'])), 12);

    const path = join(folder, `regression-${version}`);
    await ml.write(model, path);
    await expect(ml.write(model, path)).rejects.toThrow(/already exists/);
    await ml.write(model, path, { overwrite: true });
    const read = await ml.read(`${classification}.LogisticRegressionModel`, path);
    expect(await ml.fetch(read, ['coefficients'])).toEqual(weights);
    await ml.delete(model, read);
    await expect(ml.fetch(model, ['coefficients'])).rejects.toMatchObject({
      details: { errorClass: 'CONNECT_ML.CACHE_INVALID' },
    });
  });

  test('a forest tells of its trees, its importances and itself', async () => {
    const { ml } = session;
    const params = { numTrees: 3, maxDepth: 2, seed: 42n };
    const forest = await ml.fit(`${classification}.RandomForestClassifier`, params, assembled);
    const importances = await ml.fetch(forest, ['featureImportances']);
    if (!(importances instanceof Float64Array)) throw new Error('no importances');
    expect(importances.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(await ml.fetch(forest, ['treeWeights'])).toEqual([1, 1, 1]);
    expect(await ml.fetch(forest, ['toDebugString'])).toContain('numTrees=3');
    const trees = await ml.objects(forest, ['trees']);
    expect(trees).toHaveLength(3);
    expect(await ml.fetch(trees[0], ['depth'])).toBeLessThanOrEqual(2);
    await ml.delete(forest, ...trees);
  });

  test('methods take arguments, and some give relations', async () => {
    const { ml } = session;
    const model = await ml.fit(`${classification}.LogisticRegression`, { maxIter: 5 }, assembled);
    const accuracy = await ml.fetch(model, [{ method: 'evaluate', args: [assembled] }, 'accuracy']);
    expect(accuracy).toBe(await ml.fetch(model, ['summary', 'accuracy']));
    const roc = await session.collect(ml.relation(model, ['summary', 'roc']));
    expect(roc.names).toEqual(['FPR', 'TPR']);
    expect(roc.rows).toBeGreaterThan(10);
    await ml.delete(model);
  });

  test('what Spark ML refuses is an error with its class', async () => {
    const { ml } = session;
    await expect(ml.fit('org.example.NoSuchEstimator', {}, assembled)).rejects.toThrow(/NoSuchEstimator/);
    await expect(ml.fit(`${classification}.LogisticRegression`, { regParam: -1 }, assembled)).rejects.toThrow(
      /regParam/,
    );
    const model = await ml.fit(`${classification}.LogisticRegression`, { maxIter: 1 }, assembled);
    await expect(ml.fetch(model, ['getClass'])).rejects.toMatchObject({
      details: { errorClass: 'CONNECT_ML.ATTRIBUTE_NOT_ALLOWED' },
    });
    await ml.delete(model);
    await expect(ml.read(`${classification}.LogisticRegressionModel`, join(folder, 'none'))).rejects.toThrow(
      version === 'newest' ? /PATH_NOT_FOUND/ : /InvocationTargetException, and no message/,
    );
  });

  test('fitting is stopped by an abort', async () => {
    const many = session.ml.transform(
      {
        name: 'org.apache.spark.ml.feature.VectorAssembler',
        params: { inputCols: ['x'], outputCol: 'features' },
      },
      session.sql('select double(id) as x, double(id % 2) as label from range(0, 50000000, 1, 8)'),
    );
    const stop = new AbortController();
    const fitting = session.ml.fit(`${classification}.GBTClassifier`, { maxIter: 50 }, many, {
      signal: stop.signal,
    });
    setTimeout(() => stop.abort(), 500);
    await expect(fitting).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(await session.interrupt('all')).toEqual([]);
  });
});
