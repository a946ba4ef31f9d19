import { mean } from '../mean.ts';
import { type BootstrapOptions, presentUsers } from './bootstrap.ts';
import type { Interval } from './intervals.ts';
import { percentileInterval } from './percentile-interval.ts';
import { averagePrecision, rocAuc } from './ranking-metrics.ts';
import { resampleUsers } from './resampling.ts';
import { simultaneousIntervals } from './simultaneous-intervals.ts';
import { type WeightedRows, weightedRows, weightedTally } from './weighted-rows.ts';

/** What was predicted of the same rows in one way: once, or in several draws whose metrics are averaged. */
export type Draws = readonly Float64Array[];

/** A way's metric, beside that of the reference. */
export interface ComparedMetric extends Interval {
  /** Of each draw, on the rows themselves. */
  readonly draws: readonly number[];
  /** This way's metric less the reference's, with a 95 % interval of its own. */
  readonly difference: Interval;
  /** The same difference with limits that hold for all ways together in 95 % of samples. */
  readonly simultaneous: Interval;
}

export interface Compared {
  readonly rocAuc: ComparedMetric;
  readonly averagePrecision: ComparedMetric;
}

/**
 * Ways to predict the same rows, each compared with a reference, by one bootstrap over users that all of them share. The rules of
 * the intervals are those of `bootstrapMetrics`; of a way with several draws, the interval tells of the users, not of the draws.
 *
 * @param labels 1 = lost, 0 = stayed.
 * @param groups the user of each row; any whole numbers.
 * @returns one a way, in order.
 * @throws RangeError as `evaluate` does; UsageError unless `replicates` is a whole number above 0.
 */
export function comparePaired(
  labels: Uint8Array,
  groups: Int32Array,
  reference: Draws,
  ways: readonly Draws[],
  options: BootstrapOptions,
): Compared[] {
  const { users, count } = presentUsers(labels, groups);
  const tallied = [reference, ...ways].map((draws) =>
    draws.map((probabilities) => weightedRows(labels, probabilities, users, 0.5)),
  );
  const whole = measureAll(tallied, new Int32Array(count).fill(1));
  const samples: Measured[][] = [];
  resampleUsers(count, options.replicates ?? 1000, options.seed, (weights) =>
    samples.push(measureAll(tallied, weights)),
  );
  const byAuc = compare('rocAuc', whole, samples, count);
  const byPrecision = compare('averagePrecision', whole, samples, count);
  return ways.map((_, i) => ({ rocAuc: byAuc[i], averagePrecision: byPrecision[i] }));
}

/** A way's metrics, one a draw. */
interface Measured {
  readonly rocAuc: readonly number[];
  readonly averagePrecision: readonly number[];
}

function measureAll(ways: readonly (readonly WeightedRows[])[], weights: Int32Array): Measured[] {
  return ways.map((draws) => {
    const pairs = draws.map((rows) => {
      const tally = weightedTally(rows, weights);
      return [rocAuc(tally), averagePrecision(tally)];
    });
    return { rocAuc: pairs.map(([auc]) => auc), averagePrecision: pairs.map(([, precision]) => precision) };
  });
}

/** The first way is the reference. */
function compare(
  metric: keyof Measured,
  whole: readonly Measured[],
  samples: readonly (readonly Measured[])[],
  users: number,
): ComparedMetric[] {
  const [reference, ...values] = whole.map((measured) => mean(measured[metric]));
  const [ofReference, ...sampled] = whole.map((_, way) =>
    Float64Array.from(samples, (sample) => mean(sample[way][metric])),
  );
  const differences = sampled.map((sample) => sample.map((value, b) => value - ofReference[b]));
  const simultaneous = simultaneousIntervals(
    values.map((value) => value - reference),
    differences,
  );
  return values.map((value, i) => ({
    ...percentileInterval(value, sampled[i], users),
    draws: whole[i + 1][metric],
    difference: percentileInterval(value - reference, differences[i], users),
    simultaneous: simultaneous[i],
  }));
}
