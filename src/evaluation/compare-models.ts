import {
  type BootstrapOptions,
  type Decisions,
  defaultReplicates,
  type MetricIntervals,
  presentUsers,
} from './bootstrap.ts';
import type { Interval } from './intervals.ts';
import { lossMetrics, type MetricName, type Metrics, mapMetrics, metricNames } from './metrics.ts';
import { percentileInterval } from './percentile-interval.ts';
import { resampleUsers } from './resampling.ts';
import { simultaneousIntervals } from './simultaneous-intervals.ts';
import { measureWeighted, weightedRows } from './weighted-rows.ts';

/** Models on the same rows, by one bootstrap over users that all of them share. */
export interface ModelComparison {
  /** In the order of the models; what `bootstrapMetrics` gives for each. */
  readonly each: readonly MetricIntervals[];
  /** Each less the first, which itself is 0 less. */
  readonly overFirst: readonly MetricIntervals[];
  /** Every model less every one before it. */
  readonly pairs: readonly ModelPair[];
}

/** Two models, by their places. */
export interface ModelPair {
  readonly model: number;
  readonly against: number;
  /** Metrics of `model` less those of `against`; what `pairedDifference` gives. */
  readonly difference: MetricIntervals;
  /** The same with limits that hold for all pairs together, metric by metric, in 95 % of samples. */
  readonly together: Readonly<Record<MetricName, Interval>>;
}

/** A number a metric, on the rows themselves and in every replicate. */
export interface DrawnMetrics {
  readonly users: number;
  readonly value: Metrics;
  readonly samples: Readonly<Record<MetricName, Float64Array>>;
}

/**
 * Measures every model and every pair of them. Where many pairs are looked at some differ by chance: the limits of `together` are widened so
 * that in 95 % of samples none of them is wrong (see `simultaneousIntervals`).
 * @throws RangeError as `evaluate` does; UsageError unless `replicates` is a whole number above 0.
 */
export function compareModels(
  labels: Uint8Array,
  models: readonly Decisions[],
  groups: Int32Array,
  options: BootstrapOptions,
): ModelComparison {
  return compareDrawn(drawMetrics(labels, models, groups, options));
}

/** The same of models that were measured each by itself, on the same rows and by the same options. */
export function compareDrawn(drawn: readonly DrawnMetrics[]): ModelComparison {
  const pairs = drawn.flatMap((_, model) =>
    Array.from({ length: model }, (_, against) => ({
      ...{ model, against },
      drawn: lessOf(drawn[model], drawn[against]),
    })),
  );
  const together = togetherOf(pairs.map((pair) => pair.drawn));
  return {
    each: drawn.map(intervalsOf),
    overFirst: drawn.map((one) => intervalsOf(lessOf(one, drawn[0]))),
    pairs: pairs.map(({ model, against, drawn }, k) => ({
      ...{ model, against },
      difference: intervalsOf(drawn),
      together: together[k],
    })),
  };
}

/**
 * Models' metrics with those of every replicate, from one drawing for all. What is drawn depends on the users and the seed alone, so that models
 * on the same rows share it wherever they are measured.
 * @throws RangeError and UsageError as `compareModels` does.
 */
export function drawMetrics(
  labels: Uint8Array,
  models: readonly Decisions[],
  groups: Int32Array,
  { seed, replicates = defaultReplicates }: BootstrapOptions,
): DrawnMetrics[] {
  const { users, count } = presentUsers(labels, groups);
  const everyone = new Int32Array(count).fill(1);
  const drawn = models.map(({ probabilities, threshold }) => {
    const rows = weightedRows(labels, probabilities, users, threshold);
    const samples = mapMetrics(() => new Float64Array(replicates));
    return { rows, users: count, value: measureWeighted(rows, everyone), samples };
  });
  let replicate = 0;
  resampleUsers(count, replicates, seed, (weights) => {
    for (const { rows, samples } of drawn) {
      const metrics = measureWeighted(rows, weights);
      for (const name of metricNames) samples[name][replicate] = metrics[name];
    }
    replicate++;
  });
  return drawn.map(({ users, value, samples }) => ({ users, value, samples }));
}

/** Whether the first of a pair is better, worse, or as far as all pairs together can tell neither. */
export function verdict(
  { together }: Pick<ModelPair, 'together'>,
  metric: MetricName,
): 'better' | 'worse' | 'neither' {
  const { low, high } = together[metric];
  if (!(low > 0 || high < 0)) return 'neither';
  return low > 0 !== lossMetrics.has(metric) ? 'better' : 'worse';
}

function lessOf(a: DrawnMetrics, b: DrawnMetrics): DrawnMetrics {
  return {
    users: a.users,
    value: mapMetrics((name) => a.value[name] - b.value[name]),
    samples: mapMetrics((name) => a.samples[name].map((x, i) => x - b.samples[name][i])),
  };
}

function intervalsOf({ users, value, samples }: DrawnMetrics): MetricIntervals {
  return {
    users,
    replicates: samples.rocAuc.length,
    intervals: mapMetrics((name) => percentileInterval(value[name], samples[name], users)),
    undefinedReplicates: mapMetrics((name) => samples[name].filter(Number.isNaN).length),
  };
}

/** By pair. */
function togetherOf(pairs: readonly DrawnMetrics[]): Readonly<Record<MetricName, Interval>>[] {
  const byMetric = mapMetrics((name) =>
    simultaneousIntervals(
      pairs.map(({ value }) => value[name]),
      pairs.map(({ samples }) => samples[name]),
    ),
  );
  return pairs.map((_, k) => mapMetrics((name) => byMetric[name][k]));
}
