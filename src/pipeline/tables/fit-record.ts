import type { MetricName } from '../../evaluation/metrics.ts';
import type { FittedLearner } from './judge-fitted.ts';

/** What is printed of a learner; null where a metric is undefined. */
export type FitRecord = Readonly<Record<keyof ReturnType<typeof recordOf>, number | null>>;

/** By learner: its metrics on the judged rows, its threshold, and the seconds of its fit on every row. */
export function fitRecords(fitted: readonly FittedLearner[]): Readonly<Record<string, FitRecord>> {
  return Object.fromEntries(fitted.map((one) => [one.name, recordOf(one)]));
}

function recordOf({ metrics: { intervals }, threshold, fitSeconds, predictSeconds }: FittedLearner) {
  const value = (name: MetricName) => {
    const { value } = intervals[name];
    return Number.isNaN(value) ? null : value;
  };
  return {
    f1: value('f1'),
    precision: value('precision'),
    recall: value('recall'),
    accuracy: value('accuracy'),
    rocAuc: value('rocAuc'),
    averagePrecision: value('averagePrecision'),
    logLoss: value('logLoss'),
    brier: value('brier'),
    threshold,
    fitSeconds,
    predictSeconds,
  };
}
