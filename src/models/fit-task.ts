import { alone, type Team } from '../threads/team.ts';
import type { UncalibratedModel } from './calibration/model.ts';
import { GatheredRows } from './gathered-rows.ts';
import { fitLearner, type LearnerSettings, weighs } from './learners.ts';
import { type Examples, selectRows } from './matrix.ts';
import { predict } from './model.ts';
import { fitPrepared } from './preparation/fit-prepared.ts';
import type { PreparationSettings } from './preparation/settings.ts';

/** One fit: a learner with its settings on some rows, and the rows to predict. */
export type FitTask = LearnerSettings & {
  readonly seed: number;
  readonly trainRows: Int32Array;
  readonly predictRows: Int32Array;
  /** Learn from a sample of `trainRows` where they are more; absent for no limit. */
  readonly maxExamples?: number | undefined;
  /** Makes the learner's columns from a table's; absent where the matrix is as the learner shall see it. */
  readonly preparation?: PreparationSettings;
};

export interface FitResult {
  readonly model: UncalibratedModel;
  /** A probability for each of the task's `predictRows`. */
  readonly predictions: Float64Array<ArrayBuffer>;
  readonly fitSeconds: number;
  readonly predictSeconds: number;
}

/**
 * Fits and predicts.
 * @param now milliseconds, of any origin.
 * @param team that does it together; its first member alone predicts.
 * @param known what earlier fits on the same examples gathered.
 * @throws RangeError when a row is not one of the examples.
 * @throws what the learner throws.
 */
export function runFit(
  examples: Examples,
  task: FitTask,
  now: () => number,
  team: Team = alone,
  known: GatheredRows = new GatheredRows(),
): FitResult {
  checkRows('trainRows', task.trainRows, examples.matrix.rows);
  checkRows('predictRows', task.predictRows, examples.matrix.rows);
  const train = known.training(examples, { ...task, weighs: weighs(task) });
  const test =
    team.member === 0 ? known.predicted(examples.matrix, task.predictRows) : selectRows(examples.matrix, []);
  const start = now();
  const model = task.preparation
    ? fitPrepared(train, task, task.preparation, team)
    : fitLearner(train, task, task.seed, team);
  const fitted = now();
  const predictions = new Float64Array(predict(model, test));
  const predicted = now();
  return {
    model,
    predictions,
    fitSeconds: (fitted - start) / 1000,
    predictSeconds: (predicted - fitted) / 1000,
  };
}

function checkRows(what: string, rows: Int32Array, count: number): void {
  const bad = rows.find((row) => row < 0 || row >= count);
  if (bad !== undefined) throw new RangeError(`${what} holds row ${bad}; there are ${count} examples.`);
}
