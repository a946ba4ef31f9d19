import { logLoss } from '../evaluation/probability-metrics.ts';
import { tallyScores } from '../evaluation/score-tally.ts';
import { type FitTask, runFit } from '../models/fit-task.ts';
import type { Examples } from '../models/matrix.ts';

/** Rows to fit on and rows to judge by, which share no user. */
export interface Fold {
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
}

/** What every worker holds. */
export interface TuningData {
  readonly examples: Examples;
  readonly folds: readonly Fold[];
}

/** A learner with its settings, to be fitted on one of the folds. */
export type FoldTask = OmitEach<FitTask, 'trainRows' | 'predictRows'> & { readonly fold: number };

/** `Omit` for each member of a union by itself. */
type OmitEach<Union, Key extends PropertyKey> = Union extends unknown ? Omit<Union, Key> : never;

/**
 * Fits on a fold and gives the mean log loss of its validation rows, in nats.
 * @throws what the learner throws.
 */
export function fitFold({ examples, folds }: TuningData, task: FoldTask): number {
  const { trainRows, validationRows } = folds[task.fold];
  const { predictions } = runFit(examples, { ...task, trainRows, predictRows: validationRows }, () => 0);
  const labels = Uint8Array.from(validationRows, (row) => examples.labels[row]);
  return logLoss(tallyScores(labels, predictions));
}
