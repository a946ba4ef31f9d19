import type { CrossFitPlan } from './cross-fit.ts';
import { type LabelWindow, type SelectionWindow, selectionWindows } from './selection-windows.ts';

/** What learners, settings and calibrators are chosen by; no test row has a part in it. */
export interface Selection {
  /** Whether judged rows are later than the outcomes that their model saw, or at the same cutoffs. */
  readonly order: 'expanding' | 'same-cutoffs';
  /**
   * By window: its `validationRows` are those that had ended, its `testRows` those that are judged. None with `same-cutoffs`: the plan
   * itself then serves, judged by its validation rows.
   */
  readonly plans: readonly CrossFitPlan[];
  /** Those of the plans. */
  readonly windows: readonly SelectionWindow[];
  /** How many windows there are, or why none, in words. */
  readonly words: string;
}

/**
 * The training cutoffs of a plan divided in time, by user and with an embargo at once. Where the log is long enough there are several
 * expanding windows: each is judged at some cutoffs and fitted on those whose label windows had ended by the first of them, both within the
 * folds of users that the plan has. A window that lacks one of the outcomes is left out. Where none is left, the training cutoffs are on
 * both sides, and `words` says so.
 * @param cutoffs the day of each row.
 */
export function selectionOf(
  plan: CrossFitPlan,
  cutoffs: Int32Array,
  labels: Uint8Array,
  window: LabelWindow,
): Selection {
  const days = [...new Set(plan.validationRows.map((row) => cutoffs[row]))].sort((a, b) => a - b);
  const possible = selectionWindows(days, window).map((one) => ({
    window: one,
    plan: planWithin(plan, one, cutoffs),
  }));
  const used = possible.filter((one) => isUsable(one.plan, labels));
  if (used.length === 0) return sameCutoffs(tooShort(days.length, possible.length, window));
  return {
    order: 'expanding',
    plans: used.map((one) => one.plan),
    windows: used.map((one) => one.window),
    words: `${used.length} expanding ${used.length === 1 ? 'window' : 'windows'} of ${days.length} training cutoffs${leftOut(possible.length - used.length)}`,
  };
}

/** Selection by the plan itself. */
export function sameCutoffs(
  words = 'each fold of users is judged at the cutoffs that the others are fitted on',
): Selection {
  return { order: 'same-cutoffs', plans: [], windows: [], words };
}

/** The plans to choose by, with the rows that judge. */
export function judgedPlans(
  plan: CrossFitPlan,
  { plans }: Pick<Selection, 'plans'>,
): readonly { readonly plan: CrossFitPlan; readonly judgedRows: Int32Array }[] {
  if (plans.length === 0) return [{ plan, judgedRows: plan.validationRows }];
  return plans.map((one) => ({ plan: one, judgedRows: one.testRows }));
}

/** Rows to fit on and rows to judge by, which share no user. */
export interface SelectionFold {
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
}

/** The same as folds: plan after plan, and of each a fold of users after the other. */
export function judgedFolds(plan: CrossFitPlan, selection: Pick<Selection, 'plans'>): SelectionFold[] {
  return judgedPlans(plan, selection).flatMap((one) => {
    const isJudged = new Set(one.judgedRows);
    return one.plan.fits
      .map(({ trainRows, predictRows }) => ({
        trainRows,
        validationRows: predictRows.filter((row) => isJudged.has(row)),
      }))
      .filter(({ validationRows }) => validationRows.length > 0);
  });
}

function planWithin(
  { fits, validationRows }: CrossFitPlan,
  { learnedTo, from, to }: SelectionWindow,
  cutoffs: Int32Array,
): CrossFitPlan {
  const isLearned = (row: number) => cutoffs[row] <= learnedTo;
  const isJudged = (row: number) => cutoffs[row] >= from && cutoffs[row] <= to;
  return {
    fits: fits.map(({ fold, trainRows, predictRows }) => ({
      fold,
      trainRows: trainRows.filter(isLearned),
      predictRows: predictRows.filter((row) => isLearned(row) || isJudged(row)),
    })),
    validationRows: validationRows.filter(isLearned),
    testRows: validationRows.filter(isJudged),
  };
}

function tooShort(cutoffs: number, windows: number, { leadDays, horizonDays }: LabelWindow): string {
  const reason =
    windows > 0
      ? 'every expanding window would lack a loss'
      : `none of the ${cutoffs} training cutoffs lies ${leadDays + horizonDays} days (lead and horizon) after another`;
  return `judged at the cutoffs that were fitted on, by users alone: ${reason}`;
}

function leftOut(windows: number): string {
  return windows === 0 ? '' : `; ${windows} more would lack a loss`;
}

function isUsable({ fits, testRows }: CrossFitPlan, labels: Uint8Array): boolean {
  return hasBoth(testRows, labels) && fits.every(({ trainRows }) => hasBoth(trainRows, labels));
}

function hasBoth(rows: Int32Array, labels: Uint8Array): boolean {
  return rows.some((row) => labels[row] === 0) && rows.some((row) => labels[row] === 1);
}
