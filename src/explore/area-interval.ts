import { type Interval, normalQuantile975 } from '../evaluation/intervals.ts';

/**
 * Chance that one of the lost has a value above one of those who stayed, a tie counting half: the area under the ROC curve of the value
 * as a score. The 95 % interval is DeLong's on the scale of the logit (DeLong, DeLong and Clarke-Pearson 1988; Sun and Xu 2014), so
 * that it stays within 0 and 1. The limits are NaN where the variance is not to be had: fewer than two of either, or no overlap.
 *
 * @param lost, stayed in rising order, without NaN.
 */
export function areaWithInterval(lost: Float64Array, stayed: Float64Array): Interval {
  const above = placements(lost, stayed);
  const below = placements(stayed, lost);
  const value = meanOf(above);
  const variance = varianceOf(above) / above.length + varianceOf(below) / below.length;
  const half = (normalQuantile975 * Math.sqrt(variance)) / (value * (1 - value));
  const logit = Math.log(value / (1 - value));
  const limit = (by: number) => (half > 0 && half < Infinity ? 1 / (1 + Math.exp(-logit - by)) : Number.NaN);
  return { value, low: limit(-half), high: limit(half) };
}

/** Of each value, the share of the others below it, ties counting half. */
function placements(values: Float64Array, others: Float64Array): Float64Array {
  let below = 0;
  let notAbove = 0;
  return values.map((value) => {
    while (below < others.length && others[below] < value) below++;
    while (notAbove < others.length && others[notAbove] <= value) notAbove++;
    return (below + notAbove) / (2 * others.length);
  });
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample variance; NaN of fewer than two. */
function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.length < 2
    ? Number.NaN
    : values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
