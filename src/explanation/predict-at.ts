import { selectHistory } from '../models/history.ts';
import type { Matrix } from '../models/matrix.ts';

/**
 * A model, or several each for its rows: a probability for each row.
 * @param origins by row, the row of the explained matrix that it was made of; they never fall.
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
    const { repeated, origins } = repeatRows(matrix, some.length);
    const columns = [...repeated.columns];
    names.forEach((name, k) => {
      columns[matrix.names.indexOf(name)] = tile(
        some.map((point) => point[k]),
        rows,
      );
    });
    const predictions = predict({ ...repeated, columns }, origins);
    for (let row = 0, i = 0; row < rows; row++) {
      for (let k = 0; k < some.length; k++, i++) visit(start + k, row, predictions[i]);
    }
  }
}

/** Every row so many times, one after the other. */
function repeatRows(matrix: Matrix, times: number): { repeated: Matrix; origins: Int32Array } {
  const { rows, columns, history } = matrix;
  const repeat = <A extends Float64Array | Int32Array>(from: A, to: A): A => {
    for (let row = 0; row < rows; row++) to.fill(from[row], row * times, (row + 1) * times);
    return to;
  };
  const origins = repeat(ownRows(matrix), new Int32Array(rows * times));
  const repeated = {
    ...matrix,
    rows: rows * times,
    columns: columns.map((column) => repeat(column, new Float64Array(rows * times))),
    history: history && selectHistory(history, origins),
  };
  return { repeated, origins };
}

/** The values in their order, so many times. */
function tile(values: readonly number[], times: number): Float64Array {
  const tiled = new Float64Array(values.length * times);
  for (let start = 0; start < tiled.length; start += values.length) tiled.set(values, start);
  return tiled;
}

/** Every row of a matrix is made of itself. */
export function ownRows({ rows }: Matrix): Int32Array {
  return Int32Array.from({ length: rows }, (_, i) => i);
}
