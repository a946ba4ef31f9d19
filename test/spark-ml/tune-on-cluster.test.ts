import { afterAll, beforeAll, expect, test } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { NothingToLearnError } from '../../src/errors.ts';
import { predict } from '../../src/models/model.ts';
import { fitOnCluster } from '../../src/spark-ml/fit-on-cluster.ts';
import { type ClusterTuning, tuneOnCluster } from '../../src/spark-ml/tune-on-cluster.ts';
import { logLoss, synthetic } from '../models/synthetic.ts';
import { type Cluster, exampleTable, openCluster } from './cluster.ts';

const examples = synthetic(900, 23);
const { signal } = new AbortController();

let cluster: Cluster;
let tuning: ClusterTuning;

beforeAll(async () => {
  cluster = await openCluster();
  const { session, workLocation } = cluster;
  await session.createTempView('examples', session.local(exampleTable(examples)));
  tuning = {
    session,
    view: 'examples',
    featureNames: examples.matrix.names,
    seed: 1,
    workLocation,
    folds: [
      { trainCondition: 'cutoff > 0', validationCondition: 'cutoff = 0' },
      { trainCondition: 'cutoff = 0', validationCondition: 'cutoff = 1' },
    ],
    limits: { fits: 8, isTimeUp: () => false },
  };
});

afterAll(async () => {
  await cluster?.close();
});

test('settings are chosen by the mean log loss of all validation rows', async () => {
  const { settings, trials } = await tuneOnCluster('spark-lr', tuning, silentEffects);
  const [first] = trials;
  expect(first).toMatchObject({ settings: { C: 0.03, elasticNet: 0 }, folds: 2 });
  expect(trials.length).toBeGreaterThan(2);
  const chosen = trials.find(({ state }) => state === 'chosen');
  expect(chosen?.settings).toEqual(settings);
  expect(chosen?.logLoss).toBeLessThanOrEqual(first.logLoss);
  const losses = [];
  for (const [fold, rows] of [0, 1].entries()) {
    const { trainCondition } = tuning.folds[fold];
    const model = await fitOnCluster('spark-lr', { ...tuning, settings, trainCondition }, signal);
    const predictions = predict(model, examples.matrix).filter((_, i) => i % 3 === rows);
    losses.push(
      logLoss(
        examples.labels.filter((_, i) => i % 3 === rows),
        predictions,
      ),
    );
  }
  expect(chosen?.logLoss).toBeCloseTo((losses[0] + losses[1]) / 2, 12);
});

test('tuning needs rows to validate by in every fold', async () => {
  const folds = [...tuning.folds, { trainCondition: 'cutoff > 0', validationCondition: 'false' }];
  await expect(tuneOnCluster('spark-lr', { ...tuning, folds }, silentEffects)).rejects.toThrow(
    NothingToLearnError,
  );
});
