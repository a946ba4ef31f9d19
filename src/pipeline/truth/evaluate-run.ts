import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Effects, throwIfAborted } from '../../effects.ts';
import { openDuckdb } from '../../engine/duckdb/engine.ts';
import { InputError } from '../../errors.ts';
import type { Interval } from '../../evaluation/intervals.ts';
import {
  type ReliabilityBin,
  reliability,
  type TruthMetricName,
  type TruthRows,
  truthMetrics,
} from '../../evaluation/truth-metrics.ts';
import { dateOf } from '../../features/cutoffs.ts';
import { mean } from '../../mean.ts';
import { type Joined, joinTruth } from './join-truth.ts';
import { readTruth, type Truth } from './read-truth.ts';
import { type RunUnderTest, readRunUnderTest } from './run-under-test.ts';

export interface EvaluateSettings {
  /** The folder of a run. */
  readonly run: string;
  /** The folder of the truth about its log. */
  readonly truth: string;
}

/** What the learners of a run are worth against the truth. */
export interface Evaluated {
  readonly leadDays: number;
  readonly horizonDays: number;
  /** Test cutoffs, `YYYY-MM-DD`. */
  readonly cutoffs: readonly string[];
  /** Test examples, of so many users; so many are lost. */
  readonly examples: number;
  readonly users: number;
  readonly lost: number;
  /** Mean true probability. */
  readonly meanTruth: number;
  /** Mean standard error of the true probabilities: no smaller error of a model can be seen. */
  readonly truthError: number;
  /** The learner that the run chose. */
  readonly chosen: string;
  /** The baseline first, the others by name. */
  readonly models: readonly EvaluatedModel[];
}

export interface EvaluatedModel {
  readonly name: string;
  readonly metrics: Readonly<Record<TruthMetricName, Interval>>;
  /** The same before calibration; absent where nothing was calibrated. */
  readonly uncalibrated?: Readonly<Record<TruthMetricName, Interval>>;
  readonly reliability: readonly ReliabilityBin[];
}

/**
 * Measures the out-of-sample test predictions of a run against the true probabilities of its simulated log.
 * @throws InputError when run or truth is not what it should be, or they are not of one log, lead and horizon;
 * NothingToLearnError when the run learned nothing; InterruptedError when the caller aborts.
 */
export async function evaluateRun(settings: EvaluateSettings, effects: Effects): Promise<Evaluated> {
  const run = await readRunUnderTest(settings.run);
  const truth = await readTruth(settings.truth);
  checkWindow(run, truth);
  const workFolder = await mkdtemp(join(tmpdir(), 'refrain-evaluate-'));
  const engine = await openDuckdb({ workFolder }, effects);
  try {
    return summarise(await joinTruth(engine, run.predictions, truth), run, effects);
  } finally {
    await engine.close();
    await rm(workFolder, { recursive: true, force: true });
  }
}

function checkWindow({ leadDays, horizonDays }: RunUnderTest, { manifest }: Truth): void {
  if (leadDays === manifest.leadDays && horizonDays === manifest.horizonDays) return;
  throw new InputError(
    `The run forecasts with lead ${leadDays} and horizon ${horizonDays}, the truth is told for lead ${manifest.leadDays} and horizon ${manifest.horizonDays}. Simulate the log again with --truth, --lead ${leadDays} and --horizon ${horizonDays}.`,
    {
      run: { leadDays, horizonDays },
      truth: { leadDays: manifest.leadDays, horizonDays: manifest.horizonDays },
    },
  );
}

function summarise(joined: Joined, run: RunUnderTest, effects: Effects): Evaluated {
  const { leadDays, horizonDays, chosen } = run;
  const byModel = rowsByModel(joined);
  const names = [...byModel.keys()].sort((a, b) => Number(b === 'baseline') - Number(a === 'baseline'));
  const [examples] = byModel.values();
  return {
    leadDays,
    horizonDays,
    cutoffs: [...new Set(joined.cutoffs)].map(dateOf),
    examples: examples.outcomes.length,
    users: new Set(examples.users).size,
    lost: examples.outcomes.reduce((sum, lost) => sum + lost, 0),
    meanTruth: mean(examples.truth),
    truthError: mean(joined.errors),
    chosen,
    models: names.map((name, done) => {
      throwIfAborted(effects.signal);
      effects.progress({ stage: 'evaluating', done, total: names.length, unit: 'steps' });
      return { name, ...measured(byModel.get(name) ?? examples, run) };
    }),
  };
}

function measured(rows: ModelRows, run: RunUnderTest): Omit<EvaluatedModel, 'name'> {
  const { uncalibrated: predictions, ...delivered } = rows;
  const isCalibrated = predictions.some((p, row) => p !== delivered.predictions[row]);
  return {
    metrics: truthMetrics(delivered, run),
    ...(isCalibrated ? { uncalibrated: truthMetrics({ ...delivered, predictions }, run) } : {}),
    reliability: reliability(delivered),
  };
}

interface ModelRows extends TruthRows {
  readonly uncalibrated: Float64Array;
}

/** The same examples in the same order for every model. */
function rowsByModel({
  models,
  users,
  outcomes,
  predictions,
  uncalibrated,
  truth,
  fromLog,
}: Joined): Map<string, ModelRows> {
  const indexOf = new Map([...new Set(users)].sort().map((user, index) => [user, index]));
  const indexes = Int32Array.from(users, (user) => indexOf.get(user) ?? 0);
  return new Map(
    [...new Set(models)].map((model) => {
      const from = models.indexOf(model);
      const to = models.lastIndexOf(model) + 1;
      const rows: ModelRows = {
        outcomes: outcomes.subarray(from, to),
        predictions: predictions.subarray(from, to),
        uncalibrated: uncalibrated.subarray(from, to),
        truth: truth.subarray(from, to),
        fromLog: fromLog.subarray(from, to),
        users: indexes.subarray(from, to),
      };
      return [model, rows];
    }),
  );
}
