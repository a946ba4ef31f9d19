import type { Interval } from './intervals.ts';

/**
 * Intervals that hold for all statistics together in 95 % of samples: each value ± c standard errors, where c is the 95 % point of the
 * greatest |sample − value| / standard error over the statistics ("max-t", Romano and Wolf 2005, Econometrica 73). Unlike Bonferroni's
 * they use that the statistics hang together. A statistic that does not vary is its own interval. Limits are NaN where the statistic, or
 * more than half of all replicates, is undefined.
 *
 * @param samples of each statistic, one a replicate, drawn together; NaN where a replicate leaves it undefined.
 */
export function simultaneousIntervals(
  values: readonly number[],
  samples: readonly Float64Array[],
): Interval[] {
  const errors = samples.map(standardError);
  const moving = [...values.keys()].filter((i) => errors[i] > 0 && !Number.isNaN(values[i]));
  const replicates = samples[0]?.length ?? 0;
  const greatest = Float64Array.from({ length: replicates }, (_, b) =>
    moving.reduce((most, i) => Math.max(most, Math.abs(samples[i][b] - values[i]) / errors[i]), 0),
  )
    .filter((deviation) => !Number.isNaN(deviation))
    .sort();
  const factor =
    2 * greatest.length < replicates ? Number.NaN : greatest[Math.ceil(0.95 * greatest.length) - 1];
  return values.map((value, i) => {
    const half = errors[i] === 0 ? 0 : factor * errors[i];
    return { value, low: value - half, high: value + half };
  });
}

/** Standard deviation of the samples that are defined. */
function standardError(samples: Float64Array): number {
  const defined = samples.filter((sample) => !Number.isNaN(sample));
  const mean = defined.reduce((sum, sample) => sum + sample, 0) / defined.length;
  const squares = defined.reduce((sum, sample) => sum + (sample - mean) ** 2, 0);
  return Math.sqrt(squares / (defined.length - 1));
}
