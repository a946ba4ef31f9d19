import { denseRank } from '../evaluation/dense-rank.ts';
import type { Matrix } from '../models/matrix.ts';
import { countOutcomes } from './outcomes.ts';

/** How well one column alone ranks the lost before those who stayed. */
export interface RankingAlone {
  readonly feature: string;
  /** ROC AUC, ½ … 1: of the column or its reverse, whichever ranks better. */
  readonly auc: number;
  /** What ranks so: the values, or merely whether there is one. */
  readonly by: 'value' | 'presence';
}

/** A level of a category with fewer rows than this has the rate of the whole table. */
const ROWS_OF_A_LEVEL = 10;

/**
 * Every column's ROC AUC by itself. A missing value ranks last or first, whichever is better; a category ranks by its levels' rates
 * of loss.
 * @param labels of both outcomes.
 */
export function rankingsAlone(matrix: Matrix, labels: Uint8Array): RankingAlone[] {
  return matrix.names.map((feature, j) => {
    const levels = matrix.levels?.[j];
    const values = levels ? ratesOfLevels(matrix.columns[j], levels.length, labels) : matrix.columns[j];
    return { feature, ...rankAlone(values, labels) };
  });
}

/** The better of the column and its reverse, by pairs (Mann and Whitney 1947), a tie counting half. */
export function rankAlone(values: Float64Array, labels: Uint8Array): Omit<RankingAlone, 'feature'> {
  const { lost, stayed } = countOutcomes(labels);
  const { ordered, lostPresent, stayedPresent } = orderedPairs(values, labels);
  const [lostAbsent, stayedAbsent] = [lost - lostPresent, stayed - stayedPresent];
  const pairs = lost * stayed;
  const ties = (lostAbsent * stayedAbsent) / 2;
  const [absentFirst, absentLast] = [lostAbsent * stayedPresent, lostPresent * stayedAbsent];
  const strength = (concordant: number) => Math.max(concordant, pairs - concordant) / pairs;
  const byValue = Math.max(strength(ordered + absentLast + ties), strength(ordered + absentFirst + ties));
  const byPresence = strength(absentFirst + ties + (lostPresent * stayedPresent) / 2);
  return byPresence >= byValue && lostAbsent + stayedAbsent > 0
    ? { auc: byPresence, by: 'presence' }
    : { auc: byValue, by: 'value' };
}

/** Pairs of a lost row and one that stayed, both with a value, in which the lost one has the larger. */
function orderedPairs(values: Float64Array, labels: Uint8Array) {
  const rows = Int32Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  const { distinct, ranks } = denseRank(Float64Array.from(rows, (row) => values[row]));
  const lostAt = new Float64Array(distinct.length);
  const stayedAt = new Float64Array(distinct.length);
  ranks.forEach((rank, i) => {
    if (labels[rows[i]] === 1) lostAt[rank]++;
    else stayedAt[rank]++;
  });
  let [ordered, lostPresent, stayedPresent] = [0, 0, 0];
  for (let rank = 0; rank < distinct.length; rank++) {
    ordered += lostAt[rank] * (stayedPresent + stayedAt[rank] / 2);
    lostPresent += lostAt[rank];
    stayedPresent += stayedAt[rank];
  }
  return { ordered, lostPresent, stayedPresent };
}

function ratesOfLevels(codes: Float64Array, levels: number, labels: Uint8Array): Float64Array {
  const rows = new Float64Array(levels);
  const lost = new Float64Array(levels);
  codes.forEach((code, row) => {
    if (Number.isNaN(code)) return;
    rows[code]++;
    lost[code] += labels[row];
  });
  const rate = countOutcomes(labels).lost / labels.length;
  return codes.map((code) => {
    if (Number.isNaN(code)) return Number.NaN;
    return rows[code] < ROWS_OF_A_LEVEL ? rate : lost[code] / rows[code];
  });
}
