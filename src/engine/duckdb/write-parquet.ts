import { rm } from 'node:fs/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Effects, throwIfAborted } from '../../effects.ts';
import { RefrainError } from '../../errors.ts';
import type { Table } from '../../table/table.ts';
import { literal } from '../sql.ts';
import { appendRows, createLike } from './append.ts';
import { duckdbError } from './errors.ts';

/** Writes tables of one shape, one after the other, to one file, as `Engine.writeParquet` of DuckDB does. Memory is bounded. */
export async function writeTables(
  tables: AsyncIterable<Table>,
  path: string,
  { signal }: Pick<Effects, 'signal'>,
): Promise<void> {
  const database = `${path}.duckdb`;
  try {
    const instance = await DuckDBInstance.create(database, { threads: '1' });
    const connection = await instance.connect();
    try {
      let isCreated = false;
      for await (const table of tables) {
        throwIfAborted(signal);
        if (!isCreated) await createLike(connection, 'rows', table);
        isCreated = true;
        await appendRows(connection, 'rows', table);
      }
      await connection.run(`copy "rows" to ${literal(path)} (format parquet, compression zstd)`);
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  } catch (cause) {
    // What failed may be the engine that the tables come from.
    if (cause instanceof RefrainError) throw cause;
    throw duckdbError(cause, `writing ${path}`, signal);
  } finally {
    for (const name of [database, `${database}.wal`]) await rm(name, { force: true });
  }
}
