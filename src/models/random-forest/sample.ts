import type { Random } from '../../random.ts';
import type { RandomForestSettings } from './settings.ts';

/** The rows of each outcome, ascending. */
export type RowsByOutcome = readonly [stayed: Int32Array, lost: Int32Array];

export function rowsByOutcome(labels: Uint8Array): RowsByOutcome {
  const rows = Int32Array.from(labels.keys());
  return [rows.filter((i) => labels[i] === 0), rows.filter((i) => labels[i] === 1)];
}

/** What a tree is grown on. @returns how often each row was drawn. */
export function drawSample(
  random: Random,
  [stayed, lost]: RowsByOutcome,
  { sample, classWeight }: Pick<RandomForestSettings, 'sample' | 'classWeight'>,
): Int32Array {
  const rows = stayed.length + lost.length;
  switch (sample) {
    case 'all':
      return new Int32Array(rows).fill(1);
    case 'balanced': {
      const draws = new Int32Array(rows);
      const each = Math.min(stayed.length, lost.length);
      for (const outcome of [stayed, lost]) {
        for (let k = 0; k < each; k++) draws[outcome[random.integer(outcome.length)]]++;
      }
      return draws;
    }
    case 'bootstrap':
      return drawBootstrap(random, [stayed, lost], classWeight === 'balanced' ? 0.5 : lost.length / rows);
  }
}

/**
 * As many draws with replacement as there are rows. With balanced class weights both outcomes are equally
 * likely in each draw: weights enter the draw, not the tree, as in scikit-learn, which keeps the trees more
 * different.
 */
function drawBootstrap(random: Random, [stayed, lost]: RowsByOutcome, shareLost: number): Int32Array {
  const draws = new Int32Array(stayed.length + lost.length);
  for (let k = 0; k < draws.length; k++) {
    const outcome = random.float() < shareLost ? lost : stayed;
    draws[outcome[random.integer(outcome.length)]]++;
  }
  return draws;
}
