import { UsageError } from '../../errors.ts';
import type { Random } from '../../random.ts';
import type { Examples } from '../matrix.ts';
import type { RandomForestSettings } from './settings.ts';

/** The rows of one outcome, ascending. */
interface OutcomeRows {
  readonly rows: Int32Array;
  /** Sums of the rows' weights up to each of them; absent where all weigh alike. */
  readonly cumulative: Float64Array | undefined;
  /** The sum of all weights. */
  readonly total: number;
  readonly hasWeights: boolean;
}

export type RowsByOutcome = readonly [stayed: OutcomeRows, lost: OutcomeRows];

export function rowsByOutcome({ labels, weights }: Pick<Examples, 'labels' | 'weights'>): RowsByOutcome {
  const all = Int32Array.from(labels.keys());
  const ofOutcome = (outcome: number): OutcomeRows => {
    const rows = all.filter((i) => labels[i] === outcome);
    const weight = weights?.[rows[0]] ?? 1;
    if (!weights || rows.every((i) => weights[i] === weight)) {
      return { rows, cumulative: undefined, total: weight * rows.length, hasWeights: weights !== undefined };
    }
    let total = 0;
    const cumulative = Float64Array.from(rows, (i) => {
      total += weights[i];
      return total;
    });
    return { rows, cumulative, total, hasWeights: true };
  };
  return [ofOutcome(0), ofOutcome(1)];
}

/**
 * What a tree is grown on. @returns how often each row was drawn.
 * @throws UsageError where every row shall count once, but rows have weights.
 */
export function drawSample(
  random: Random,
  [stayed, lost]: RowsByOutcome,
  { sample, classWeight }: Pick<RandomForestSettings, 'sample' | 'classWeight'>,
): Int32Array {
  const draws = new Int32Array(stayed.rows.length + lost.rows.length);
  switch (sample) {
    case 'all':
      if (stayed.hasWeights) {
        throw new UsageError(
          'Rows have weights, which enter the draw of a sample: set sample to "bootstrap".',
        );
      }
      return draws.fill(1);
    case 'balanced': {
      const each = Math.min(stayed.rows.length, lost.rows.length);
      for (const outcome of [stayed, lost]) {
        for (let k = 0; k < each; k++) draws[drawRow(random, outcome)]++;
      }
      return draws;
    }
    case 'bootstrap':
      return drawBootstrap(
        random,
        [stayed, lost],
        classWeight === 'balanced' ? 0.5 : lost.total / (stayed.total + lost.total),
      );
  }
}

/**
 * As many draws with replacement as there are rows. With balanced class weights both outcomes are equally
 * likely in each draw: weights enter the draw, not the tree, as in scikit-learn, which keeps the trees more
 * different.
 */
function drawBootstrap(random: Random, [stayed, lost]: RowsByOutcome, shareLost: number): Int32Array {
  const draws = new Int32Array(stayed.rows.length + lost.rows.length);
  for (let k = 0; k < draws.length; k++) {
    draws[drawRow(random, random.float() < shareLost ? lost : stayed)]++;
  }
  return draws;
}

/** A row of the outcome, as likely as it weighs. */
function drawRow(random: Random, { rows, cumulative, total }: OutcomeRows): number {
  if (!cumulative) return rows[random.integer(rows.length)];
  const mark = random.float() * total;
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] > mark) high = middle;
    else low = middle + 1;
  }
  return rows[low];
}
