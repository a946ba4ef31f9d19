import type { Random } from '../../random.ts';
import type { ClassWeight } from '../class-weight.ts';

/** The rows of each outcome, ascending. */
export type RowsByOutcome = readonly [stayed: Int32Array, lost: Int32Array];

export function rowsByOutcome(labels: Uint8Array): RowsByOutcome {
  const rows = Int32Array.from(labels.keys());
  return [rows.filter((i) => labels[i] === 0), rows.filter((i) => labels[i] === 1)];
}

/**
 * As many draws with replacement as there are rows. With balanced class weights both outcomes are equally
 * likely in each draw: weights enter the draw, not the tree, as in scikit-learn, which keeps the trees more
 * different.
 * @returns how often each row was drawn.
 */
export function drawBootstrap(
  random: Random,
  [stayed, lost]: RowsByOutcome,
  classWeight: ClassWeight,
): Int32Array {
  const rows = stayed.length + lost.length;
  const shareLost = classWeight === 'balanced' ? 0.5 : lost.length / rows;
  const draws = new Int32Array(rows);
  for (let k = 0; k < rows; k++) {
    const outcome = random.float() < shareLost ? lost : stayed;
    draws[outcome[random.integer(outcome.length)]]++;
  }
  return draws;
}
