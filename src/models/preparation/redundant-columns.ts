import type { Matrix } from '../matrix.ts';
import { correlatedColumns } from './correlation.ts';

/** A column that the learner does not see, and why. */
export interface DroppedColumn {
  readonly name: string;
  readonly reason: 'empty' | 'constant' | 'duplicate' | 'identifier' | 'correlated';
  /** The column that says the same. */
  readonly of?: string | undefined;
}

/** A category with more levels than this, and than half of its rows, is taken for an identifier. */
const IDENTIFIER_LEVELS = 100;

/**
 * The columns that tell a learner nothing, or nothing new. A column with a single value and missing rows is kept: that it
 * is missing may say something.
 * @param maxCorrelation null drops none for its correlation.
 */
export function redundantColumns(matrix: Matrix, maxCorrelation: number | null): DroppedColumn[] {
  const dropped = new Map<number, DroppedColumn>();
  const firstWith = new Map<string, number[]>();
  matrix.columns.forEach((column, j) => {
    const name = matrix.names[j];
    const alone = uninformative(column, matrix.levels?.[j] !== undefined);
    if (alone) dropped.set(j, { name, reason: alone });
    else {
      const print = fingerprint(column, matrix.levels?.[j]);
      const alike = firstWith.get(print) ?? [];
      const twin = alike.find((k) => sameValues(column, matrix.columns[k]));
      if (twin !== undefined) dropped.set(j, { name, reason: 'duplicate', of: matrix.names[twin] });
      else firstWith.set(print, [...alike, j]);
    }
  });
  if (maxCorrelation !== null) {
    const numeric = [...matrix.columns.keys()].filter((j) => !dropped.has(j) && !matrix.levels?.[j]);
    for (const { column, of } of correlatedColumns(matrix.columns, numeric, maxCorrelation)) {
      dropped.set(column, { name: matrix.names[column], reason: 'correlated', of: matrix.names[of] });
    }
  }
  return [...dropped].sort(([a], [b]) => a - b).map(([, column]) => column);
}

function uninformative(
  column: Float64Array,
  isCategory: boolean,
): 'empty' | 'constant' | 'identifier' | undefined {
  const first = column.find((x) => !Number.isNaN(x));
  if (first === undefined) return 'empty';
  if (column.every((x) => x === first)) return 'constant';
  return isCategory && isIdentifier(column) ? 'identifier' : undefined;
}

function isIdentifier(codes: Float64Array): boolean {
  const present = codes.reduce((sum, code) => sum + (Number.isNaN(code) ? 0 : 1), 0);
  const levels = new Set(codes).size;
  return levels > IDENTIFIER_LEVELS && levels > present / 2;
}

/** Equal for columns of equal values; columns of categories are equal only when their levels are. */
function fingerprint(column: Float64Array, levels: readonly string[] | undefined): string {
  let sum = 0;
  let missing = 0;
  for (let i = 0; i < column.length; i++) {
    if (Number.isNaN(column[i])) missing++;
    else sum += column[i];
  }
  const kind = levels === undefined ? 'number' : JSON.stringify([levels.length, levels.slice(0, 10)]);
  return `${kind} ${missing} ${sum}`;
}

function sameValues(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i] && !(Number.isNaN(a[i]) && Number.isNaN(b[i]))) return false;
  }
  return true;
}
