import type { Engine } from '../../engine/engine.ts';
import { InputError } from '../../errors.ts';
import type { Matrix } from '../../models/matrix.ts';
import { type ColumnKind, readColumns, readText } from './read-columns.ts';
import { openTable, type TableFile } from './table-file.ts';
import { columnNamed } from './training-table.ts';

/** Another table with the columns that a model learned from. */
export interface TestTable {
  readonly file: TableFile;
  readonly matrix: Matrix;
  /** Columns that the model does not know. */
  readonly extra: readonly string[];
  /** By name: the other columns that were asked for, as text. */
  readonly texts: ReadonlyMap<string, readonly (string | null)[]>;
}

/**
 * Reads a table to predict for. A column of another type is read as the model's where each of its values can be.
 * @param needed the columns that the model uses.
 * @param asText columns to read beside them, such as label and group.
 * @throws InputError naming the columns that are missing, or row and value where a number is expected.
 */
export async function readTestTable(
  engine: Engine,
  path: string,
  needed: readonly { readonly name: string; readonly kind: ColumnKind }[],
  asText: readonly string[],
): Promise<TestTable> {
  const categories = needed.filter(({ kind }) => kind === 'category').map(({ name }) => name);
  const file = await openTable(engine, path, new Set([...categories, ...asText]));
  const typeOf = new Map(file.columns.map(({ name, type }) => [name, type]));
  const missing = needed.map(({ name }) => name).filter((name) => !typeOf.has(name));
  if (missing.length > 0) {
    const names = missing.slice(0, 10).map((name) => JSON.stringify(name));
    throw new InputError(
      `${path} lacks ${missing.length} of the ${needed.length} columns that the model needs: ${names.join(', ')}${missing.length > 10 ? ', …' : ''}.`,
      { path, missing },
    );
  }
  const wanted = needed.map(({ name, kind }) => ({ name, kind, type: typeOf.get(name) ?? '' }));
  const matrix = await readColumns(engine, file, wanted);
  const texts = new Map<string, readonly (string | null)[]>();
  for (const name of asText) texts.set(name, await readText(engine, file, columnNamed(file, name)));
  const known = new Set([...needed.map(({ name }) => name), ...asText]);
  const extra = file.columns.map(({ name }) => name).filter((name) => !known.has(name));
  return { file, matrix, extra, texts };
}
