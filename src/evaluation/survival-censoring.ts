import { denseRank } from './dense-rank.ts';

/** Rows and how long each was watched. */
export interface WatchedTimes {
  /** Time of the loss, or the time until which there was none (censored). */
  readonly times: Float64Array;
  /** 1 = lost at that time, 0 = censored. */
  readonly lost: Uint8Array;
}

/** The share of rows that are still watched just after a time, were nobody lost. */
export interface CensoringCurve {
  readonly at: (time: number) => number;
  /** At each row's own time. */
  readonly ofRows: Float64Array;
}

/**
 * Kaplan–Meier estimate of the censoring, by whose inverse uncensored rows are weighed (Graf et al. 1999). A row that is lost is under
 * watch no longer when others are censored at the same time, as in scikit-survival.
 *
 * @throws RangeError when lengths differ, a flag is not 0 or 1, or a time is not finite.
 */
export function censoringCurve({ times, lost }: WatchedTimes): CensoringCurve {
  checkTimes({ times, lost });
  const { distinct, ranks } = denseRank(times);
  const losses = new Int32Array(distinct.length);
  const censorings = new Int32Array(distinct.length);
  ranks.forEach((rank, row) => {
    if (lost[row] === 1) losses[rank]++;
    else censorings[rank]++;
  });
  let atRisk = times.length;
  let share = 1;
  const shares = distinct.map((_, k) => {
    const open = atRisk - losses[k];
    if (censorings[k] > 0) share *= 1 - censorings[k] / open;
    atRisk = open - censorings[k];
    return share;
  });
  return {
    at: (time) => {
      const before = firstAbove(distinct, time) - 1;
      return before < 0 ? 1 : shares[before];
    },
    ofRows: Float64Array.from(ranks, (rank) => shares[rank]),
  };
}

function checkTimes({ times, lost }: WatchedTimes): void {
  if (times.length !== lost.length) {
    throw new RangeError(`There are ${times.length} times and ${lost.length} flags; each row needs both.`);
  }
  const bad = times.findIndex((time) => !Number.isFinite(time));
  if (bad >= 0) throw new RangeError(`The time of row ${bad} is ${times[bad]}; it must be finite.`);
  const flag = lost.findIndex((value) => value > 1);
  if (flag >= 0) throw new RangeError(`The flag of row ${flag} is ${lost[flag]}; it must be 0 or 1.`);
}

/** The first index whose value is above `value`, or the length. */
function firstAbove(rising: Float64Array, value: number): number {
  const found = rising.findIndex((one) => one > value);
  return found < 0 ? rising.length : found;
}
