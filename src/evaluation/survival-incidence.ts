import { denseRank } from './dense-rank.ts';
import { type Interval, logLogInterval } from './intervals.ts';

export interface IncidencePoint {
  readonly day: number;
  /** Users whose time ends on this day or later. */
  readonly atRisk: number;
  /** By cause: how many were lost to it on this day, and the share lost to it by its end. */
  readonly causes: readonly { readonly lost: number; readonly incidence: Interval }[];
}

/**
 * Aalen–Johansen estimate of the cumulative incidence of competing causes (Aalen and Johansen 1978), a point for each distinct duration,
 * rising: the share that will have been lost to a cause first, where one minus Kaplan–Meier would act as if the other causes did not exist.
 * The variance is Aalen's (1978, as scikit-survival and cmprsk have it); the 95 % limits are on the scale log(−log F) (Choudhury 2002),
 * 0 and 0 before the cause's first loss. Losses of a day come before its censorings.
 *
 * @param durations days observed of each user, at least 0.
 * @param causes of each: 0 = still there when observation ended (censored), else 1 … count.
 * @throws RangeError when lengths differ, a duration is negative or not finite, or a cause is out of range.
 */
export function cumulativeIncidence(
  durations: Float64Array,
  causes: Uint8Array,
  count: number,
): IncidencePoint[] {
  checkUsers(durations, causes, count);
  const { distinct, ranks } = denseRank(durations);
  const lost = Array.from({ length: count + 1 }, () => new Int32Array(distinct.length));
  ranks.forEach((rank, user) => {
    lost[causes[user]][rank]++;
  });
  const steps = stepsOf(lost, durations.length);
  const ofCause = lost.slice(1).map((own) => incidenceOf(own, steps));
  return Array.from(distinct, (day, k) => ({
    day,
    atRisk: steps[k].atRisk,
    causes: ofCause.map((intervals, j) => ({ lost: lost[j + 1][k], incidence: intervals[k] })),
  }));
}

/** What happened at one of the times, over all causes. */
interface Step {
  readonly atRisk: number;
  readonly losses: number;
  /** Share that was lost to nothing before it. */
  readonly staying: number;
}

function stepsOf(lost: readonly Int32Array[], users: number): Step[] {
  let atRisk = users;
  let staying = 1;
  return Array.from(lost[0], (censored, k) => {
    const losses = lost.slice(1).reduce((sum, own) => sum + own[k], 0);
    const step = { atRisk, losses, staying };
    staying *= 1 - losses / atRisk;
    atRisk -= losses + censored;
    return step;
  });
}

function incidenceOf(own: Int32Array, steps: readonly Step[]): Interval[] {
  let share = 0;
  const shares = steps.map(({ atRisk, staying }, k) => {
    share += (staying * own[k]) / atRisk;
    return share;
  });
  const variances = aalenVariances(own, steps, shares);
  return shares.map((value, k) =>
    value === 0 ? { value, low: 0, high: 0 } : logLogInterval(value, variances[k] / value ** 2),
  );
}

/** Pintilie 2006, "Competing Risks: A Practical Perspective", equation 4.5; a sum without a value (one user at risk) adds nothing. */
function aalenVariances(own: Int32Array, steps: readonly Step[], shares: readonly number[]): number[] {
  const terms = steps.map(({ atRisk: n, losses: d, staying }, j) => {
    const quiet = own[j] * (n - own[j]);
    return {
      square: valueOr0(d / ((n - 1) * (n - d))),
      plain: valueOr0((staying ** 2 * quiet) / ((n - 1) * n ** 2)),
      cross: valueOr0((staying * quiet) / (n * (n - d) * (n - 1))),
    };
  });
  return shares.map((share, k) => {
    let variance = 0;
    for (let j = 0; j <= k; j++) {
      const later = share - shares[j];
      const { square, plain, cross } = terms[j];
      variance += later ** 2 * square + plain - 2 * later * cross;
    }
    return variance;
  });
}

function valueOr0(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

function checkUsers(durations: Float64Array, causes: Uint8Array, count: number): void {
  if (durations.length !== causes.length) {
    throw new RangeError(
      `There are ${durations.length} durations and ${causes.length} causes; each user needs both.`,
    );
  }
  const bad = durations.findIndex((duration) => !(duration >= 0 && Number.isFinite(duration)));
  if (bad >= 0) throw new RangeError(`The duration of user ${bad} is ${durations[bad]}; expected 0 or more.`);
  const cause = causes.findIndex((value) => value > count);
  if (cause >= 0)
    throw new RangeError(`The cause of user ${cause} is ${causes[cause]}; expected 0 to ${count}.`);
}
