import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBConnection,
  DuckDBDataChunk,
  type DuckDBVector,
  VARCHAR,
} from '@duckdb/node-api';
import type { Column, Table } from '../../table/table.ts';
import { identifier } from '../sql.ts';

const types = { float64: DOUBLE, int64: BIGINT, boolean: BOOLEAN, string: VARCHAR } as const;

/** Rows that DuckDB takes at once. */
const chunkRows = 2048;

/** Makes an empty table with a table's columns, which is temporary: no log of it is written. */
export async function createLike(connection: DuckDBConnection, name: string, table: Table): Promise<void> {
  const columns = table.columns.map((column, j) => `${identifier(table.names[j])} ${types[column.type]}`);
  await connection.run(`create temp table ${identifier(name)} (${columns.join(', ')})`);
}

/** Adds the rows of tables in memory, one at least, to one of the database that has their columns. */
export async function appendRows(
  connection: DuckDBConnection,
  name: string,
  tables: readonly Table[],
): Promise<void> {
  const appender = await connection.createAppender(name);
  const chunk = DuckDBDataChunk.create(tables[0].columns.map(({ type }) => types[type]));
  for (const table of tables) {
    for (let start = 0; start < table.rows; start += chunkRows) {
      fillChunk(chunk, table, start);
      appender.appendDataChunk(chunk);
    }
  }
  appender.closeSync();
}

function fillChunk(chunk: DuckDBDataChunk, { rows, columns }: Table, start: number): void {
  chunk.reset();
  chunk.rowCount = Math.min(chunkRows, rows - start);
  for (const [j, column] of columns.entries()) {
    const vector = chunk.getColumnVector(j);
    setCells(vector, column, start, chunk.rowCount);
    vector.flush();
  }
}

function setCells(vector: DuckDBVector, { type, values, valid }: Column, start: number, rows: number): void {
  for (let i = 0; i < rows; i++) {
    const value = values[start + i];
    vector.setItem(i, valid[start + i] ? (type === 'boolean' ? value === 1 : value) : null);
  }
}
