import { z } from 'zod';
import { countLost } from './examples.ts';
import type { Examples } from './matrix.ts';

/**
 * 'none' counts each example once; 'balanced' weighs a class by rows / (2 · rows of the class), as
 * scikit-learn does.
 */
export const classWeightSchema = z.enum(['none', 'balanced']);
export type ClassWeight = z.infer<typeof classWeightSchema>;

/** The weights of an example labelled 0 and of one labelled 1. Both classes must have rows. */
function classWeights(labels: Uint8Array, kind: ClassWeight): readonly [stayed: number, lost: number] {
  if (kind === 'none') return [1, 1];
  const rows = labels.length;
  const lost = countLost(labels);
  return [rows / (2 * (rows - lost)), rows / (2 * lost)];
}

/** By row: its own weight times that of its class, in which rows count as they weigh. */
export function rowWeights(
  { labels, weights }: Pick<Examples, 'labels' | 'weights'>,
  kind: ClassWeight,
): Float64Array {
  if (weights === undefined) {
    const byClass = classWeights(labels, kind);
    return Float64Array.from(labels, (label) => byClass[label]);
  }
  if (kind === 'none') return weights;
  const sums = [0, 0];
  labels.forEach((label, i) => {
    sums[label] += weights[i];
  });
  const total = sums[0] + sums[1];
  return weights.map((weight, i) => (weight * total) / (2 * sums[labels[i]]));
}
