import { UsageError } from '../../errors.ts';
import { log } from '../logarithm.ts';
import { type Examples, selectRows } from '../matrix.ts';
import type { RandomForestModel } from '../tree/ensemble.ts';
import { inputsOf } from '../tree/inputs.ts';
import { sumTrees } from '../tree/predict.ts';
import { randomOfTree } from './forest.ts';
import { drawSample, rowsByOutcome } from './sample.ts';
import type { RandomForestSettings } from './settings.ts';

/** How a forest predicts its training rows by the trees that were grown without them (Breiman 2001). */
export interface OutOfBag {
  /** By row: the mean over the trees whose sample lacks the row; NaN where there is no such tree. */
  readonly probabilities: Float64Array;
  /** Mean log loss of the rows that have one; a probability counts as at least 10⁻⁶ and at most 1 − 10⁻⁶. */
  readonly logLoss: number;
}

/**
 * The out-of-bag predictions of a forest; samples are drawn again from the seed. An estimate for rows of users who also
 * have other rows is too good: a tree without the row may know the user.
 * @param examples with which, and with these settings and seed, the forest was fitted.
 * @throws UsageError when every tree was grown on all rows, or the forest has another number of trees.
 */
export function outOfBag(
  { trees, ...inputs }: RandomForestModel,
  examples: Examples,
  settings: RandomForestSettings,
  seed: number,
): OutOfBag {
  if (settings.sample === 'all')
    throw new UsageError('Every tree was grown on all rows: none is out of its bag.');
  if (settings.trees !== trees.length) {
    throw new UsageError(`The forest has ${trees.length} trees, its settings say ${settings.trees}.`);
  }
  const { matrix, labels } = examples;
  const columns = inputsOf(inputs, matrix);
  const outcomes = rowsByOutcome(examples);
  const sums = new Float64Array(matrix.rows);
  const counts = new Int32Array(matrix.rows);
  trees.forEach((tree, t) => {
    const draws = drawSample(randomOfTree(t, seed), outcomes, settings);
    const out = Int32Array.from(draws.keys()).filter((row) => draws[row] === 0);
    const shares = new Float64Array(out.length);
    sumTrees([tree], selectRows({ rows: matrix.rows, names: [], columns }, out).columns, shares);
    out.forEach((row, k) => {
      sums[row] += shares[k];
      counts[row]++;
    });
  });
  const probabilities = sums.map((sum, row) => sum / counts[row]);
  return { probabilities, logLoss: meanLogLoss(probabilities, labels) };
}

const LEAST = 1e-6;

function meanLogLoss(probabilities: Float64Array, labels: Uint8Array): number {
  let sum = 0;
  let rows = 0;
  probabilities.forEach((p, i) => {
    if (Number.isNaN(p)) return;
    const own = labels[i] === 1 ? p : 1 - p;
    sum -= log(Math.min(Math.max(own, LEAST), 1 - LEAST));
    rows++;
  });
  return sum / rows;
}
