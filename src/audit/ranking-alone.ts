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

/** The better of the column and its reverse, by rank sums (Mann and Whitney 1947), a tie counting half. */
export function rankAlone(values: Float64Array, labels: Uint8Array): Omit<RankingAlone, 'feature'> {
  const { lost, stayed } = countOutcomes(labels);
  const present = Int32Array.from(values.keys())
    .filter((row) => !Number.isNaN(values[row]))
    .sort((a, b) => values[a] - values[b]);
  const { ordered, lostPresent } = orderedPairs(present, values, labels);
  const stayedPresent = present.length - lostPresent;
  const [lostAbsent, stayedAbsent] = [lost - lostPresent, stayed - stayedPresent];
  const pairs = lost * stayed;
  const ties = (lostAbsent * stayedAbsent) / 2;
  const [absentFirst, absentLast] = [lostAbsent * stayedPresent, lostPresent * stayedAbsent];
  const strength = (concordant: number) => Math.max(concordant, pairs - concordant) / pairs;
  const byValue = Math.max(strength(ordered + absentLast + ties), strength(ordered + absentFirst + ties));
  const byPresence = strength(absentFirst + ties + (lostPresent * stayedPresent) / 2);
  return byPresence >= byValue && present.length < values.length
    ? { auc: byPresence, by: 'presence' }
    : { auc: byValue, by: 'value' };
}

/** Pairs of a lost row and one that stayed in which the lost one has the larger value. */
function orderedPairs(rising: Int32Array, values: Float64Array, labels: Uint8Array) {
  let ordered = 0;
  let stayedBefore = 0;
  let lostPresent = 0;
  for (let start = 0; start < rising.length; ) {
    let [end, lost] = [start, 0];
    for (; end < rising.length && values[rising[end]] === values[rising[start]]; end++) {
      lost += labels[rising[end]];
    }
    const stayed = end - start - lost;
    ordered += lost * (stayedBefore + stayed / 2);
    stayedBefore += stayed;
    lostPresent += lost;
    start = end;
  }
  return { ordered, lostPresent };
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
