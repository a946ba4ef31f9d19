import { bootstrapMetrics, type MetricIntervals } from '../../evaluation/bootstrap.ts';
import type { CrossFitPlan } from '../../evaluation/cross-fit.ts';
import type { MetricName } from '../../evaluation/metrics.ts';
import { chooseThreshold } from '../../evaluation/threshold.ts';

/** Rows that a model is judged by, none of which it learned from. */
export interface JudgedRows {
  readonly labels: Uint8Array;
  /** Rows of one group are drawn together for the intervals. */
  readonly groups: Int32Array;
  readonly probabilities: Float64Array;
  /** By row: the probability from which it is decided to be positive. */
  readonly thresholds: Float64Array;
}

/** The metrics with 95 % intervals by bootstrap over groups. */
export function judge(
  { labels, groups, probabilities, thresholds }: JudgedRows,
  options: { readonly seed: number; readonly replicates: number },
): MetricIntervals {
  const ranked = bootstrapMetrics(labels, probabilities, groups, thresholds[0], options);
  if (thresholds.every((threshold) => threshold === thresholds[0])) return ranked;
  const decisions = probabilities.map((p, row) => (p >= thresholds[row] ? 1 : 0));
  const decided = bootstrapMetrics(labels, decisions, groups, 0.5, options);
  return {
    ...ranked,
    intervals: { ...ranked.intervals, ...pick(decided.intervals) },
    undefinedReplicates: { ...ranked.undefinedReplicates, ...pick(decided.undefinedReplicates) },
  };
}

/**
 * For each row of a fold the threshold with the best F1 on the rows of the other folds, so that no row takes part in the
 * choice that it is judged by.
 */
export function crossFittedThresholds(
  { fits }: CrossFitPlan,
  labels: Uint8Array,
  outOfFold: Float64Array,
): Float64Array {
  const thresholds = new Float64Array(labels.length);
  for (const { trainRows, predictRows } of fits) {
    const { threshold } = chooseThreshold(
      Uint8Array.from(trainRows, (row) => labels[row]),
      Float64Array.from(trainRows, (row) => outOfFold[row]),
    );
    for (const row of predictRows) thresholds[row] = threshold;
  }
  return thresholds;
}

function pick<T>(metrics: Readonly<Record<MetricName, T>>) {
  const { f1, weightedF1, precision, recall, accuracy } = metrics;
  return { f1, weightedF1, precision, recall, accuracy };
}
