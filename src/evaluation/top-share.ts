import { type BootstrapOptions, bootstrapEach, presentUsers } from './bootstrap.ts';
import type { Interval } from './intervals.ts';
import { lostAtTop } from './ranking-metrics.ts';
import { countLabels, type ScoreTally } from './score-tally.ts';
import { weightedRows, weightedTally } from './weighted-rows.ts';

/** What one gets who acts on the rows with the highest scores. */
export interface TopShare {
  /** Of all rows, 0…1. */
  readonly share: number;
  /** Share of them that is lost. */
  readonly precision: Interval;
  /** That share over the one of all rows. */
  readonly lift: Interval;
  /** Share of all lost rows that is among them. */
  readonly captured: Interval;
}

/**
 * Precision, lift and cumulative gain at the top of a ranking, with intervals by the rules of `bootstrapMetrics`. Equal
 * scores at the edge count by the expected value of a random order.
 *
 * @param shares of the rows, each in 0…1.
 * @throws RangeError for another share, and as `bootstrapMetrics` does.
 */
export function topShares(
  labels: Uint8Array,
  probabilities: Float64Array,
  groups: Int32Array,
  shares: readonly number[],
  options: BootstrapOptions,
): TopShare[] {
  const wrong = shares.find((share) => !(share > 0 && share <= 1));
  if (wrong !== undefined)
    throw new RangeError(`The top ${wrong} of the rows was asked for; expected a share in 0…1.`);
  const { users, count } = presentUsers(labels, groups);
  const rows = weightedRows(labels, probabilities, users, 0.5);
  const found = bootstrapEach(count, options, (weights) => {
    const tally = weightedTally(rows, weights);
    const counts = countLabels(tally);
    return shares.flatMap((share) => atTop(tally, counts, share));
  });
  return shares.map((share, i) => {
    const [precision, lift, captured] = found.slice(3 * i, 3 * i + 3).map(({ interval }) => interval);
    return { share, precision, lift, captured };
  });
}

function atTop(
  tally: ScoreTally,
  { positives, negatives }: ReturnType<typeof countLabels>,
  share: number,
): [precision: number, lift: number, captured: number] {
  const rows = share * (positives + negatives);
  const lost = lostAtTop(tally, rows);
  return [lost / rows, lost / (share * positives), lost / positives];
}
