import type { Effects } from '../effects.ts';
import { shareExamples } from '../models/fit-all.ts';
import { type LearnerName, type LearnerSettings, learners, withSettings } from '../models/learners.ts';
import type { PreparationSettings } from '../models/preparation/settings.ts';
import type { SearchSpace } from '../models/search-space.ts';
import { WorkerPool } from '../threads/pool.ts';
import { workerUrl } from '../threads/worker-url.ts';
import type { FoldTask, TuningData } from './fold-fit.ts';
import { checkTuningLimits, shareLimits, type TuningLimits } from './limits.ts';
import { dimensionsOf } from './points.ts';
import type { SearchLimits } from './search.ts';
import { type LearnerSearch, searchLearner } from './search-learner.ts';
import type { TrialLog } from './trial-log.ts';
import type { Tuned } from './tuned.ts';

export interface TuneSettings extends TuningLimits {
  readonly seed: number;
  /** Learn from a sample of a fold's training rows where they are more, as the fit does that is delivered; absent for no limit. */
  readonly maxExamples?: number;
  /** Where trials of an earlier search are found and new ones are kept. */
  readonly log?: TrialLog | undefined;
  /** Makes each learner's columns from a table's; absent where the matrix is as learners shall see it. */
  readonly preparationOf?: (learner: LearnerSettings) => PreparationSettings;
  /** By learner: settings that are given, and so not searched. */
  readonly fixed?: Readonly<Partial<Record<string, Readonly<Record<string, unknown>>>>>;
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
  const tunable = names.filter((name) => dimensionsOf(openSpace(name, settings)).length > 0);
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

function tuneOne(
  learner: LearnerName,
  { folds }: TuningData,
  pool: WorkerPool<FoldTask, number>,
  limits: SearchLimits,
  settings: TuneSettings,
  effects: Effects,
): Promise<Tuned> {
  const { seed, maxExamples, log, preparationOf, fixed } = settings;
  const space = openSpace(learner, settings);
  const defaults = { ...learners[learner].defaults, ...fixed?.[learner] };
  const validationRows = folds.map(({ validationRows }) => validationRows.length);
  const fitAll: LearnerSearch['fitAll'] = async (fits, onLoss) => {
    const tasks = fits.map(({ settings, fold }) => {
      const one = withSettings(learner, settings);
      return {
        ...one,
        ...(preparationOf ? { preparation: preparationOf(one) } : {}),
        seed,
        maxExamples,
        fold,
      };
    });
    await pool.run(tasks, effects.signal, onLoss);
  };
  return searchLearner({ learner, space, defaults, validationRows, limits, seed, log, fitAll }, effects);
}

/** The learner's space without what is given. */
function openSpace(learner: LearnerName, { fixed }: TuneSettings): SearchSpace {
  const given = fixed?.[learner] ?? {};
  const space: SearchSpace = learners[learner].searchSpace;
  return Object.fromEntries(Object.entries(space).filter(([name]) => !Object.hasOwn(given, name)));
}
