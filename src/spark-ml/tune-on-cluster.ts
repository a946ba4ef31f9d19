import type { Effects } from '../effects.ts';
import { sparkSql } from '../engine/spark/spark-sql.ts';
import { identifier } from '../engine/sql.ts';
import { InputError, NothingToLearnError } from '../errors.ts';
import type { Model } from '../models/model.ts';
import { modelSql, PROBABILITY } from '../models/sql/model-sql.ts';
import { numbersOf } from '../table/table.ts';
import type { SearchLimits } from '../tuning/search.ts';
import { type LearnerSearch, searchLearner } from '../tuning/search-learner.ts';
import type { TrialLog } from '../tuning/trial-log.ts';
import type { Tuned } from '../tuning/tuned.ts';
import type { ClusterFit } from './fit-on-cluster.ts';
import { type ClusterLearnerName, clusterLearners } from './learners.ts';
import { type ClusterRows, collect, keyOf } from './training-rows.ts';
import { withTrainingSet } from './training-set.ts';

/** Which rows a fold's fit learns from and which it is judged by, as SQL about the relation's columns. */
interface ConditionFold {
  readonly trainCondition: string;
  readonly validationCondition: string;
}

export interface ClusterTuning extends Omit<ClusterFit, 'trainCondition' | 'settings'> {
  /** No row of a user, and no outcome later than a row's cutoff, may stand on both sides of a fold. */
  readonly folds: readonly ConditionFold[];
  readonly limits: SearchLimits;
  /** Where fits of an earlier search are found and new ones are kept. */
  readonly log?: TrialLog | undefined;
}

/**
 * Chooses a learner's settings by the log loss of the folds' validation rows, as `tune` does for our own learners.
 * @throws NothingToLearnError when a fold has no validation row.
 */
export async function tuneOnCluster(
  learner: ClusterLearnerName,
  { folds, limits, log, ...rows }: ClusterTuning,
  effects: Effects,
): Promise<Tuned> {
  const { searchSpace: space, defaults } = clusterLearners[learner];
  const { seed } = rows;
  const validationRows = await countValidationRows(rows, folds, effects.signal);
  const fitAll: LearnerSearch['fitAll'] = (fits, onLoss) =>
    fitOnFolds(learner, fits, folds, rows, effects.signal, onLoss);
  return searchLearner({ learner, space, defaults, validationRows, limits, seed, log, fitAll }, effects);
}

/** Makes the training set of each fold once for all the fits on it. */
async function fitOnFolds(
  learner: ClusterLearnerName,
  fits: Parameters<LearnerSearch['fitAll']>[0],
  folds: readonly ConditionFold[],
  { seed, workLocation, ...shared }: Omit<ClusterTuning, 'folds' | 'limits' | 'log'>,
  signal: AbortSignal,
  onLoss: (loss: number, place: number) => void,
): Promise<void> {
  for (const [fold, { trainCondition, validationCondition }] of folds.entries()) {
    const own = fits.flatMap((one, place) => (one.fold === fold ? [{ ...one, place }] : []));
    if (own.length === 0) continue;
    const rows: ClusterRows = { ...shared, trainCondition };
    await withTrainingSet(rows, signal, async (training) => {
      for (const { settings, place } of own) {
        const model = await clusterLearners[learner].fit(training, settings, { seed, workLocation, signal });
        onLoss(await lossOn(model, rows, validationCondition, signal), place);
      }
    });
  }
}

async function countValidationRows(
  { session, view }: Pick<ClusterTuning, 'session' | 'view'>,
  folds: readonly ConditionFold[],
  signal: AbortSignal,
): Promise<number[]> {
  const counts = folds.map(({ validationCondition }, k) => `count_if(${validationCondition}) as n${k}`);
  const table = await collect(session, `select ${counts.join(', ')} from ${view}`, signal);
  return folds.map(({ validationCondition }, k) => {
    const [count] = numbersOf(table, `n${k}`);
    if (count > 0) return count;
    throw new NothingToLearnError(`No row is to validate by: ${validationCondition}.`, {
      validationCondition,
    });
  });
}

/** The mean log loss of a model on some rows, added in the order of their keys, so that the sum repeats. */
async function lossOn(
  model: Model,
  rows: ClusterRows,
  condition: string,
  signal: AbortSignal,
): Promise<number> {
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
  return sum / count;
}

/** @throws InputError for a label that is neither 0 nor 1. */
function logLoss(label: number, probability: number): number {
  if (label !== 0 && label !== 1) throw new InputError(`A label is ${label}; expected 0 or 1.`);
  return -Math.log(Math.max(label === 1 ? probability : 1 - probability, LEAST));
}

/** As `logLoss` of the evaluation, and as scikit-learn does. */
const LEAST = 2 ** -52;
