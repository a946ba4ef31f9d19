import type { Engine } from '../../engine/engine.ts';
import { dayMillis } from '../../ledger/columns.ts';
import { numbersOf, stringsOf } from '../../table/table.ts';

/** How rows were watched from their cutoffs on; day 1 is the cutoff's own day. */
export interface WatchedRows {
  /** The day of the loss, or the last one that was watched whole. */
  readonly days: Int32Array;
  readonly lost: Uint8Array;
}

/**
 * The day (since 1970) on which the user of each row was lost; infinite of those who were not.
 * @param relation with `user` and `time`.
 */
export async function lossDays(
  engine: Engine,
  relation: string,
  users: readonly string[],
): Promise<Float64Array> {
  const losses = await engine.query(`select "user", time from ${relation}`);
  const times = numbersOf(losses, 'time');
  const dayOf = new Map(stringsOf(losses, 'user').map((user, i) => [user, Math.floor(times[i] / dayMillis)]));
  return Float64Array.from(users, (user) => dayOf.get(user) ?? Number.POSITIVE_INFINITY);
}

/**
 * Rows watched up to the start of day `end`: what came on that day or later is not seen, so that nothing learned of them was still open then.
 * Whoever leaves for another reason stays, as never lost to this one: since it is known until when everyone would have been watched,
 * the risk is then the share that will really be lost (Fine and Gray 1999, section 3, for complete data).
 * @param lostOn of each row, as of `lossDays`.
 */
export function watchRows(cutoffs: Int32Array, lostOn: Float64Array, end: number): WatchedRows {
  const days = new Int32Array(cutoffs.length);
  const lost = new Uint8Array(cutoffs.length);
  cutoffs.forEach((cutoff, row) => {
    const watched = Math.max(0, end - cutoff);
    const day = lostOn[row] - cutoff + 1;
    lost[row] = day <= watched ? 1 : 0;
    days[row] = Math.min(day, watched);
  });
  return { days, lost };
}

/** Times by which no loss of a day falls together with the end of watching: whoever was watched for that whole day was watched a little longer. */
export function watchedTimes({ days, lost }: WatchedRows): {
  readonly times: Float64Array;
  readonly lost: Uint8Array;
} {
  return { times: Float64Array.from(days, (day, row) => (lost[row] === 1 ? day : day + 0.5)), lost };
}
