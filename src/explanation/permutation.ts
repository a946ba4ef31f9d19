import { InputError } from '../errors.ts';
import type { Interval } from '../evaluation/intervals.ts';
import type { Matrix } from '../models/matrix.ts';
import { createRandom, hash32 } from '../random.ts';
import { permuteFeature } from './permute.ts';
import { ownRows, type Predict } from './predict-at.ts';
import { type UserSample, userIntervals } from './users.ts';

/** What a feature is worth to a model: how much a metric falls when the feature's values are dealt out anew. */
export interface PermutationImportance extends Interval {
  readonly name: string;
  /** The fall in each repeat; `value` is their mean, negative where the metric rose. */
  readonly falls: readonly number[];
}

/**
 * Ranks predictions once, and gives what measures them, a number of which more is better, for any number of times that each user
 * counts.
 */
export type Metric = (predictions: Float64Array) => (timesOfUser: Int32Array) => number;

export interface PermutationSettings extends UserSample {
  /** Permutations a feature, at least 1. */
  readonly repeats: number;
}

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019) of some features, in their order, to whatever
 * `predict` stands for: a model, or the models of a cross-fit, each for its rows. The 95 % intervals are by bootstrap over the
 * users and over the permutations: what other users and other chance would have shown. Every feature is permuted with a seed
 * of its own, so that its importance does not depend on the other features' places.
 * @throws InputError when there are not as many users' places as rows, or as `predict` does.
 * @throws RangeError when `repeats` is not a positive integer, or there is no such feature.
 */
export function permutationImportance(
  predict: Predict,
  features: readonly string[],
  matrix: Matrix,
  metric: Metric,
  settings: PermutationSettings,
): PermutationImportance[] {
  const { repeats, seed, userOf, count } = settings;
  if (userOf.length !== matrix.rows) {
    throw new InputError(
      `There are users for ${userOf.length} rows of ${matrix.rows}; expected one for each row.`,
    );
  }
  if (!Number.isInteger(repeats) || repeats < 1) {
    throw new RangeError(`repeats is ${repeats}; expected a positive integer.`);
  }
  const everyone = new Int32Array(count).fill(1);
  const origins = ownRows(matrix);
  const intact = metric(predict(matrix, origins));
  const permuted = features.map((name) =>
    Array.from({ length: repeats }, (_, repeat) =>
      metric(predict(permuteFeature(matrix, name, hash32(`${repeat} ${name}`, seed)), origins)),
    ),
  );
  const intervals = userIntervals(settings, meanFalls(intact, permuted, repeats, seed));
  return features.map((name, k) => ({
    name,
    ...intervals[k],
    falls: permuted[k].map((measure) => intact(everyone) - measure(everyone)),
  }));
}

/** Of each feature the mean fall over all repeats, in a replicate over as many that are drawn with replacement. */
function meanFalls(
  intact: ReturnType<Metric>,
  permuted: readonly (readonly ReturnType<Metric>[])[],
  repeats: number,
  seed: number,
): (timesOfUser: Int32Array, isDrawn: boolean) => number[] {
  const random = createRandom(hash32('repeats', seed));
  return (timesOfUser, isDrawn) => {
    const timesOfRepeat = new Int32Array(repeats).fill(isDrawn ? 0 : 1);
    if (isDrawn) random.count(timesOfRepeat, repeats);
    const all = intact(timesOfUser);
    return permuted.map((measures) => {
      const sum = measures.reduce((total, measure, repeat) => {
        const times = timesOfRepeat[repeat];
        return times === 0 ? total : total + times * (all - measure(timesOfUser));
      }, 0);
      return sum / repeats;
    });
  };
}
