import { denseRank } from './dense-rank.ts';
import { type Interval, logLogInterval } from './intervals.ts';

export interface SurvivalPoint {
  readonly day: number;
  /** Users that entered before this day (or at 0) and were neither lost nor censored before it. */
  readonly atRisk: number;
  readonly lost: number;
  readonly censored: number;
  /** Share that stays beyond this day. */
  readonly staying: Interval;
}

/**
 * Kaplan–Meier estimate of staying, one point for each distinct duration, rising. Losses of a day come before
 * its censorings. The 95 % limits are Greenwood's on the scale log(−log S) (Kalbfleisch and Prentice 1980); they
 * are 1 and 1 before the first loss, and NaN once nobody stays, where the formula has no value.
 *
 * @param durations days observed of each user, at least 0.
 * @param lost 1 = the duration ended with the loss, 0 = it was still running (censored).
 * @param entries days after which each user came under observation, such as the age of the account when the log
 *   begins; 0 for all when absent. Without them, durations counted from before the log began flatter the
 *   estimate: users lost earlier are not in the log. In whole days, round entries down and durations up, so that
 *   nobody's time under observation becomes nothing.
 * @throws RangeError when lengths differ, a flag is not 0 or 1, a number is negative or not finite, or a user
 *   that did not enter at 0 entered no earlier than the duration ends.
 */
export function kaplanMeier(
  durations: Float64Array,
  lost: Uint8Array,
  entries: Float64Array = new Float64Array(durations.length),
): SurvivalPoint[] {
  checkUsers(durations, lost, entries);
  const days = countByDay(durations, lost);
  const entered = entries.toSorted();
  let entrants = 0;
  let gone = 0;
  let share = 1;
  let greenwood = 0;
  return days.map(({ day, losses, censorings }) => {
    while (entrants < entered.length && (entered[entrants] < day || entered[entrants] === 0)) entrants++;
    const atRisk = entrants - gone;
    gone += losses + censorings;
    share *= 1 - losses / atRisk;
    greenwood += losses / (atRisk * (atRisk - losses));
    return { day, atRisk, lost: losses, censored: censorings, staying: logLogInterval(share, greenwood) };
  });
}

function countByDay(
  durations: Float64Array,
  lost: Uint8Array,
): { readonly day: number; readonly losses: number; readonly censorings: number }[] {
  const { distinct, ranks } = denseRank(durations);
  const losses = new Int32Array(distinct.length);
  const censorings = new Int32Array(distinct.length);
  for (let i = 0; i < ranks.length; i++) {
    const counts = lost[i] === 1 ? losses : censorings;
    counts[ranks[i]]++;
  }
  return Array.from(distinct, (day, i) => ({ day, losses: losses[i], censorings: censorings[i] }));
}

function checkUsers(durations: Float64Array, lost: Uint8Array, entries: Float64Array): void {
  if (lost.length !== durations.length || entries.length !== durations.length) {
    throw new RangeError(
      `There are ${durations.length} durations, ${lost.length} flags and ${entries.length} entries; each user needs all.`,
    );
  }
  for (let i = 0; i < durations.length; i++) {
    if (!isObserved(entries[i], durations[i])) {
      throw new RangeError(
        `User ${i} entered at day ${entries[i]} and was observed until day ${durations[i]}; expected 0 ≤ entry < duration, or entry 0.`,
      );
    }
    if (lost[i] > 1) throw new RangeError(`The flag of user ${i} is ${lost[i]}; it must be 0 or 1.`);
  }
}

function isObserved(entry: number, duration: number): boolean {
  return duration >= 0 && Number.isFinite(duration) && (entry === 0 || (entry > 0 && entry < duration));
}
