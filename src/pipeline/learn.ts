import type { Effects } from '../effects.ts';
import type { Engine } from '../engine/engine.ts';
import type { ExampleRows } from '../features/examples.ts';
import { fitAll } from '../models/fit-all.ts';
import type { FitResult, FitTask } from '../models/fit-task.ts';
import { type LearnerName, withSettings } from '../models/learners.ts';
import { type Decided, decideLearner, type Judged, judgeLearner } from './judge-learner.ts';
import { clusterOf, fitAllOnCluster } from './learn-on-cluster.ts';
import { fitStacks } from './learn-stack.ts';
import { isClusterLearner, isOwnLearner, type RunLearnerName } from './learner-names.ts';
import type { LearnSettings } from './settings.ts';
import { type Split, splitExamples } from './split.ts';

export interface Learned extends Split {
  /** The baseline first. */
  readonly judged: readonly Judged[];
  /** The learner with the least log loss on validation rows; never the baseline. */
  readonly chosen: Judged;
}

/** Fits every learner out of fold, judges it on the test rows, chooses on the validation rows, and fits again on all. */
export async function learn(
  rows: ExampleRows,
  settings: LearnSettings,
  engine: Engine,
  effects: Effects,
): Promise<Learned> {
  const split = splitExamples(rows, settings);
  const decided = await decideAll(rows, split, settings, engine, effects);
  const judged = decided.map((one) => judgeLearner(one, decided[0], split, rows.labels, settings));
  const chosen = judged
    .slice(1)
    .reduce((best, one) => (one.validationLogLoss < best.validationLogLoss ? one : best));
  return { ...split, judged, chosen };
}

async function decideAll(
  rows: ExampleRows,
  split: Split,
  settings: LearnSettings,
  engine: Engine,
  effects: Effects,
): Promise<Decided[]> {
  const names: readonly RunLearnerName[] = ['baseline', ...settings.learners];
  const fits = new Map<RunLearnerName, FitResult[]>([
    ...(await fitOwn(names.filter(isOwnLearner), rows, split, settings, effects)),
    ...(await fitTheirs(rows, split, settings, engine, effects)),
  ]);
  const decide = (name: RunLearnerName, results: readonly FitResult[]) =>
    decideLearner(name, results, split, rows.labels);
  const single = names.flatMap((name) => {
    const results = fits.get(name);
    return results === undefined ? [] : [decide(name, results)];
  });
  if (!settings.learners.includes('stack')) return single;
  return [...single, decide('stack', fitStacks(single.slice(1), rows, split, effects))];
}

async function fitOwn(
  names: readonly LearnerName[],
  { matrix, labels }: ExampleRows,
  split: Split,
  { seed }: LearnSettings,
  effects: Effects,
): Promise<[LearnerName, FitResult[]][]> {
  const tasks = names.flatMap((name) => fitTasks(name, split, labels.length, seed));
  const fits = await fitAll(tasks, { matrix, labels, groups: split.groups }, effects);
  const each = split.plan.fits.length + 1;
  return names.map((name, i) => [name, fits.slice(i * each, (i + 1) * each)]);
}

async function fitTheirs(
  rows: ExampleRows,
  split: Split,
  settings: LearnSettings,
  engine: Engine,
  effects: Effects,
): Promise<Map<RunLearnerName, FitResult[]>> {
  const names = settings.learners.filter(isClusterLearner);
  if (names.length === 0) return new Map();
  return fitAllOnCluster(names, clusterOf(engine), rows, split, settings, effects);
}

/** A fit a fold, and one on every row. */
function fitTasks(name: LearnerName, { plan }: Split, rows: number, seed: number): FitTask[] {
  const learner = withSettings(name);
  const everyRow = Int32Array.from({ length: rows }, (_, row) => row);
  return [
    ...plan.fits.map(({ trainRows, predictRows }) => ({ ...learner, seed, trainRows, predictRows })),
    { ...learner, seed, trainRows: everyRow, predictRows: new Int32Array(0) },
  ];
}
