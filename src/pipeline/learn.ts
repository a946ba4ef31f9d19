import type { Effects } from '../effects.ts';
import type { Engine } from '../engine/engine.ts';
import type { ExampleRows } from '../features/examples.ts';
import { fitAll } from '../models/fit-all.ts';
import type { FitResult, FitTask } from '../models/fit-task.ts';
import { type LearnerName, type LearnerSettings, withSettings } from '../models/learners.ts';
import { isCombination } from '../models/stack/combinations.ts';
import type { Settings } from '../tuning/points.ts';
import { combineLearners } from './combine-learners.ts';
import { type CrossFitted, crossFitted, fitsOf } from './cross-fitted.ts';
import { type Judged, type JudgedLearners, judgeLearners } from './judge-learners.ts';
import { clusterOf, examplesOnCluster, fitAllOnCluster } from './learn-on-cluster.ts';
import { isClusterLearner, isOwnLearner, type RunLearnerName } from './learner-names.ts';
import type { LearnSettings } from './settings.ts';
import { type Split, splitExamples } from './split.ts';
import { type Tuning, tuneLearners } from './tune-learners.ts';

/** Judged by place: the baseline first. */
export interface Learned extends Split, JudgedLearners {
  /** The learner with the least log loss on validation rows; never the baseline. */
  readonly chosen: Judged;
  /** Absent where the learners kept their defaults. */
  readonly tuning: Tuning | undefined;
}

/** Fits every learner out of fold, judges it on the test rows, chooses on the validation rows, and fits again on all. */
export async function learn(
  rows: ExampleRows,
  settings: LearnSettings,
  engine: Engine,
  effects: Effects,
): Promise<Learned> {
  const split = splitExamples(rows, settings);
  const { fitted, tuning } = await crossFitAll(rows, split, settings, engine, effects);
  const { seed, replicates, calibration } = settings;
  const { plan, selection, groups } = split;
  const judges = {
    split: { plan, selection, groups },
    labels: rows.labels,
    settings: { seed, replicates, calibration },
  };
  const { judged, pairs } = await judgeLearners(fitted, judges, effects);
  const chosen = judged
    .slice(1)
    .reduce((best, one) => (one.validationLogLoss < best.validationLogLoss ? one : best));
  return { ...split, judged, pairs, chosen, tuning };
}

async function crossFitAll(
  rows: ExampleRows,
  split: Split,
  settings: LearnSettings,
  engine: Engine,
  effects: Effects,
): Promise<{ fitted: CrossFitted[]; tuning: Tuning | undefined }> {
  const names: readonly RunLearnerName[] = ['baseline', ...settings.learners];
  const theirs = names.filter(isClusterLearner);
  const cluster =
    theirs.length === 0 ? undefined : await examplesOnCluster(clusterOf(engine), rows, split, settings.seed);
  const tuning = settings.tuning
    ? await tuneLearners(rows, split, { ...settings, tuning: settings.tuning }, cluster, effects)
    : undefined;
  const settingsOf = (name: RunLearnerName) => tuning?.tuned.get(name)?.settings ?? {};
  const fits = new Map<RunLearnerName, FitResult[]>([
    ...(await fitOwn(names.filter(isOwnLearner), rows, split, settings, settingsOf, effects)),
    ...(cluster === undefined ? [] : await fitAllOnCluster(theirs, cluster, settingsOf, effects)),
  ]);
  const crossFit = (name: RunLearnerName, results: readonly FitResult[]) =>
    crossFitted(name, results, split, rows.labels.length);
  const single = names.flatMap((name) => {
    const results = fits.get(name);
    return results === undefined ? [] : [crossFit(name, results)];
  });
  const combined = settings.learners
    .filter(isCombination)
    .map((name) => crossFit(name, combineLearners(name, single.slice(1), rows, split, effects)));
  return { fitted: [...single, ...combined], tuning };
}

async function fitOwn(
  names: readonly LearnerName[],
  { matrix, labels }: ExampleRows,
  split: Split,
  settings: LearnSettings,
  settingsOf: (name: LearnerName) => Settings,
  effects: Effects,
): Promise<[LearnerName, FitResult[]][]> {
  // Of a fold the baseline and linear models last: no thread then waits long for another's last fit.
  const order = names.toReversed();
  const everyRow = Int32Array.from(labels.keys());
  const tasks = order.flatMap((name) =>
    fitTasks(withSettings(name, settingsOf(name)), split, everyRow, settings),
  );
  const fits = await fitAll(tasks, { matrix, labels, groups: split.groups }, effects);
  const each = fitsOf(split).length + 1;
  return order.map((name, i) => [name, fits.slice(i * each, (i + 1) * each)]);
}

/** Those of `fitsOf`, and one on every row. */
function fitTasks(
  learner: LearnerSettings,
  split: Split,
  everyRow: Int32Array,
  { seed, maxFitExamples: maxExamples }: LearnSettings,
): FitTask[] {
  const common = { ...learner, seed, maxExamples };
  return [
    ...fitsOf(split).map(({ trainRows, predictRows }) => ({ ...common, trainRows, predictRows })),
    { ...common, trainRows: everyRow, predictRows: new Int32Array(0) },
  ];
}
