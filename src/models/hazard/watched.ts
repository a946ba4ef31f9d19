import { InputError } from '../../errors.ts';
import type { Matrix } from '../matrix.ts';

/** Rows as of their cutoffs, and how each was watched from there on. Day 1 is the first day after the cutoff. */
export interface Watched {
  readonly matrix: Matrix;
  /** The day of the loss, or the last day that was watched whole; 0 where none was. */
  readonly days: Int32Array;
  /** 1 = lost on that day, 0 = not lost up to its end (censored). */
  readonly lost: Uint8Array;
  /** The first day on which the row can be lost, where that is known at the cutoff; absent where it is day 1 for all. */
  readonly from?: Int32Array | undefined;
}

/** @throws InputError where lengths differ, a value is missing, a day is negative, or a loss is on a day on which there can be none. */
export function checkWatched({ matrix, days, lost, from }: Watched): void {
  checkComplete(matrix.names, matrix.columns);
  for (const [what, values] of Object.entries({ days, lost, from })) {
    if (values === undefined || values.length === matrix.rows) continue;
    throw new InputError(`There are ${values.length} ${what} for ${matrix.rows} rows; each row needs one.`);
  }
  for (let row = 0; row < matrix.rows; row++) {
    const first = from === undefined ? 1 : from[row];
    if (lost[row] > 1) throw new InputError(`The flag of row ${row} is ${lost[row]}; expected 0 or 1.`);
    if (first < 1 || days[row] < (lost[row] === 1 ? first : 0)) {
      throw new InputError(
        `Row ${row} was watched for ${days[row]} days and can be lost from day ${first} on; expected whole days from 1 up, and no loss before them.`,
        { row },
      );
    }
  }
}

/** @throws InputError naming the first covariate with a missing value: a hazard has none to put in its place. */
export function checkComplete(names: readonly string[], columns: readonly Float64Array[]): void {
  columns.forEach((column, j) => {
    const row = column.findIndex(Number.isNaN);
    if (row < 0) return;
    throw new InputError(
      `Row ${row} of the covariate "${names[j]}" is missing; a hazard needs every value: fill it in first.`,
      { feature: names[j], row },
    );
  });
}

/** Different users who were still watched on a day, by day: `counts[k]` is of day k + 1. @param users of each row, whole numbers from 0 up. */
export function usersWatched(
  { days }: Pick<Watched, 'days'>,
  users: Int32Array,
  lastDay: number,
): Int32Array {
  const longest = new Int32Array(users.reduce((most, user) => Math.max(most, user), -1) + 1);
  for (let row = 0; row < days.length; row++) longest[users[row]] = Math.max(longest[users[row]], days[row]);
  const counts = new Int32Array(lastDay);
  for (const last of longest) for (let k = 0; k < Math.min(last, lastDay); k++) counts[k]++;
  return counts;
}

/**
 * The last day up to which enough different users were watched on every day: `leastUsers`, or half of those of day 1 where these are few.
 * @param counts as `usersWatched` gives them.
 */
export function lastWatchedDay(counts: Int32Array, leastUsers: number): number {
  const least = Math.min(leastUsers, counts[0] / 2);
  const tooFew = counts.findIndex((users) => users < least || users === 0);
  return tooFew < 0 ? counts.length : tooFew;
}
