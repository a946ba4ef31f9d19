import type { Interval } from '../evaluation/intervals.ts';
import { percentileInterval } from '../evaluation/percentile-interval.ts';
import { resampleUsers } from '../evaluation/resampling.ts';

/** Whose rows are explained, and how often users are drawn anew to see what another sample of them would have shown. */
export interface UserSample {
  /** The user of each row, 0 … count − 1. */
  readonly userOf: Int32Array;
  readonly count: number;
  readonly replicates: number;
  readonly seed: number;
}

/**
 * Numbers with 95 % percentile intervals by bootstrap over users; see `percentileInterval`.
 * @param statistic the numbers when each user counts so often, always as many; `isDrawn` in a replicate, false for the rows
 * themselves.
 */
export function userIntervals(
  { count, replicates, seed }: UserSample,
  statistic: (timesOfUser: Int32Array, isDrawn: boolean) => ArrayLike<number>,
): Interval[] {
  const values = Array.from(statistic(new Int32Array(count).fill(1), false));
  const samples = values.map(() => new Float64Array(replicates));
  let replicate = 0;
  resampleUsers(count, replicates, seed, (drawn) => {
    const sample = statistic(drawn, true);
    for (let k = 0; k < samples.length; k++) samples[k][replicate] = sample[k];
    replicate++;
  });
  return values.map((value, k) => percentileInterval(value, samples[k], count));
}

/** Σ over users of times · sums[user · width + k], for each k. */
export function weightedSums(sums: Float64Array, width: number, timesOfUser: Int32Array): Float64Array {
  const total = new Float64Array(width);
  for (let user = 0; user < timesOfUser.length; user++) {
    const times = timesOfUser[user];
    if (times === 0) continue;
    for (let k = 0; k < width; k++) total[k] += times * sums[user * width + k];
  }
  return total;
}
