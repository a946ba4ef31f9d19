import { DuckDBInstance } from '@duckdb/node-api';

/** DuckDB in memory with two threads; integers come back as numbers. */
export async function connect() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  return {
    async rows(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjects().map((row) => Object.fromEntries(Object.entries(row).map(numbers)));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function numbers([name, value]) {
  return [name, typeof value === 'bigint' ? Number(value) : value];
}
