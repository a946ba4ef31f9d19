import type { CrossFitPlan } from './cross-fit.ts';
import { type LabelWindow, type SelectionWindow, selectionWindows } from './selection-windows.ts';

/** Rows to fit on and rows to judge by, which share no user. */
export interface SelectionFold {
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
}

/** Folds to choose learners, settings and calibrators by; no test row is in them. */
export interface SelectionFolds {
  /** Whether validation rows are later than the outcomes that their model saw, or at the same cutoffs. */
  readonly order: 'expanding' | 'same-cutoffs';
  /** Window after window, and of each a fold of users after the other. With `same-cutoffs` those of the plan. */
  readonly folds: readonly SelectionFold[];
  /** Those that are used; none with `same-cutoffs`. */
  readonly windows: readonly SelectionWindow[];
  /** Why there is no window, or how many were left out, in words. */
  readonly words: string;
}

/**
 * Folds of a plan's training cutoffs, apart by user, in time and with an embargo at once. Where the log is long enough, several expanding
 * windows: each is judged at some cutoffs and fitted on those whose label windows had ended by the first of them, both within the folds of
 * users that the plan has. A window that would leave a fold without one of the outcomes is left out. Where none is left, the training
 * cutoffs are on both sides, and `words` says so.
 * @param cutoffs the day of each row.
 */
export function selectionFolds(
  plan: CrossFitPlan,
  cutoffs: Int32Array,
  labels: Uint8Array,
  window: LabelWindow,
): SelectionFolds {
  const whole = sameCutoffFolds(plan).folds;
  const days = [...new Set(plan.validationRows.map((row) => cutoffs[row]))].sort((a, b) => a - b);
  const possible = selectionWindows(days, window).map((one) => ({
    window: one,
    folds: whole.map((fold) => within(fold, one, cutoffs)),
  }));
  const used = possible.filter(({ folds }) => folds.every((fold) => isUsable(fold, labels)));
  if (used.length === 0) return sameCutoffFolds(plan, tooShort(days.length, possible.length, window));
  return {
    order: 'expanding',
    folds: used.flatMap(({ folds }) => folds),
    windows: used.map((one) => one.window),
    words: `${used.length} expanding ${used.length === 1 ? 'window' : 'windows'} of ${days.length} training cutoffs${leftOut(possible.length - used.length)}`,
  };
}

/** The plan's own folds, at the training cutoffs alone. */
export function sameCutoffFolds(
  { fits, validationRows }: CrossFitPlan,
  words = 'each fold of users is judged at the cutoffs that the others are fitted on',
): SelectionFolds {
  const isValidation = new Set(validationRows);
  const folds = fits.map(({ trainRows, predictRows }) => ({
    trainRows,
    validationRows: predictRows.filter((row) => isValidation.has(row)),
  }));
  return {
    order: 'same-cutoffs',
    folds: folds.filter((fold) => fold.validationRows.length > 0),
    windows: [],
    words,
  };
}

function within(
  { trainRows, validationRows }: SelectionFold,
  { learnedTo, from, to }: SelectionWindow,
  cutoffs: Int32Array,
): SelectionFold {
  return {
    trainRows: trainRows.filter((row) => cutoffs[row] <= learnedTo),
    validationRows: validationRows.filter((row) => cutoffs[row] >= from && cutoffs[row] <= to),
  };
}

function tooShort(cutoffs: number, windows: number, { leadDays, horizonDays }: LabelWindow): string {
  const reason =
    windows > 0
      ? 'every expanding window would leave a fold of users without a loss'
      : `none of the ${cutoffs} training cutoffs lies ${leadDays + horizonDays} days (lead and horizon) after another`;
  return `judged at the cutoffs that were fitted on, by users alone: ${reason}`;
}

function leftOut(windows: number): string {
  return windows === 0 ? '' : `; ${windows} more would leave a fold of users without a loss`;
}

function isUsable({ trainRows, validationRows }: SelectionFold, labels: Uint8Array): boolean {
  return hasBoth(trainRows, labels) && hasBoth(validationRows, labels);
}

function hasBoth(rows: Int32Array, labels: Uint8Array): boolean {
  return rows.some((row) => labels[row] === 0) && rows.some((row) => labels[row] === 1);
}
