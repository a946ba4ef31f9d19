import type { Effects } from '../effects.ts';
import { shareExamples } from '../models/fit-all.ts';
import { type LearnerName, learners, withSettings } from '../models/learners.ts';
import type { SearchSpace } from '../models/search-space.ts';
import { WorkerPool } from '../threads/pool.ts';
import { workerUrl } from '../threads/worker-url.ts';
import type { FoldTask, TuningData } from './fold-fit.ts';
import { checkTuningLimits, shareLimits, type TuningLimits } from './limits.ts';
import { dimensionsOf, type Settings } from './points.ts';
import { type FoldFit, type SearchLimits, search, weightsOf } from './search.ts';
import type { TrialLog } from './trial-log.ts';
import { judgeTrials, type Tuned } from './tuned.ts';

export interface TuneSettings extends TuningLimits {
  readonly seed: number;
  /** Where trials of an earlier search are found and new ones are kept. */
  readonly log?: TrialLog;
  /** What each task has beside learner, settings and seed. */
  readonly task?: Omit<FoldTask, 'learner' | 'settings' | 'seed' | 'fold'>;
}

/**
 * Chooses the settings of learners, one after another, by the mean log loss of the folds' validation rows. The same data, trials
 * and seed give the same choice at any number of threads; with a limit of seconds the machine has its say.
 * @returns by learner; those without a search space are left out.
 * @throws UsageError when there is no limit; InterruptedError, after which `log` still holds every fit that ended.
 * @throws what a learner throws.
 */
export async function tune(
  names: readonly LearnerName[],
  data: TuningData,
  settings: TuneSettings,
  effects: Effects,
): Promise<Map<LearnerName, Tuned>> {
  checkTuningLimits(settings);
  const tunable = names.filter((name) => dimensionsOf(learners[name].searchSpace).length > 0);
  if (tunable.length === 0) return new Map();
  const limitsOf = shareLimits(settings, tunable.length, effects.now);
  const shared = { ...data, examples: shareExamples(data.examples) };
  const pool = new WorkerPool<FoldTask, number>(
    workerUrl(import.meta.url, './tuning-worker.ts'),
    shared,
    Math.max(1, effects.threads),
  );
  try {
    const tuned = new Map<LearnerName, Tuned>();
    for (const name of tunable) {
      const limits = limitsOf(data.folds.length);
      tuned.set(name, await tuneOne(name, data, pool, limits, settings, effects));
    }
    return tuned;
  } finally {
    await pool.close();
  }
}

async function tuneOne(
  name: LearnerName,
  { folds }: TuningData,
  pool: WorkerPool<FoldTask, number>,
  limits: SearchLimits,
  { seed, log, task }: TuneSettings,
  effects: Effects,
): Promise<Tuned> {
  const { searchSpace: space } = learners[name];
  const weights = weightsOf(folds.map(({ validationRows }) => validationRows.length));
  let done = 0;
  const report = () => {
    const total = Number.isFinite(limits.fits) ? { total: limits.fits } : {};
    effects.progress({ stage: `tuning ${name}`, done, ...total, unit: 'fits' });
  };
  const evaluate = async (fits: readonly FoldFit[]): Promise<number[]> => {
    const tasks = fits.map(({ settings, fold }) => ({
      ...task,
      ...withSettings(name, settings),
      seed,
      fold,
    }));
    const losses = tasks.map((one) => log?.lossOf(one));
    const open = tasks.flatMap((_, k) => (losses[k] === undefined ? [k] : []));
    done += tasks.length - open.length;
    report();
    const fitted = await pool.run(
      open.map((k) => tasks[k]),
      effects.signal,
      (loss, k) => {
        log?.add(tasks[open[k]], loss);
        done++;
        report();
      },
    );
    open.forEach((k, i) => {
      losses[k] = fitted[i];
    });
    return losses.flatMap((loss) => loss ?? []);
  };
  const problem = { space, defaults: searchedDefaults(name, space), weights, evaluate };
  return judgeTrials(await search(problem, limits, seed), weights);
}

/** The learner's defaults of the settings that are searched. */
function searchedDefaults(name: LearnerName, space: SearchSpace): Settings {
  const searched = new Set(Object.keys(space));
  return Object.fromEntries(Object.entries(learners[name].defaults).filter(([key]) => searched.has(key)));
}
