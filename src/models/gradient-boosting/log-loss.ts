import { NothingToLearnError } from '../../errors.ts';
import { log } from '../logarithm.ts';

/** By row. */
export interface WeightedLabels {
  readonly labels: Uint8Array;
  readonly weights: Float64Array;
}

/** The log-odds that fit the rows best before any feature is known. @throws NothingToLearnError for rows of one outcome. */
export function baseLogOdds({ labels, weights }: WeightedLabels, rows: Int32Array): number {
  const sums = [0, 0];
  for (let k = 0; k < rows.length; k++) sums[labels[rows[k]]] += weights[rows[k]];
  const [stayed, lost] = sums;
  if (stayed === 0 || lost === 0) {
    throw new NothingToLearnError(
      `Every one of the ${rows.length} rows that early stopping leaves for training ${lost === 0 ? 'stayed' : 'was lost'}: a learner needs both outcomes.`,
    );
  }
  return log(lost / stayed);
}
