import type { Effects } from '../effects.ts';
import type { Engine } from '../engine/engine.ts';
import type { SparkEngine } from '../engine/spark/engine.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { UncalibratedModel } from '../models/calibration/model.ts';
import type { FitResult } from '../models/fit-task.ts';
import { selectRows } from '../models/matrix.ts';
import { predict } from '../models/model.ts';
import { type ClusterFit, fitOnCluster } from '../spark-ml/fit-on-cluster.ts';
import type { Settings } from '../spark-ml/learner.ts';
import type { ClusterLearnerName } from '../spark-ml/learners.ts';
import { tuneOnCluster } from '../spark-ml/tune-on-cluster.ts';
import type { Column, Table } from '../table/table.ts';
import type { Fold } from '../tuning/fold-fit.ts';
import { shareLimits, type TuningLimits } from '../tuning/limits.ts';
import type { TrialLog } from '../tuning/trial-log.ts';
import type { Tuned } from '../tuning/tuned.ts';
import { fitsOf } from './cross-fitted.ts';
import type { Split } from './split.ts';

/** @throws TypeError when the engine is no cluster, which the settings were to be checked for. */
export function clusterOf(engine: Engine): SparkEngine {
  if (isSpark(engine)) return engine;
  throw new TypeError(`Spark's learners need a Spark engine, not ${engine.name}.`);
}

/** By name: the class is loaded only where it is used. */
function isSpark(engine: Engine): engine is SparkEngine {
  return engine.name === 'spark';
}

/** Examples where Spark's learners find them. */
export interface ClusterExamples {
  readonly engine: SparkEngine;
  readonly rows: ExampleRows;
  readonly split: Split;
  /** What each fit is given. */
  readonly fit: Omit<ClusterFit, 'trainCondition' | 'settings'>;
}

/** Joins the table `examples` of the cluster with what each fit of the plan trains on. */
export async function examplesOnCluster(
  engine: SparkEngine,
  rows: ExampleRows,
  split: Split,
  seed: number,
): Promise<ClusterExamples> {
  const parts = fitsOf(split).map(({ trainRows }) => trainRows);
  await createLabelled(engine, 'labelled', rows, parts, 'train');
  const fit = {
    ...{ session: engine.session, view: 'labelled', featureNames: rows.matrix.names },
    ...{ seed, workLocation: `${await engine.location()}/models` },
  };
  return { engine, rows, split, fit };
}

/** A table of the examples with a flag for each part, `NAME_0` …, of whether a row is in it. */
async function createLabelled(
  engine: SparkEngine,
  table: string,
  rows: ExampleRows,
  parts: readonly Int32Array[],
  name: string,
): Promise<void> {
  const names = parts.map((_, k) => `${name}_${k}`);
  await engine.createTable(`${table}_parts`, partsTable(rows, names, parts));
  // A table, not a view: every fit would take the upload apart again.
  await engine.createTableAs(
    table,
    `select examples.*, ${names.join(', ')} from examples
    join ${table}_parts as parts on examples."user" = parts."user" and examples.cutoff = parts.cutoff`,
  );
}

/** Chooses the settings of Spark's learners by the folds' validation rows. */
export async function tuneAllOnCluster(
  names: readonly ClusterLearnerName[],
  { engine, rows, fit }: ClusterExamples,
  folds: readonly Fold[],
  limits: TuningLimits,
  log: TrialLog | undefined,
  effects: Effects,
): Promise<Map<ClusterLearnerName, Tuned>> {
  const parts = folds.flatMap(({ trainRows, validationRows }) => [trainRows, validationRows]);
  await createLabelled(engine, 'tuning', rows, parts, 'part');
  const conditions = folds.map((_, k) => ({
    trainCondition: `part_${2 * k}`,
    validationCondition: `part_${2 * k + 1}`,
  }));
  const limitsOf = shareLimits(limits, names.length, effects.now);
  const tuned = new Map<ClusterLearnerName, Tuned>();
  for (const name of names) {
    const own = { ...fit, view: 'tuning', folds: conditions, limits: limitsOf(folds.length), log };
    tuned.set(name, await tuneOnCluster(name, own, effects));
  }
  return tuned;
}

/**
 * Fits Spark's learners on the rows of each of `fitsOf`, and on all, and predicts with their models here. Results are those of
 * `fitAll`, by learner.
 * @param settingsOf those of a learner's defaults that are to be other ones.
 */
export async function fitAllOnCluster(
  names: readonly ClusterLearnerName[],
  { rows, split, fit }: ClusterExamples,
  settingsOf: (name: ClusterLearnerName) => Settings,
  effects: Effects,
): Promise<Map<ClusterLearnerName, FitResult[]>> {
  const results = new Map<ClusterLearnerName, FitResult[]>();
  const total = names.length * (fitsOf(split).length + 1);
  let done = 0;
  for (const name of names) {
    const settings = settingsOf(name);
    const fits: FitResult[] = [];
    for (const [k, predictRows] of predictRowsOfFits(split).entries()) {
      const trainCondition = k < fitsOf(split).length ? `train_${k}` : 'true';
      const start = effects.now();
      const model = await fitOnCluster(name, { ...fit, settings, trainCondition }, effects.signal);
      fits.push(fitResult(model, rows, predictRows, start, effects));
      effects.progress({ stage: 'fitting on Spark', done: ++done, total, unit: 'fits' });
    }
    results.set(name, fits);
  }
  return results;
}

function predictRowsOfFits(split: Split): Int32Array[] {
  return [...fitsOf(split).map(({ predictRows }) => predictRows), new Int32Array(0)];
}

function fitResult(
  model: UncalibratedModel,
  { matrix }: ExampleRows,
  predictRows: Int32Array,
  start: number,
  { now }: Effects,
): FitResult {
  const fitted = now();
  const predictions = Float64Array.from(predict(model, selectRows(matrix, predictRows)));
  return {
    ...{ model, predictions },
    fitSeconds: (fitted - start) / 1000,
    predictSeconds: (now() - fitted) / 1000,
  };
}

/** Which of the parts each row is in. */
function partsTable(
  { users, cutoffs }: ExampleRows,
  names: readonly string[],
  parts: readonly Int32Array[],
): Table {
  const rows = users.length;
  const valid = new Uint8Array(rows).fill(1);
  const columns = parts.map((part): Column => ({ type: 'boolean', values: flags(rows, part), valid }));
  return {
    rows,
    names: ['user', 'cutoff', ...names],
    columns: [
      { type: 'string', values: users, valid },
      { type: 'int64', values: BigInt64Array.from(cutoffs, BigInt), valid },
      ...columns,
    ],
  };
}

function flags(rows: number, chosen: Int32Array): Uint8Array {
  const values = new Uint8Array(rows);
  for (const row of chosen) values[row] = 1;
  return values;
}
