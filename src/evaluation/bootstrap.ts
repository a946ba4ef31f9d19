import { denseRank } from './dense-rank.ts';
import type { Interval } from './intervals.ts';
import { type MetricName, type Metrics, mapMetrics, metricNames } from './metrics.ts';
import { percentileInterval } from './percentile-interval.ts';
import { resampleUsers } from './resampling.ts';
import { measureWeighted, weightedRows } from './weighted-rows.ts';

export interface BootstrapOptions {
  readonly seed: number;
  /** 1,000 when absent. */
  readonly replicates?: number;
}

export interface MetricIntervals {
  readonly users: number;
  readonly replicates: number;
  readonly intervals: Readonly<Record<MetricName, Interval>>;
  /** Replicates in which the metric was undefined, such as ROC AUC when no lost user was drawn. */
  readonly undefinedReplicates: Readonly<Record<MetricName, number>>;
}

/**
 * Metrics with 95 % percentile intervals by bootstrap over users (Efron and Tibshirani 1993, chapter 13): whole
 * users are drawn, since rows of one user are not independent. The interval tells of the users, not of the fit:
 * the model stays as it is.
 *
 * A replicate that leaves a metric undefined is left out of that metric's interval and counted. The limits are
 * NaN when the metric is undefined on the rows themselves or in more than half of the replicates, and for fewer
 * than two users.
 *
 * @param labels 1 = lost, 0 = stayed.
 * @param probabilities of being lost, 0…1, one a row.
 * @param groups the user of each row; any whole numbers.
 * @param threshold a row is decided "lost" from this probability up.
 * @throws RangeError as `evaluate` does; UsageError unless `replicates` is a whole number above 0.
 */
export function bootstrapMetrics(
  labels: Uint8Array,
  probabilities: Float64Array,
  groups: Int32Array,
  threshold: number,
  options: BootstrapOptions,
): MetricIntervals {
  const { users, count } = presentUsers(labels, groups);
  const rows = weightedRows(labels, probabilities, users, threshold);
  return bootstrap(count, options, (weights) => measureWeighted(rows, weights));
}

/** One model's probabilities and the threshold it decides by. */
export interface Decisions {
  readonly probabilities: Float64Array;
  readonly threshold: number;
}

/**
 * The difference a − b of two models' metrics on the same rows, with intervals from resamples that both share;
 * an interval without 0 tells the two apart. Rules and errors are those of `bootstrapMetrics`; a difference is
 * undefined where either metric is.
 */
export function pairedDifference(
  labels: Uint8Array,
  a: Decisions,
  b: Decisions,
  groups: Int32Array,
  options: BootstrapOptions,
): MetricIntervals {
  const { users, count } = presentUsers(labels, groups);
  const rowsOfA = weightedRows(labels, a.probabilities, users, a.threshold);
  const rowsOfB = weightedRows(labels, b.probabilities, users, b.threshold);
  return bootstrap(count, options, (weights) => {
    const ofA = measureWeighted(rowsOfA, weights);
    const ofB = measureWeighted(rowsOfB, weights);
    return mapMetrics((name) => ofA[name] - ofB[name]);
  });
}

function bootstrap(
  users: number,
  options: BootstrapOptions,
  statistic: (weights: Int32Array) => Metrics,
): MetricIntervals {
  const found = bootstrapEach(users, options, (weights) => {
    const metrics = statistic(weights);
    return metricNames.map((name) => metrics[name]);
  });
  const of = (name: MetricName) => found[metricNames.indexOf(name)];
  return {
    users,
    replicates: options.replicates ?? defaultReplicates,
    intervals: mapMetrics((name) => of(name).interval),
    undefinedReplicates: mapMetrics((name) => of(name).undefinedReplicates),
  };
}

export const defaultReplicates = 1000;

/** Several statistics at once, each with its interval by the rules of `bootstrapMetrics`. @param statistic of the users, each counted so often. */
export function bootstrapEach(
  users: number,
  { seed, replicates = defaultReplicates }: BootstrapOptions,
  statistic: (weights: Int32Array) => readonly number[],
): { readonly interval: Interval; readonly undefinedReplicates: number }[] {
  const values = statistic(new Int32Array(users).fill(1));
  const samples: (readonly number[])[] = [];
  resampleUsers(users, replicates, seed, (drawn) => samples.push(statistic(drawn)));
  return values.map((value, i) => {
    const drawn = Float64Array.from(samples, (sample) => sample[i]);
    return {
      undefinedReplicates: drawn.filter(Number.isNaN).length,
      interval: percentileInterval(value, drawn, users),
    };
  });
}

/** Users by rank, 0 … count − 1. */
export function presentUsers(
  labels: Uint8Array,
  groups: Int32Array,
): { readonly users: Int32Array; readonly count: number } {
  if (groups.length !== labels.length) {
    throw new RangeError(
      `There are ${groups.length} groups and ${labels.length} labels; each row needs both.`,
    );
  }
  const { distinct, ranks } = denseRank(groups);
  return { users: ranks, count: distinct.length };
}
