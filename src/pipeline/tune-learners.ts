import type { Effects } from '../effects.ts';
import { judgedFolds, type Selection } from '../evaluation/selection.ts';
import type { ExampleRows } from '../features/examples.ts';
import { contextOf } from '../tuning/context.ts';
import type { TuningData } from '../tuning/fold-fit.ts';
import type { TuningLimits } from '../tuning/limits.ts';
import { TrialLog } from '../tuning/trial-log.ts';
import { tune } from '../tuning/tune.ts';
import type { Tuned } from '../tuning/tuned.ts';
import { type ClusterExamples, tuneAllOnCluster } from './learn-on-cluster.ts';
import { isClusterLearner, isOwnLearner, type RunLearnerName } from './learner-names.ts';
import { version } from './manifest.ts';
import type { LearnSettings, TuningSettings } from './settings.ts';
import type { Split } from './split.ts';

/** Settings that were chosen, and what was tried. */
export interface Tuning {
  readonly order: Selection['order'];
  /** By learner; those without a search space are absent. */
  readonly tuned: ReadonlyMap<RunLearnerName, Tuned>;
}

/** Chooses the settings of every learner by validation rows: no test row is looked at. @param cluster where Spark's learners are fitted. */
export async function tuneLearners(
  { labels, matrix }: ExampleRows,
  { plan, selection, groups }: Split,
  settings: LearnSettings & { readonly tuning: TuningSettings },
  cluster: ClusterExamples | undefined,
  effects: Effects,
): Promise<Tuning> {
  const { seed, tuning, maxFitExamples: maxExamples } = settings;
  const { order } = selection;
  const folds = judgedFolds(plan, selection);
  const data = { examples: { matrix, labels, groups }, folds };
  const log = await openTrialLog(tuning, data, { seed, maxExamples });
  const own = settings.learners.filter(isOwnLearner);
  const theirs = settings.learners.filter(isClusterLearner);
  const limitsOf = (count: number) => portion(tuning, count / (own.length + theirs.length));
  const tuned: [RunLearnerName, Tuned][] = [
    ...(await tune(own, data, { ...limitsOf(own.length), seed, maxExamples, log }, effects)),
  ];
  if (cluster !== undefined) {
    tuned.push(...(await tuneAllOnCluster(theirs, cluster, folds, limitsOf(theirs.length), log, effects)));
  }
  return { order, tuned: new Map(tuned) };
}

/** The file of trials, where one is named. @param others what losses depend on beside the data and the version. */
export async function openTrialLog(
  { trialsFile }: TuningSettings,
  data: TuningData,
  others: Readonly<Record<string, unknown>>,
): Promise<TrialLog | undefined> {
  if (trialsFile === undefined) return undefined;
  return TrialLog.open(trialsFile, contextOf(data, { ...others, version }));
}

/** A part of the time. */
function portion({ trials, seconds }: TuningLimits, part: number): TuningLimits {
  return {
    ...(trials === undefined ? {} : { trials }),
    ...(seconds === undefined ? {} : { seconds: seconds * part }),
  };
}
