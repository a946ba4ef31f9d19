import { type BootstrapOptions, bootstrapEach, presentUsers } from './bootstrap.ts';
import type { Interval } from './intervals.ts';
import { brierScore } from './probability-metrics.ts';
import { averagePrecision, rocAuc } from './ranking-metrics.ts';
import { weightedRows, weightedTally } from './weighted-rows.ts';

/** How a model does on the rows of one group. */
export interface GroupMetrics {
  readonly group: string;
  readonly users: number;
  readonly rows: number;
  /** Rows. */
  readonly lost: number;
  /** Too few lost or staying users for the intervals to mean much. */
  readonly isTooSmall: boolean;
  readonly rocAuc: Interval;
  readonly averagePrecision: Interval;
  readonly brier: Interval;
  /** Mean probability less the share lost: above 0 where the model is too gloomy about the group. */
  readonly bias: Interval;
}

/** Users of each outcome below which a percentile interval is too narrow to be trusted. */
export const leastUsers = 10;

/**
 * A model's metrics by group, with intervals by the rules of `bootstrapMetrics`.
 *
 * @param groups those to measure.
 * @param groupOfRow the group of each row, if any.
 */
export function groupMetrics(
  labels: Uint8Array,
  probabilities: Float64Array,
  users: Int32Array,
  groups: readonly string[],
  groupOfRow: readonly (string | undefined)[],
  options: BootstrapOptions,
): GroupMetrics[] {
  return groups.map((group) => {
    const rows = Int32Array.from(groupOfRow.keys()).filter((row) => groupOfRow[row] === group);
    const own = {
      labels: Uint8Array.from(rows, (row) => labels[row]),
      probabilities: Float64Array.from(rows, (row) => probabilities[row]),
      users: Int32Array.from(rows, (row) => users[row]),
    };
    const { count, intervals } = drawGroup(own, options);
    const [auc, precision, brier, bias] = intervals;
    const usersWith = (label: number) => new Set(own.users.filter((_, i) => own.labels[i] === label)).size;
    return {
      group,
      users: count,
      rows: rows.length,
      lost: own.labels.reduce((sum, label) => sum + label, 0),
      isTooSmall: Math.min(usersWith(0), usersWith(1)) < leastUsers,
      rocAuc: auc,
      averagePrecision: precision,
      brier,
      bias,
    };
  });
}

/** Rows of one group. */
interface GroupRows {
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
  readonly users: Int32Array;
}

/** How many users there are, and what is told of their rows, all by the same draws of them. */
function drawGroup({ labels, probabilities, users }: GroupRows, options: BootstrapOptions) {
  const { users: userOf, count } = presentUsers(labels, users);
  const rows = weightedRows(labels, probabilities, userOf, 0.5);
  const biasOf = biasByUsers(labels, probabilities, userOf, count);
  const found = bootstrapEach(count, options, (weights) => {
    const tally = weightedTally(rows, weights);
    return [rocAuc(tally), averagePrecision(tally), brierScore(tally), biasOf(weights)];
  });
  return { count, intervals: found.map(({ interval }) => interval) };
}

function biasByUsers(
  labels: Uint8Array,
  probabilities: Float64Array,
  users: Int32Array,
  count: number,
): (weights: Int32Array) => number {
  const excess = new Float64Array(count);
  const rows = new Int32Array(count);
  for (let i = 0; i < labels.length; i++) {
    excess[users[i]] += probabilities[i] - labels[i];
    rows[users[i]]++;
  }
  return (weights) => {
    let [sum, total] = [0, 0];
    for (let user = 0; user < count; user++) {
      sum += weights[user] * excess[user];
      total += weights[user] * rows[user];
    }
    return sum / total;
  };
}
