import { InputError } from '../errors.ts';
import type { Matrix } from '../models/matrix.ts';
import { hash32 } from '../random.ts';
import { permuteFeature } from './permute.ts';
import { studentQuantile975 } from './student.ts';

/**
 * What a feature is worth to a model: how much a metric falls when the feature's values are dealt out anew.
 */
export interface PermutationImportance {
  readonly name: string;
  /** Mean fall over the repeats; negative where the metric rose. */
  readonly mean: number;
  /** 95 % interval of the mean over all permutations (Student's t); with one repeat it is the mean itself. */
  readonly low: number;
  readonly high: number;
  /** The fall in each repeat. */
  readonly falls: readonly number[];
}

/** A number for labels and predicted probabilities, of which more is better. */
export type Metric = (labels: Uint8Array, predictions: Float64Array) => number;

export interface PermutationSettings {
  /** Permutations a feature, at least 1. */
  readonly repeats: number;
  readonly seed: number;
}

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019) of some features, in their order, to whatever
 * `predict` stands for: a model, or the models of a cross-fit, each for its rows. Every feature is permuted with a seed
 * of its own, so that its importance does not depend on the other features' places.
 * @param labels one for each row of the matrix.
 * @throws InputError when the numbers of labels and rows differ, or as `predict` does.
 * @throws RangeError when `repeats` is not a positive integer.
 */
export function permutationImportance(
  predict: (matrix: Matrix) => Float64Array,
  features: readonly string[],
  matrix: Matrix,
  labels: Uint8Array,
  metric: Metric,
  { repeats, seed }: PermutationSettings,
): PermutationImportance[] {
  if (labels.length !== matrix.rows) {
    throw new InputError(
      `There are ${labels.length} labels for ${matrix.rows} rows; expected one for each row.`,
    );
  }
  if (!Number.isInteger(repeats) || repeats < 1) {
    throw new RangeError(`repeats is ${repeats}; expected a positive integer.`);
  }
  const intact = metric(labels, predict(matrix));
  return features.map((name) => {
    const falls = Array.from({ length: repeats }, (_, repeat) => {
      const permuted = permuteFeature(matrix, name, hash32(`${repeat} ${name}`, seed));
      return intact - metric(labels, predict(permuted));
    });
    return { name, ...meanWithInterval(falls), falls };
  });
}

function meanWithInterval(values: readonly number[]): { mean: number; low: number; high: number } {
  const n = values.length;
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  if (n === 1) return { mean, low: mean, high: mean };
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  const half = studentQuantile975(n - 1) * Math.sqrt(variance / n);
  return { mean, low: mean - half, high: mean + half };
}
