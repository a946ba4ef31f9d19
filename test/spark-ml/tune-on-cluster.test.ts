import { afterAll, beforeAll, expect, test } from 'vitest';
import { NothingToLearnError, UsageError } from '../../src/errors.ts';
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
    grid: [{ C: 1e-6 }, { C: 0.3 }, { C: 0.3, maxIterations: 500 }],
  };
});

afterAll(async () => {
  await cluster?.close();
});

test('the candidate with the least log loss on all validation rows is chosen, of equals the first', async () => {
  const { settings, trials } = await tuneOnCluster('spark-lr', tuning, signal);
  expect(settings).toBe(trials[1].settings);
  expect(settings).toMatchObject({ C: 0.3, classWeight: 'none' });
  expect(trials[2].logLoss).toBe(trials[1].logLoss);
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
  expect(trials[1].logLoss).toBeCloseTo((losses[0] + losses[1]) / 2, 12);
});

test('tuning needs candidates, folds, and rows to validate by', async () => {
  const tune = (changes: Partial<ClusterTuning>) =>
    tuneOnCluster('spark-lr', { ...tuning, ...changes }, signal);
  await expect(tune({ folds: [] })).rejects.toThrow(UsageError);
  await expect(tune({ grid: [] })).rejects.toThrow('at least one candidate');
  await expect(tune({ grid: [{ C: 'much' }] })).rejects.toThrow('spark-lr');
  const folds = [{ trainCondition: 'cutoff > 0', validationCondition: 'false' }];
  await expect(tune({ folds, grid: [{}] })).rejects.toThrow(NothingToLearnError);
});
