import { NothingToLearnError } from '../errors.ts';
import type { Role } from './temporal-split.ts';

/** Row indices, rising. */
export interface CrossFitPlan {
  /** One fit a fold: it learns from `trainRows` and predicts `predictRows`. Each row is predicted once at most. */
  readonly fits: readonly {
    readonly fold: number;
    readonly trainRows: Int32Array;
    readonly predictRows: Int32Array;
  }[];
  /** Predicted rows by which learner, settings and threshold are chosen. */
  readonly validationRows: Int32Array;
  /** Predicted rows by which the choice is judged. */
  readonly testRows: Int32Array;
}

/**
 * The `forecast` protocol: the fit of a fold learns from the training cutoffs of the other folds' users and
 * predicts its own users, at training cutoffs (validation) and at test cutoffs (test). So a test row is of a
 * user that its model never saw, and later than every label window that the model saw; embargo rows are unused.
 *
 * @param foldOfRow the fold of each row's user.
 * @param roleOfRow the role of each row's cutoff.
 * @throws NothingToLearnError when there is no test row, or a fit has no row to learn from; RangeError when the
 *   lengths differ.
 */
export function forecastPlan(foldOfRow: Int32Array, roleOfRow: readonly Role[]): CrossFitPlan {
  if (roleOfRow.length !== foldOfRow.length) {
    throw new RangeError(
      `There are ${foldOfRow.length} folds and ${roleOfRow.length} roles; each row needs both.`,
    );
  }
  const testRows = rowsWhere(foldOfRow, (row) => roleOfRow[row] === 'test');
  if (testRows.length === 0) {
    throw new NothingToLearnError(
      `None of the ${foldOfRow.length} examples is at a test cutoff; give a log with users at risk at its last cutoffs.`,
      { examples: foldOfRow.length },
    );
  }
  return {
    fits: fitsByFold(foldOfRow, roleOfRow),
    validationRows: rowsWhere(foldOfRow, (row) => roleOfRow[row] === 'train'),
    testRows,
  };
}

/**
 * The `retrospective` protocol, one row a user and no cutoff: the fit of a fold learns from the other folds'
 * users and predicts its own. The validation rows are the test rows too, so that what is chosen on them is
 * judged too kindly by them.
 *
 * @param foldOfRow the fold of each row's user.
 * @throws NothingToLearnError when a fit has no row to learn from.
 */
export function retrospectivePlan(foldOfRow: Int32Array): CrossFitPlan {
  const everyRow = rowsWhere(foldOfRow, () => true);
  const fits = fitsByFold(foldOfRow, new Array<Role>(foldOfRow.length).fill('train'));
  return { fits, validationRows: everyRow, testRows: everyRow };
}

function fitsByFold(foldOfRow: Int32Array, roleOfRow: readonly Role[]): CrossFitPlan['fits'] {
  const folds = Array.from(new Set(foldOfRow)).sort((a, b) => a - b);
  return folds
    .map((fold) => ({
      fold,
      trainRows: rowsWhere(foldOfRow, (row) => foldOfRow[row] !== fold && roleOfRow[row] === 'train'),
      predictRows: rowsWhere(foldOfRow, (row) => foldOfRow[row] === fold && roleOfRow[row] !== 'embargo'),
    }))
    .filter(({ predictRows }) => predictRows.length > 0)
    .map((fit) => {
      if (fit.trainRows.length > 0) return fit;
      throw new NothingToLearnError(
        `The fit for fold ${fit.fold} has no example of another fold's users to learn from; give a log of more users.`,
        { fold: fit.fold, predicted: fit.predictRows.length },
      );
    });
}

function rowsWhere(rows: Int32Array, test: (row: number) => boolean): Int32Array {
  return Int32Array.from(rows.keys()).filter(test);
}
