import type { Interval } from './intervals.ts';
import { quantile } from './quantile.ts';

/**
 * The 95 % percentile interval of a bootstrap. Its limits are NaN when the statistic is undefined (NaN) on the rows
 * themselves or in more than half of the replicates, and for fewer than two users.
 *
 * @param samples the statistic of every replicate, NaN where it is undefined there.
 */
export function percentileInterval(value: number, samples: Float64Array, users: number): Interval {
  const defined = samples.filter((sample) => !Number.isNaN(sample));
  if (Number.isNaN(value) || users < 2 || 2 * defined.length < samples.length) {
    return { value, low: Number.NaN, high: Number.NaN };
  }
  const rising = defined.sort();
  return { value, low: quantile(rising, 0.025), high: quantile(rising, 0.975) };
}
