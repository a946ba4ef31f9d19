import { z } from 'zod';
import { countLost } from './examples.ts';

/**
 * 'none' counts each example once; 'balanced' weighs a class by rows / (2 · rows of the class), as
 * scikit-learn does.
 */
export const classWeightSchema = z.enum(['none', 'balanced']);
export type ClassWeight = z.infer<typeof classWeightSchema>;

/** The weights of an example labelled 0 and of one labelled 1. Both classes must have rows. */
export function classWeights(labels: Uint8Array, kind: ClassWeight): readonly [stayed: number, lost: number] {
  if (kind === 'none') return [1, 1];
  const rows = labels.length;
  const lost = countLost(labels);
  return [rows / (2 * (rows - lost)), rows / (2 * lost)];
}
