import type { Interval } from '../evaluation/intervals.ts';
import { quantile } from '../evaluation/quantile.ts';
import { risingValues } from '../evaluation/rising-values.ts';
import { areaWithInterval } from './area-interval.ts';
import { type Bin, histogram } from './histogram.ts';

/** One feature of the examples, by outcome. */
export interface FeatureDistribution {
  readonly name: string;
  /** Chance that a lost user's value is above that of one who stayed, a tie counting half, with DeLong's 95 % interval. */
  readonly auc: Interval;
  readonly lost: OutcomeDistribution;
  readonly stayed: OutcomeDistribution;
  readonly bins: readonly Bin[];
}

export interface OutcomeDistribution {
  /** Users with a value. */
  readonly known: number;
  /** Users without one. */
  readonly missing: number;
  readonly mean: number;
  /** At the shares of `quantileShares`; NaN of no users. */
  readonly quantiles: readonly number[];
}

/** 0, 0.05 … 1. */
export const quantileShares: readonly number[] = Array.from({ length: 21 }, (_, i) => i / 20);

/** @param lost 1 = lost, 0 = stayed, a flag a value; NaN is a missing value. */
export function describeFeature(name: string, values: Float64Array, lost: Uint8Array): FeatureDistribution {
  const left = risingValues(values, lost, 1);
  const stayed = risingValues(values, lost, 0);
  const users = lost.reduce((sum, one) => sum + one, 0);
  return {
    name,
    auc: areaWithInterval(left, stayed),
    lost: summary(left, users),
    stayed: summary(stayed, lost.length - users),
    bins: histogram(left, stayed),
  };
}

function summary(sorted: Float64Array, users: number): OutcomeDistribution {
  return {
    known: sorted.length,
    missing: users - sorted.length,
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    quantiles: quantileShares.map((share) => quantile(sorted, share)),
  };
}
