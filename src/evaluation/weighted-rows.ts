import { checkProbabilities, type Metrics, measure } from './metrics.ts';
import { orderByRank } from './order-by-rank.ts';
import { type LogLosses, logLosses } from './probability-metrics.ts';
import { rankScores, type ScoreTally } from './score-tally.ts';

/** One model's rows, sorted once so that they can be measured under many weights of their users. */
export interface WeightedRows {
  readonly lost: SortedRows;
  readonly stayed: SortedRows;
  /** Overwritten by every measurement. */
  readonly tally: ScoreTally;
  readonly losses: LogLosses;
  readonly threshold: number;
}

/** Rows of one label by falling score, so that a pass over them writes in the order of memory. */
interface SortedRows {
  /** Each row's user, 0 … users − 1. */
  readonly users: Int32Array;
  /** Each row's place in the tally. */
  readonly places: Int32Array;
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
  const order = orderByRank(places, tally.scores.length);
  const rowsWith = (label: number): SortedRows => {
    const rows = order.filter((row) => labels[row] === label);
    return { users: rows.map((row) => users[row]), places: rows.map((row) => places[row]) };
  };
  return { lost: rowsWith(1), stayed: rowsWith(0), tally, losses: logLosses(tally.scores), threshold };
}

/** The metrics when every row counts as often as `weights` says of its user. */
export function measureWeighted(rows: WeightedRows, weights: Int32Array): Metrics {
  return measure(weightedTally(rows, weights), rows.losses, rows.threshold);
}

/** The tally of the same, which the next call overwrites. */
export function weightedTally(rows: WeightedRows, weights: Int32Array): ScoreTally {
  weigh(rows.lost, weights, rows.tally.positives);
  weigh(rows.stayed, weights, rows.tally.negatives);
  return rows.tally;
}

function weigh({ users, places }: SortedRows, weights: Int32Array, counts: Int32Array): void {
  counts.fill(0);
  for (let i = 0; i < users.length; i++) counts[places[i]] += weights[users[i]];
}
