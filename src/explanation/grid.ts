import { InputError } from '../errors.ts';
import type { Matrix } from '../models/matrix.ts';

/**
 * Distinct values of a feature at which to look, rising: its quantiles at `points` equal steps from the least to the greatest value,
 * each one that it has; missing values aside. Fewer where values are alike, none where all are missing.
 */
export function quantileGrid(column: Float64Array, points: number): number[] {
  const rising = column.filter((x) => !Number.isNaN(x)).sort();
  if (rising.length === 0) return [];
  const steps = Array.from(
    { length: points },
    (_, k) => rising[Math.round((k / Math.max(1, points - 1)) * (rising.length - 1))],
  );
  return [...new Set(steps)];
}

/** The column of a feature that holds numbers. @throws InputError where there is none. */
export function numberColumn(matrix: Matrix, name: string): Float64Array {
  const j = matrix.names.indexOf(name);
  if (j < 0) throw new InputError(`There is no feature "${name}" to explain.`, { feature: name });
  if (matrix.levels?.[j]) {
    throw new InputError(`The feature "${name}" is a category, whose levels have no order to go along.`, {
      feature: name,
    });
  }
  return matrix.columns[j];
}
