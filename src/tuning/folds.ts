import type { CrossFitPlan } from '../evaluation/cross-fit.ts';
import type { Fold } from './fold-fit.ts';

export interface LabelWindow {
  readonly leadDays: number;
  readonly horizonDays: number;
}

/** Folds to tune on, and how they lie in time. */
export interface TuningFolds {
  /** Whether validation rows are later than the outcomes that their model saw, or at the same cutoffs. */
  readonly order: 'walk-forward' | 'same-cutoffs';
  readonly folds: readonly Fold[];
}

/**
 * The folds of a plan for choosing settings: no test row is in them, and no user on both sides of one. Where the log is long
 * enough each is walked forward: it is judged at the last quarter of the training cutoffs and fitted on those whose label windows
 * had ended by then. Where it is not, or a fold would be left without one of the outcomes, the training cutoffs are on both sides.
 * @param cutoffs the day of each row.
 */
export function tuningFolds(
  { fits, validationRows }: CrossFitPlan,
  cutoffs: Int32Array,
  labels: Uint8Array,
  { leadDays, horizonDays }: LabelWindow,
): TuningFolds {
  const isValidation = new Set(validationRows);
  const folds = fits.map(({ trainRows, predictRows }) => ({
    trainRows,
    validationRows: predictRows.filter((row) => isValidation.has(row)),
  }));
  const days = [...new Set(validationRows.map((row) => cutoffs[row]))].sort((a, b) => a - b);
  const firstJudged = days[days.length - Math.max(1, Math.floor(days.length / 4))];
  const lastLearned = firstJudged - leadDays - horizonDays;
  const forward = folds.map(({ trainRows, validationRows }) => ({
    trainRows: trainRows.filter((row) => cutoffs[row] <= lastLearned),
    validationRows: validationRows.filter((row) => cutoffs[row] >= firstJudged),
  }));
  return forward.every((fold) => isUsable(fold, labels))
    ? { order: 'walk-forward', folds: forward }
    : { order: 'same-cutoffs', folds: folds.filter(({ validationRows }) => validationRows.length > 0) };
}

function isUsable({ trainRows, validationRows }: Fold, labels: Uint8Array): boolean {
  return hasBoth(trainRows, labels) && hasBoth(validationRows, labels);
}

function hasBoth(rows: Int32Array, labels: Uint8Array): boolean {
  return rows.some((row) => labels[row] === 0) && rows.some((row) => labels[row] === 1);
}
