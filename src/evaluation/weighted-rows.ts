import { checkProbabilities, type Metrics, measure } from './metrics.ts';
import { type LogLosses, logLosses } from './probability-metrics.ts';
import { rankScores, type ScoreTally } from './score-tally.ts';

/** One model's rows, sorted once so that they can be measured under many weights of their users. */
export interface WeightedRows {
  readonly labels: Uint8Array;
  /** Each row's user, 0 … users − 1. */
  readonly users: Int32Array;
  /** Each row's place in `tally`. */
  readonly places: Int32Array;
  /** Overwritten by every measurement. */
  readonly tally: ScoreTally;
  readonly losses: LogLosses;
  readonly threshold: number;
}

/** @throws RangeError as `evaluate` does. */
export function weightedRows(
  labels: Uint8Array,
  probabilities: Float64Array,
  users: Int32Array,
  threshold: number,
): WeightedRows {
  checkProbabilities(probabilities);
  const { tally, places } = rankScores(labels, probabilities);
  return { labels, users, places, tally, losses: logLosses(tally.scores), threshold };
}

/** The metrics when every row counts as often as `weights` says of its user. */
export function measureWeighted(rows: WeightedRows, weights: Int32Array): Metrics {
  const { labels, users, places, tally } = rows;
  const { positives, negatives } = tally;
  positives.fill(0);
  negatives.fill(0);
  for (let i = 0; i < labels.length; i++) {
    const weight = weights[users[i]];
    if (labels[i] === 1) positives[places[i]] += weight;
    else negatives[places[i]] += weight;
  }
  return measure(tally, rows.losses, rows.threshold);
}
