import { InputError } from '../errors.ts';
import { type History, selectHistory } from './history.ts';

/**
 * By column: the levels of a category, in whose column a value is a place in this list; undefined where the column
 * holds numbers.
 */
export type Levels = readonly (readonly string[] | undefined)[];

/** A feature matrix: `columns[j][i]` is feature `names[j]` of row `i`; NaN is a missing value. */
export interface Matrix {
  readonly rows: number;
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  /** Absent where every column holds numbers. */
  readonly levels?: Levels | undefined;
  /** The days before each row, where models of sequences are to read them. */
  readonly history?: History | undefined;
}

/** Labelled rows. Rows of one user share a `groups` value and never stand on both sides of a split. */
export interface Examples {
  readonly matrix: Matrix;
  /** 1 = lost within the horizon, 0 = stayed. */
  readonly labels: Uint8Array;
  /** Index of the user, 0 … users − 1. */
  readonly groups: Int32Array;
  /** How much each row counts; absent where all count alike. A weight of 2 is as good as the row twice. */
  readonly weights?: Float64Array | undefined;
}

/** The rows of a matrix with the given indices, in their order. */
export function selectRows(matrix: Matrix, rows: ArrayLike<number>): Matrix {
  const columns = matrix.columns.map((column) => {
    const selected = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) selected[i] = column[rows[i]];
    return selected;
  });
  const history = matrix.history && selectHistory(matrix.history, rows);
  return { ...matrix, rows: rows.length, columns, history };
}

/** Rows start … end − 1 of a matrix, whose numbers are not copied: to change them would change the matrix. */
export function sliceRows(matrix: Matrix, start: number, end: number): Matrix {
  const { columns, history } = matrix;
  const rows = end - start;
  const places = Int32Array.from({ length: history ? rows : 0 }, (_, i) => start + i);
  return {
    ...matrix,
    rows,
    columns: columns.map((column) => column.subarray(start, end)),
    history: history && selectHistory(history, places),
  };
}

/** Some columns of a matrix, by their places, in that order. */
export function selectColumns(matrix: Matrix, places: readonly number[]): Matrix {
  const { names, columns, levels } = matrix;
  return {
    ...matrix,
    names: places.map((j) => names[j]),
    columns: places.map((j) => columns[j]),
    ...(levels === undefined ? {} : { levels: places.map((j) => levels[j]) }),
  };
}

/**
 * The columns that a model was trained on, by name and in the model's order.
 * @throws InputError naming a column that is absent or holds an infinite value.
 */
export function columnsFor(features: readonly string[], matrix: Matrix): Float64Array[] {
  let places: Map<string, number> | undefined;
  const placeOf = (name: string) => {
    places ??= new Map(matrix.names.map((own, j) => [own, j]));
    return places.get(name);
  };
  return features.map((name, k) => {
    // Mostly the matrix is the model's own: a map of its names would then cost more than predicting some rows.
    const j = matrix.names[k] === name ? k : placeOf(name);
    if (j === undefined) {
      throw new InputError(
        `The model needs the feature "${name}", which the matrix lacks: compute the features with the version ` +
          'and definition that the model was trained with.',
        { feature: name },
      );
    }
    checkFinite(name, matrix.columns[j]);
    return matrix.columns[j];
  });
}

/** @throws InputError naming the column when a value is infinite; NaN is a missing value and passes. */
export function checkFinite(name: string, column: Float64Array): void {
  for (let i = 0; i < column.length; i++) {
    const value = column[i];
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
      throw new InputError(
        `Row ${i} of the feature "${name}" is ${value}; expected a finite number, or NaN where it is missing.`,
        { feature: name, row: i },
      );
    }
  }
}
