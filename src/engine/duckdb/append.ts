import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBType,
  type DuckDBVector,
  INTEGER,
  VARCHAR,
} from '@duckdb/node-api';
import type { Column, Table } from '../../table/table.ts';
import type { NumberColumns } from '../engine.ts';
import { identifier } from '../sql.ts';

const types = { float64: DOUBLE, int64: BIGINT, boolean: BOOLEAN, string: VARCHAR } as const;

/** Rows that DuckDB takes at once. */
const chunkRows = 2048;

/** Makes an empty table with a table's columns, which is temporary: no log of it is written. */
export async function createLike(connection: DuckDBConnection, name: string, table: Table): Promise<void> {
  await create(connection, name, table.names, table.columns.map(cellType));
}

/** Adds the rows of a table in memory to one of the database that has its columns. */
export async function appendRows(connection: DuckDBConnection, name: string, table: Table): Promise<void> {
  const fills = table.columns.map(
    (column): Fill =>
      (vector, start, rows) =>
        setCells(vector, column, start, rows),
  );
  await append(connection, name, table.columns.map(cellType), [{ rows: table.rows, fills }]);
}

/** As `createLike`, for columns of numbers. */
export async function createForNumbers(
  connection: DuckDBConnection,
  name: string,
  columns: NumberColumns,
): Promise<void> {
  await create(connection, name, Object.keys(columns), Object.values(columns).map(numberType));
}

/** Adds rows of numbers, some at a time but all at once, to a table that has their columns. */
export async function appendNumbers(
  connection: DuckDBConnection,
  name: string,
  parts: readonly NumberColumns[],
): Promise<void> {
  if (parts.length === 0) return;
  const batches = parts.map((columns) => {
    const values = Object.values(columns);
    return { rows: values[0].length, fills: values.map(fillOf) };
  });
  await append(connection, name, Object.values(parts[0]).map(numberType), batches);
}

function cellType({ type }: Column): DuckDBType {
  return types[type];
}

function numberType(numbers: Int32Array | Float64Array): DuckDBType {
  return numbers instanceof Int32Array ? INTEGER : DOUBLE;
}

async function create(
  connection: DuckDBConnection,
  name: string,
  names: readonly string[],
  columnTypes: readonly DuckDBType[],
): Promise<void> {
  const columns = names.map((column, j) => `${identifier(column)} ${columnTypes[j]}`);
  await connection.run(`create temp table ${identifier(name)} (${columns.join(', ')})`);
}

/** Puts some rows of a column, from the one at `start` on, into a vector. */
type Fill = (vector: DuckDBVector, start: number, rows: number) => void;

interface Batch {
  readonly rows: number;
  /** By column. */
  readonly fills: readonly Fill[];
}

async function append(
  connection: DuckDBConnection,
  name: string,
  columnTypes: readonly DuckDBType[],
  batches: readonly Batch[],
): Promise<void> {
  const appender = await connection.createAppender(name);
  const chunk = DuckDBDataChunk.create(columnTypes);
  for (const { rows, fills } of batches) {
    for (let start = 0; start < rows; start += chunkRows) {
      fillChunk(chunk, fills, start, Math.min(chunkRows, rows - start));
      appender.appendDataChunk(chunk);
    }
  }
  appender.closeSync();
}

function fillChunk(chunk: DuckDBDataChunk, fills: readonly Fill[], start: number, rows: number): void {
  chunk.reset();
  chunk.rowCount = rows;
  for (const [j, fill] of fills.entries()) {
    const vector = chunk.getColumnVector(j);
    fill(vector, start, rows);
    vector.flush();
  }
}

function fillOf(numbers: Int32Array | Float64Array): Fill {
  return (vector, start, rows) => {
    for (let i = 0; i < rows; i++) vector.setItem(i, numbers[start + i]);
  };
}

function setCells(vector: DuckDBVector, { type, values, valid }: Column, start: number, rows: number): void {
  for (let i = 0; i < rows; i++) {
    const value = values[start + i];
    vector.setItem(i, valid[start + i] ? (type === 'boolean' ? value === 1 : value) : null);
  }
}
