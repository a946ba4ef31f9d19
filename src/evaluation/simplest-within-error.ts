import { mean } from '../mean.ts';
import { denseRank } from './dense-rank.ts';

/** A way to predict, judged by its loss. */
export interface Contender<Name extends string> {
  readonly name: Name;
  /** One a row. */
  readonly losses: Float64Array;
}

/** A contender beside the one with the least mean loss. */
export interface JudgedContender<Name extends string> {
  readonly name: Name;
  /** Mean over the rows. */
  readonly loss: number;
  /** The mean less the least one. */
  readonly excess: number;
  /** Standard error of the excess, clustered by user. */
  readonly error: number;
}

/**
 * The simplest of contenders that are as good as the best as far as the rows can tell: the first whose excess over the least mean loss is
 * within its own standard error (Breiman et al. 1984, section 3.4.3, with the error of the paired difference). Rows of one user are not
 * independent, so the error is clustered by user, as that of a ratio of sums (Cochran 1977, section 6.3).
 *
 * @param contenders the simplest first; at least one, and each with a loss for every row.
 * @param users of the rows, any whole numbers.
 */
export function simplestWithinError<Name extends string>(
  contenders: readonly Contender<Name>[],
  users: Int32Array,
): { readonly chosen: Name; readonly judged: readonly JudgedContender<Name>[] } {
  const means = contenders.map(({ losses }) => mean(losses));
  const least = means.indexOf(Math.min(...means));
  const { distinct, ranks } = denseRank(users);
  const judged = contenders.map(({ name, losses }, k) => {
    const excess = means[k] - means[least];
    const differences = losses.map((loss, row) => loss - contenders[least].losses[row] - excess);
    return { name, loss: means[k], excess, error: clusteredError(differences, ranks, distinct.length) };
  });
  const chosen = judged.find(({ excess, error }) => excess <= error) ?? judged[least];
  return { chosen: chosen.name, judged };
}

/** Of the mean of centred values. One user alone tells of no error: 0. */
function clusteredError(centred: Float64Array, userOf: Int32Array, users: number): number {
  if (users < 2) return 0;
  const sums = new Float64Array(users);
  centred.forEach((value, row) => {
    sums[userOf[row]] += value;
  });
  const squares = sums.reduce((sum, value) => sum + value * value, 0);
  return Math.sqrt((users / (users - 1)) * squares) / centred.length;
}
