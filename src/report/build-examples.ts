import type { ExampleStatistics } from '../explore/examples.ts';
import type { FeatureDistribution, OutcomeDistribution } from '../explore/feature-distribution.ts';
import { dateOf } from '../features/cutoffs.ts';
import type { Feature } from '../features/feature.ts';
import type { ReportExamples, ReportFeature, ReportOutcome } from './report-examples.ts';

/** The examples' statistics as the page draws them; `features` say what each is. */
export function reportExamples(
  { cutoff, users, lost, features: described, correlations }: ExampleStatistics,
  features: readonly Feature[],
): ReportExamples {
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  return {
    day: dateOf(cutoff),
    users,
    lost,
    features: described.map((one) => reportFeature(one, byName.get(one.name))),
    correlations: {
      names: correlations.names,
      matrix: correlations.matrix.map((row) => Array.from(row, (value) => Math.round(value * 1000) / 1000)),
    },
  };
}

function reportFeature(
  { name, auc, lost, stayed, bins }: FeatureDistribution,
  { meaning = name, unit = '' }: Partial<Feature> = {},
): ReportFeature {
  return {
    name,
    meaning,
    unit,
    auc: { value: fourDigits(auc.value), low: fourDigits(auc.low), high: fourDigits(auc.high) },
    lost: reportOutcome(
      lost,
      bins.map((bin) => bin.lost),
    ),
    stayed: reportOutcome(
      stayed,
      bins.map((bin) => bin.stayed),
    ),
    edges: [...bins.map(({ from }) => from), ...bins.slice(-1).map(({ to }) => to)],
  };
}

function reportOutcome(
  { known, missing, mean, quantiles }: OutcomeDistribution,
  counts: readonly number[],
): ReportOutcome {
  return { known, missing, mean: fourDigits(mean), quantiles: quantiles.map(fourDigits), counts };
}

function fourDigits(value: number): number {
  return Number(value.toPrecision(4));
}
