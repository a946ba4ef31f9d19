import { type Matrix, selectRows } from '../models/matrix.ts';

/**
 * A model, or several each for its rows: a probability for each row.
 * @param origins by row, the row of the explained matrix that it was made of.
 */
export type Predict = (matrix: Matrix, origins: Int32Array) => Float64Array;

/** Rows that are predicted together: many, since a call takes its time whatever the number of rows. */
const ROWS_A_CALL = 8192;

/** Predicts every row with its values of some features replaced, once for each point, which is a value for each of them. */
export function predictAt(
  predict: Predict,
  matrix: Matrix,
  names: readonly string[],
  points: readonly (readonly number[])[],
  visit: (point: number, row: number, probability: number) => void,
): void {
  const { rows } = matrix;
  const each = Math.max(1, Math.floor(ROWS_A_CALL / Math.max(1, rows)));
  for (let start = 0; start < points.length; start += each) {
    const some = points.slice(start, start + each);
    const origins = Int32Array.from({ length: some.length * rows }, (_, i) => i % rows);
    const repeated = selectRows(matrix, origins);
    const columns = repeated.columns.map((column, j) => {
      const k = names.indexOf(matrix.names[j]);
      return k < 0 ? column : column.map((_, i) => some[Math.floor(i / rows)][k]);
    });
    predict({ ...repeated, columns }, origins).forEach((p, i) => {
      visit(start + Math.floor(i / rows), i % rows, p);
    });
  }
}

/** Every row of a matrix is made of itself. */
export function ownRows({ rows }: Matrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => i);
}
