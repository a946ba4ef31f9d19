import type { Effects } from '../effects.ts';
import type { ExampleRows } from '../features/examples.ts';
import { fitAll } from '../models/fit-all.ts';
import type { FitTask } from '../models/fit-task.ts';
import { type LearnerName, withDefaults } from '../models/learners.ts';
import { decideLearner, type Judged, judgeLearner } from './judge-learner.ts';
import type { LearnSettings } from './settings.ts';
import { type Split, splitExamples } from './split.ts';

export interface Learned extends Split {
  /** The baseline first. */
  readonly judged: readonly Judged[];
  /** The learner with the least log loss on validation rows; never the baseline. */
  readonly chosen: Judged;
}

/** Fits every learner out of fold, judges it on the test rows, chooses on the validation rows, and fits again on all. */
export async function learn(rows: ExampleRows, settings: LearnSettings, effects: Effects): Promise<Learned> {
  const split = splitExamples(rows, settings);
  const { matrix, labels } = rows;
  const names: readonly LearnerName[] = ['baseline', ...settings.learners];
  const tasks = names.flatMap((name) => fitTasks(name, split, labels.length, settings.seed));
  const fits = await fitAll(tasks, { matrix, labels, groups: split.groups }, effects);
  const each = split.plan.fits.length + 1;
  const decided = names.map((name, i) =>
    decideLearner(name, fits.slice(i * each, (i + 1) * each), split, labels),
  );
  const judged = decided.map((one) => judgeLearner(one, decided[0], split, labels, settings));
  const chosen = judged
    .slice(1)
    .reduce((best, one) => (one.validationLogLoss < best.validationLogLoss ? one : best));
  return { ...split, judged, chosen };
}

/** A fit a fold, and one on every row. */
function fitTasks(name: LearnerName, { plan }: Split, rows: number, seed: number): FitTask[] {
  const learner = withDefaults(name);
  const everyRow = Int32Array.from({ length: rows }, (_, row) => row);
  return [
    ...plan.fits.map(({ trainRows, predictRows }) => ({ ...learner, seed, trainRows, predictRows })),
    { ...learner, seed, trainRows: everyRow, predictRows: new Int32Array(0) },
  ];
}
