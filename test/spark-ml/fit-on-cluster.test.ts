import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { InputError, InterruptedError, NothingToLearnError, UsageError } from '../../src/errors.ts';
import { attribute } from '../../src/explanation/attribute.ts';
import { logisticRegression } from '../../src/models/logistic-regression/learner.ts';
import { fillTerm, fitPreparation } from '../../src/models/logistic-regression/preparation.ts';
import { type Model, predict } from '../../src/models/model.ts';
import { parseModel } from '../../src/models/model-json.ts';
import { type ClusterFit, fitOnCluster } from '../../src/spark-ml/fit-on-cluster.ts';
import { type ClusterLearnerName, clusterLearners } from '../../src/spark-ml/learners.ts';
import { type Column, numbersOf } from '../../src/table/table.ts';
import { synthetic } from '../models/synthetic.ts';
import { type Cluster, exampleTable, openCluster, trainingPart } from './cluster.ts';

const examples = synthetic(3000, 17);
const { signal } = new AbortController();
const names = Object.keys(clusterLearners) as ClusterLearnerName[];

const settings: Readonly<Record<ClusterLearnerName, Readonly<Record<string, unknown>>>> = {
  'spark-lr': { classWeight: 'balanced' },
  'spark-rf': { trees: 5, maxDepth: 6, minSamplesLeaf: 3, classWeight: 'balanced' },
  'spark-gbt': { trees: 4, maxDepth: 3, classWeight: 'balanced' },
  'spark-mlp': { hidden: [4, 3], maxIterations: 15 },
};

/** What Spark's own model gives for every example, from terms that are prepared here. */
async function fitBoth(
  { session }: Cluster,
  fit: ClusterFit,
  name: ClusterLearnerName,
): Promise<{ model: Model; spark: Float64Array }> {
  const fitted = vi.spyOn(session.ml, 'fit');
  const deleted = vi.spyOn(session.ml, 'delete').mockImplementation(async () => {});
  const model = await fitOnCluster(name, fit, signal);
  const handle = await fitted.mock.results[0].value;
  expect(deleted).toHaveBeenCalledWith(handle);
  vi.restoreAllMocks();
  const standardised = name === 'spark-lr' || name === 'spark-mlp';
  const input = session.ml.transform(
    {
      name: 'org.apache.spark.ml.feature.VectorAssembler',
      params: { inputCols: termNames(), outputCol: 'features' },
    },
    session.local(termTable(standardised)),
  );
  const columns = session.select(session.ml.transform(handle, input), [
    { as: 'id', column: 'id' },
    { as: 'p', call: 'vector_to_array', of: [{ column: 'probability' }, { value: 'float64' }] },
  ]);
  const rows = await session.collect(session.sql('select p[1] as p from t order by id', {}, { t: columns }));
  await session.ml.delete(handle);
  return { model, spark: numbersOf(rows, 'p') };
}

const terms = fitPreparation(trainingPart(examples).matrix.columns);
const termNames = () => terms.map((_, k) => `t${k}`);

function termTable(standardised: boolean) {
  const { rows, columns } = examples.matrix;
  const always = new Uint8Array(rows).fill(1);
  const values = terms.map((term): Column => {
    const values = new Float64Array(rows);
    const scale = standardised ? term : { ...term, mean: 0, sd: 1 };
    fillTerm(scale, columns[term.feature], 0, rows, values, 0);
    return { type: 'float64', values, valid: always };
  });
  const id: Column = { type: 'float64', values: Float64Array.from(always.keys()), valid: always };
  return { rows, names: ['id', ...termNames()], columns: [id, ...values] };
}
/** What the older protocol gives back differs for coefficients and for trees. */
const oldestNames = ['spark-lr', 'spark-gbt'] as const;

describe.each(['newest', 'oldest'] as const)('on the %s Spark', (version) => {
  let cluster: Cluster;
  let rows: Omit<ClusterFit, 'settings'>;

  beforeAll(async () => {
    ({ cluster, rows } = await openRows(version));
  });

  afterAll(async () => {
    await cluster?.close();
  });

  test.each(version === 'newest' ? names : oldestNames)(
    'the model of %s predicts as Spark itself does',
    async (name) => {
      const { model, spark } = await fitBoth(cluster, { ...rows, settings: settings[name] }, name);
      const own = predict(parseModel(JSON.parse(JSON.stringify(model))), examples.matrix);
      expect(spark.length).toBe(examples.matrix.rows);
      expect(new Set(own).size).toBeGreaterThan(10);
      own.forEach((p, i) => {
        expect(Math.abs(p - spark[i])).toBeLessThan(1e-9);
      });
    },
  );
});

describe('fitting on the cluster', () => {
  let cluster: Cluster;
  let rows: Omit<ClusterFit, 'settings'>;

  beforeAll(async () => {
    ({ cluster, rows } = await openRows('newest'));
  });

  afterAll(async () => {
    await cluster?.close();
  });

  test('gives the same model for the same rows and seed in any layout and order, and another for another seed', async () => {
    await cluster.session.execute(
      'create or replace temporary view shuffled as select /*+ REPARTITION(7) */ * from examples order by gap, noise',
    );
    const fit = { ...rows, settings: { trees: 3, maxDepth: 4, classWeight: 'balanced' } };
    const model = await fitOnCluster('spark-rf', fit, signal);
    expect(await fitOnCluster('spark-rf', { ...fit, view: 'shuffled' }, signal)).toEqual(model);
    expect(await fitOnCluster('spark-rf', { ...fit, seed: 6 }, signal)).not.toEqual(model);
  });

  test('gives with spark-lr the model of our own logistic regression', async () => {
    for (const classWeight of ['none', 'balanced'] as const) {
      const model = await fitOnCluster('spark-lr', { ...rows, settings: { C: 0.5, classWeight } }, signal);
      const own = logisticRegression.fit(trainingPart(examples), { C: 0.5, classWeight }, 1);
      const expected = predict(own, examples.matrix);
      predict(model, examples.matrix).forEach((p, i) => {
        expect(Math.abs(p - expected[i])).toBeLessThan(1e-5);
      });
    }
  });

  test('gives models that are explained as any other', async () => {
    const model = await fitOnCluster('spark-gbt', { ...rows, settings: { trees: 3, maxDepth: 2 } }, signal);
    const { unit, base, columns } = attribute(model, examples.matrix);
    expect(unit).toBe('log-odds');
    predict(model, examples.matrix).forEach((p, i) => {
      const sum = columns.reduce((total, column) => total + column[i], base);
      expect(sum).toBeCloseTo(Math.log(p / (1 - p)), 9);
    });
  });

  test('forgets the cached rows and the model', async () => {
    const { session } = cluster;
    const fitted = vi.spyOn(session.ml, 'fit');
    await fitOnCluster('spark-lr', rows, signal);
    const handle = await fitted.mock.results[0].value;
    vi.restoreAllMocks();
    await expect(session.ml.fetch(handle, ['intercept'])).rejects.toThrow();
    const views = await session.collect("show views like 'training_*'");
    expect(views.rows).toBe(0);
  });

  test('learns from a relation and features with hostile names', async () => {
    const name = 'it\'s a "b" `c`';
    await cluster.session.execute(
      `create or replace temporary view \`my rows\` as select *, a as \`${name.replaceAll('`', '``')}\` from examples`,
    );
    const fit = { ...rows, view: '"my rows"', featureNames: [name] };
    const model = await fitOnCluster('spark-lr', fit, signal);
    const same = await fitOnCluster('spark-lr', { ...rows, featureNames: ['a'] }, signal);
    expect(model).toEqual({ ...same, features: [name] });
  });

  test('refuses what no learner can learn from', async () => {
    const fails = (changes: Partial<ClusterFit>) => fitOnCluster('spark-lr', { ...rows, ...changes }, signal);
    await expect(fails({ trainCondition: 'false' })).rejects.toThrow('There is no example to learn from');
    await expect(fails({ trainCondition: 'lost = 1' })).rejects.toThrow(NothingToLearnError);
    await expect(fails({ trainCondition: 'gap is null', featureNames: ['gap'] })).rejects.toThrow(
      'None of the 1 features varies',
    );
    const view = (sql: string) => `(select * except (lost, a), ${sql} from examples)`;
    await expect(fails({ view: view('2 as lost, a') })).rejects.toThrow(InputError);
    await expect(
      fails({ view: view("lost, case when b > 1 then cast('-Infinity' as double) else a end as a") }),
    ).rejects.toThrow('"a" is infinite');
    await expect(fails({ settings: { C: -1 } })).rejects.toThrow(UsageError);
    await expect(fails({ settings: { depth: 3 } })).rejects.toThrow('depth');
  });

  test('stops when it is told to', async () => {
    const controller = new AbortController();
    const fit = fitOnCluster('spark-rf', { ...rows, settings: { trees: 2000 } }, controller.signal);
    setTimeout(() => controller.abort(), 1000);
    await expect(fit).rejects.toThrow(InterruptedError);
  });
});

async function openRows(
  version: 'newest' | 'oldest',
): Promise<{ cluster: Cluster; rows: Omit<ClusterFit, 'settings'> }> {
  const cluster = await openCluster(version);
  const { session, workLocation } = cluster;
  await session.createTempView('examples', session.local(exampleTable(examples)));
  await session.execute('cache table examples');
  const rows = {
    session,
    view: 'examples',
    featureNames: examples.matrix.names,
    trainCondition: 'cutoff < 2',
    seed: 5,
    workLocation,
  };
  return { cluster, rows };
}
