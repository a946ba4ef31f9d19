import reference from '../fixtures/reference/linear-models.json' with { type: 'json' };
import { fromJson } from './synthetic.ts';

const columns = fromJson(reference.columns);

/** The rows that scikit-learn fitted for the fixture. */
export const referenceExamples = {
  matrix: { rows: reference.labels.length, names: columns.map((_, j) => `f${j}`), columns },
  labels: Uint8Array.from(reference.labels),
  groups: Int32Array.from(reference.labels.keys()),
};
export const referenceWeights = Float64Array.from(reference.weights);

/** The largest distance between two lists of numbers, NaN where they differ in length. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.NaN;
  return Math.max(...Array.from(a, (x, k) => Math.abs(x - b[k])));
}
