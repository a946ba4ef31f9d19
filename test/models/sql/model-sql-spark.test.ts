import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type SparkSession } from '../../../src/engine/spark/connect/session.ts';
import { sparkSql } from '../../../src/engine/spark/spark-sql.ts';
import type { Matrix } from '../../../src/models/matrix.ts';
import { type Model, predict } from '../../../src/models/model.ts';
import { modelSql } from '../../../src/models/sql/model-sql.ts';
import { numbersOf } from '../../../src/table/table.ts';
import { sparkServer } from '../../spark/spark-server.ts';
import { exactModels, identityModel, logOdds, matrix, rows, stackWithForest, tableOf } from './cases.ts';

const few = /logistic|deep|perceptron/;

describe.each(['newest', 'oldest'] as const)('a model as SQL in the %s Spark', (version) => {
  let session: SparkSession;

  beforeAll(async () => {
    session = await connect((await sparkServer({ version })).remote);
    await session.setConfig({ 'spark.sql.ansi.enabled': 'true', 'spark.sql.caseSensitive': 'true' });
    await session.createTempView('scoring_rows', session.local(tableOf(rows)));
    await session.execute('cache table scoring_rows');
  });

  afterAll(async () => {
    await session?.close();
  });

  async function predictInSpark(model: Model, rows?: Matrix): Promise<Float64Array> {
    if (rows !== undefined) await session.createTempView('others', session.local(tableOf(rows)));
    const from = rows === undefined ? 'scoring_rows' : 'others';
    const sql = `${modelSql(model, { from, keep: ['row id'], engine: 'spark' })} order by "row id"`;
    return numbersOf(await session.collect(sparkSql(sql)), 'probability');
  }

  // What could differ between versions is in three of them; the rest take their time to plan.
  const models = version === 'newest' ? exactModels : exactModels.filter(([name]) => few.test(name));

  test.each(models)('predicts each bit of %s', async (_, model) => {
    expect(await predictInSpark(model)).toEqual(predict(model, rows));
  });

  test('predicts a stack with a forest to 1e-12', async () => {
    const expected = predict(stackWithForest, rows);
    (await predictInSpark(stackWithForest)).forEach((p, i) => {
      expect(Math.abs(p - expected[i])).toBeLessThan(1e-12);
    });
  });

  test('has the logistic function of `predict` for log-odds of all sizes', async () => {
    expect(await predictInSpark(identityModel, logOdds)).toEqual(predict(identityModel, logOdds));
  });

  test('fails where predicting does', async () => {
    const infinite = matrix(['log-odds'], [[0, Number.POSITIVE_INFINITY]]);
    await expect(predictInSpark(identityModel, infinite)).rejects.toThrow('A feature is infinite');
  });
});
