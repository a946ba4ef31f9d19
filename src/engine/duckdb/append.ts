import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import type { Column, Table } from '../../table/table.ts';
import { identifier } from '../sql.ts';

const sqlTypes = { float64: 'double', int64: 'bigint', boolean: 'boolean', string: 'varchar' } as const;

/** Makes an empty table of the database with a table's columns. */
export async function createLike(connection: DuckDBConnection, name: string, table: Table): Promise<void> {
  const columns = table.columns.map((column, j) => `${identifier(table.names[j])} ${sqlTypes[column.type]}`);
  await connection.run(`create table ${identifier(name)} (${columns.join(', ')})`);
}

/** Adds the rows of a table in memory to one of the database that has its columns. */
export async function appendRows(connection: DuckDBConnection, name: string, table: Table): Promise<void> {
  const appender = await connection.createAppender(name);
  for (let row = 0; row < table.rows; row++) {
    for (const column of table.columns) appendCell(appender, column, row);
    appender.endRow();
  }
  appender.closeSync();
}

function appendCell(appender: DuckDBAppender, column: Column, row: number): void {
  if (!column.valid[row]) {
    appender.appendNull();
    return;
  }
  switch (column.type) {
    case 'float64':
      appender.appendDouble(column.values[row]);
      break;
    case 'int64':
      appender.appendBigInt(column.values[row]);
      break;
    case 'boolean':
      appender.appendBoolean(column.values[row] === 1);
      break;
    case 'string':
      appender.appendVarchar(column.values[row]);
      break;
  }
}
