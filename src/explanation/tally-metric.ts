import type { ScoreTally } from '../evaluation/score-tally.ts';
import { weightedRows, weightedTally } from '../evaluation/weighted-rows.ts';
import type { Metric } from './permutation.ts';

/** A metric of a tally, such as `averagePrecision`, on rows of users. @param userOf the user of each row, 0 … users − 1. */
export function tallyMetric(
  labels: Uint8Array,
  userOf: Int32Array,
  measure: (tally: ScoreTally) => number,
): Metric {
  return (predictions) => {
    const rows = weightedRows(labels, predictions, userOf, 0.5);
    return (timesOfUser) => measure(weightedTally(rows, timesOfUser));
  };
}
