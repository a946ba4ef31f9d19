import type { Effects } from '../effects.ts';
import type { Engine } from '../engine/engine.ts';
import { SparkEngine } from '../engine/spark/engine.ts';
import type { ExampleRows } from '../features/examples.ts';
import type { FitResult } from '../models/fit-task.ts';
import { selectRows } from '../models/matrix.ts';
import { type Model, predict } from '../models/model.ts';
import { fitOnCluster } from '../spark-ml/fit-on-cluster.ts';
import type { Settings } from '../spark-ml/learner.ts';
import type { ClusterLearnerName } from '../spark-ml/learners.ts';
import { tuneOnCluster } from '../spark-ml/tune-on-cluster.ts';
import type { Column, Table } from '../table/table.ts';
import type { LearnSettings } from './settings.ts';
import type { Split } from './split.ts';

/** @throws TypeError when the engine is no cluster, which the settings were to be checked for. */
export function clusterOf(engine: Engine): SparkEngine {
  if (engine instanceof SparkEngine) return engine;
  throw new TypeError(`Spark's learners need a Spark engine, not ${engine.name}.`);
}

/**
 * Fits Spark's learners on the table `examples` of the cluster, on the rows that the plan gives each fit, and predicts with
 * their models here. Results are those of `fitAll`, by learner.
 */
export async function fitAllOnCluster(
  names: readonly ClusterLearnerName[],
  engine: SparkEngine,
  rows: ExampleRows,
  split: Split,
  settings: LearnSettings,
  effects: Effects,
): Promise<Map<ClusterLearnerName, FitResult[]>> {
  const { session } = engine;
  await engine.createTable('parts', partsTable(rows, split));
  // A table, not a view: every fit would take the upload apart again.
  await engine.createTableAs(
    'labelled',
    `select examples.*, ${partNames(split).join(', ')} from examples
    join parts on examples."user" = parts."user" and examples.cutoff = parts.cutoff`,
  );
  const workLocation = `${await engine.location()}/models`;
  const shared = {
    ...{ session, view: 'labelled', featureNames: rows.matrix.names },
    ...{ seed: settings.seed, workLocation },
  };
  const results = new Map<ClusterLearnerName, FitResult[]>();
  const total = names.length * (split.plan.fits.length + 1);
  let done = 0;
  for (const name of names) {
    const chosen = settings.tune ? await tuned(name, shared, split, effects) : {};
    const fits: FitResult[] = [];
    for (const [k, predictRows] of predictRowsOfFits(split).entries()) {
      const trainCondition = k < split.plan.fits.length ? `train_${k}` : 'true';
      const start = effects.now();
      const model = await fitOnCluster(name, { ...shared, settings: chosen, trainCondition }, effects.signal);
      fits.push(fitResult(model, rows, predictRows, start, effects));
      effects.progress({ stage: 'fitting on Spark', done: ++done, total, unit: 'fits' });
    }
    results.set(name, fits);
  }
  return results;
}

function predictRowsOfFits({ plan }: Split): Int32Array[] {
  return [...plan.fits.map(({ predictRows }) => predictRows), new Int32Array(0)];
}

function fitResult(
  model: Model,
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

/** The candidate that does best on the validation rows of all folds: no test row is looked at. */
async function tuned(
  name: ClusterLearnerName,
  shared: Omit<Parameters<typeof tuneOnCluster>[1], 'folds'>,
  { plan }: Split,
  { signal }: Effects,
): Promise<Settings> {
  const folds = plan.fits.map((_, k) => ({
    trainCondition: `train_${k}`,
    validationCondition: `validation_${k}`,
  }));
  return (await tuneOnCluster(name, { ...shared, folds }, signal)).settings;
}

function partNames({ plan }: Split): string[] {
  return plan.fits.flatMap((_, k) => [`train_${k}`, `validation_${k}`]);
}

/** Which rows each fold's fit trains on and is validated by. */
function partsTable({ users, cutoffs }: ExampleRows, split: Split): Table {
  const rows = users.length;
  const valid = new Uint8Array(rows).fill(1);
  const isValidation = flags(rows, split.plan.validationRows);
  const columns: Column[] = split.plan.fits.flatMap(({ trainRows, predictRows }): Column[] => [
    { type: 'boolean', values: flags(rows, trainRows), valid },
    {
      type: 'boolean',
      values: flags(
        rows,
        predictRows.filter((row) => isValidation[row] === 1),
      ),
      valid,
    },
  ]);
  return {
    rows,
    names: ['user', 'cutoff', ...partNames(split)],
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
