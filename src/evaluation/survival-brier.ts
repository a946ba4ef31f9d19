import type { CensoringCurve, WatchedTimes } from './survival-censoring.ts';

/**
 * Each row's part of the Brier score at a time, weighed for censoring (Graf et al. 1999): their mean is the score. Rows that were censored
 * before it have none.
 *
 * @param risks probability of being lost by `time`, one a row.
 */
export function brierParts(
  { times, lost }: WatchedTimes,
  censoring: CensoringCurve,
  risks: Float64Array,
  time: number,
): Float64Array {
  const watched = censoring.at(time);
  return risks.map((risk, row) => {
    if (times[row] > time) return risk ** 2 / watched;
    return lost[row] === 1 ? (1 - risk) ** 2 / censoring.ofRows[row] : 0;
  });
}

/**
 * The mean of a curve over its times by the trapezoid rule, as scikit-survival integrates the Brier score; of one time its value.
 * @param times rising.
 */
export function meanOverTime(times: readonly number[], values: readonly number[]): number {
  if (times.length === 1) return values[0];
  let area = 0;
  for (let i = 1; i < times.length; i++) {
    area += ((times[i] - times[i - 1]) * (values[i] + values[i - 1])) / 2;
  }
  return area / (times[times.length - 1] - times[0]);
}
