import { sparkSql } from '../engine/spark/spark-sql.ts';
import { identifier } from '../engine/sql.ts';
import { InputError, NothingToLearnError, UsageError } from '../errors.ts';
import type { Model } from '../models/model.ts';
import { modelSql, PROBABILITY } from '../models/sql/model-sql.ts';
import { numbersOf } from '../table/table.ts';
import type { ClusterFit } from './fit-on-cluster.ts';
import type { Settings } from './learner.ts';
import { type ClusterLearnerName, clusterLearners } from './learners.ts';
import { type ClusterRows, keyOf } from './training-rows.ts';
import { withTrainingSet } from './training-set.ts';

/** Which rows a fold's fit learns from and which it is judged by, as SQL about the relation's columns. */
interface ConditionFold {
  readonly trainCondition: string;
  readonly validationCondition: string;
}

export interface ClusterTuning extends Omit<ClusterFit, 'trainCondition' | 'settings'> {
  /** No row of a user, and no outcome later than a row's cutoff, may stand on both sides of a fold. */
  readonly folds: readonly ConditionFold[];
  /** In place of the learner's own grid. */
  readonly grid?: readonly Settings[];
}

export interface Tuned {
  readonly settings: Settings;
  /** One for each candidate, in the grid's order. */
  readonly trials: readonly Trial[];
}

interface Trial {
  readonly settings: Settings;
  /** Mean over the validation rows of all folds, in nats. */
  readonly logLoss: number;
}

/** Fits every candidate on every fold and chooses the one with the least log loss on validation rows; of equals the first. */
export async function tuneOnCluster(
  name: ClusterLearnerName,
  tuning: ClusterTuning,
  signal: AbortSignal,
): Promise<Tuned> {
  const learner = clusterLearners[name];
  const { grid = learner.grid, folds, seed, workLocation, ...shared } = tuning;
  const candidates = grid.map((settings) => ({ ...learner.defaults, ...settings }));
  if (candidates.length === 0 || folds.length === 0) {
    throw new UsageError(`Tuning ${name} needs at least one candidate and one fold.`);
  }
  const losses = candidates.map(() => ({ sum: 0, rows: 0 }));
  for (const { trainCondition, validationCondition } of folds) {
    const rows: ClusterRows = { ...shared, trainCondition };
    await withTrainingSet(rows, signal, async (training) => {
      for (const [k, settings] of candidates.entries()) {
        const model = await learner.fit(training, settings, { seed, workLocation, signal });
        const { sum, count } = await lossOn(model, rows, validationCondition, signal);
        losses[k] = { sum: losses[k].sum + sum, rows: losses[k].rows + count };
      }
    });
  }
  const trials = candidates.map((settings, k) => ({ settings, logLoss: losses[k].sum / losses[k].rows }));
  const best = trials.reduce((best, trial) => (trial.logLoss < best.logLoss ? trial : best));
  return { settings: best.settings, trials };
}

/** The log loss of a model, summed over some rows in the order of their keys, so that the sum repeats. */
async function lossOn(
  model: Model,
  rows: ClusterRows,
  condition: string,
  signal: AbortSignal,
): Promise<{ sum: number; count: number }> {
  const keys = keyOf(rows);
  const predicted = modelSql(model, {
    from: `(select * from ${rows.view} where ${condition}) as validation`,
    keep: ['lost', ...keys],
    engine: 'spark',
  });
  const sql = `select cast(lost as double) as lost, ${PROBABILITY} from (${predicted}) order by ${keys.map(identifier).join(', ')}`;
  let sum = 0;
  let count = 0;
  for await (const batch of rows.session.batches(sparkSql(sql), { signal })) {
    const labels = numbersOf(batch, 'lost');
    const probabilities = numbersOf(batch, PROBABILITY);
    for (let i = 0; i < labels.length; i++) sum += logLoss(labels[i], probabilities[i]);
    count += labels.length;
  }
  if (count === 0) throw new NothingToLearnError(`No row is to validate by: ${condition}.`, { condition });
  return { sum, count };
}

/** @throws InputError for a label that is neither 0 nor 1. */
function logLoss(label: number, probability: number): number {
  if (label !== 0 && label !== 1) throw new InputError(`A label is ${label}; expected 0 or 1.`);
  return -Math.log(Math.max(label === 1 ? probability : 1 - probability, LEAST));
}

/** As `logLoss` of the evaluation, and as scikit-learn does. */
const LEAST = 2 ** -52;
