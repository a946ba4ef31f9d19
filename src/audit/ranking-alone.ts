import { risingValues } from '../evaluation/rising-values.ts';
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
  const counted = countWhole(values, labels);
  if (counted !== undefined) return pairsOfCounts(counted);
  const lost = risingValues(values, labels, 1);
  const stayed = risingValues(values, labels, 0);
  let [ordered, below, notAbove] = [0, 0, 0];
  for (let i = 0; i < lost.length; i++) {
    while (below < stayed.length && stayed[below] < lost[i]) below++;
    while (notAbove < stayed.length && stayed[notAbove] <= lost[i]) notAbove++;
    ordered += (below + notAbove) / 2;
  }
  return { ordered, lostPresent: lost.length, stayedPresent: stayed.length };
}

/** Rows of either outcome by value. */
interface Counts {
  readonly lost: Int32Array;
  readonly stayed: Int32Array;
}

/** Whole numbers below this are counted, not sorted: most features are counts of something. */
const COUNTED = 4096;

/** Undefined where a value is no small whole number. */
function countWhole(values: Float64Array, labels: Uint8Array): Counts | undefined {
  const lost = new Int32Array(COUNTED);
  const stayed = new Int32Array(COUNTED);
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    const whole = value & (COUNTED - 1);
    if (whole === value) (labels[row] === 1 ? lost : stayed)[whole]++;
    else if (!Number.isNaN(value)) return undefined;
  }
  return { lost, stayed };
}

function pairsOfCounts({ lost, stayed }: Counts) {
  let [ordered, lostPresent, stayedPresent] = [0, 0, 0];
  for (let value = 0; value < COUNTED; value++) {
    ordered += lost[value] * (stayedPresent + stayed[value] / 2);
    lostPresent += lost[value];
    stayedPresent += stayed[value];
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
