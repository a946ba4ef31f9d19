import { DuckDBInstance } from '@duckdb/node-api';

const types = {
  ts: 'BIGINT',
  userId: 'VARCHAR',
  sessionId: 'BIGINT',
  page: 'VARCHAR',
  auth: 'VARCHAR',
  method: 'VARCHAR',
  status: 'INTEGER',
  level: 'VARCHAR',
  itemInSession: 'INTEGER',
  location: 'VARCHAR',
  userAgent: 'VARCHAR',
  registration: 'BIGINT',
  gender: 'VARCHAR',
  artist: 'VARCHAR',
  song: 'VARCHAR',
  length: 'DOUBLE',
};

/**
 * Reads a log once into the table `events` of a DuckDB file.
 * @param database a path where nothing is yet. @param signal stops the query that runs, here and later.
 */
export async function openEvents(log, database, signal) {
  const instance = await DuckDBInstance.create(database, { threads: '2', memory_limit: '4GB' });
  const connection = await instance.connect();
  signal.addEventListener('abort', () => connection.interrupt());
  const columns = Object.entries(types).map(([name, type]) => `${name}: '${type}'`);
  await connection.run(`SET preserve_insertion_order = false`);
  await connection.run(`CREATE TABLE events AS
    FROM read_json('${log.replaceAll("'", "''")}', format = 'newline_delimited', columns = {${columns.join(', ')}})`);
  return {
    async run(sql) {
      await connection.run(sql);
    },
    /** Integers come back as numbers. */
    async rows(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjects().map((row) => Object.fromEntries(Object.entries(row).map(asNumber)));
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function asNumber([name, value]) {
  return [name, typeof value === 'bigint' ? Number(value) : value];
}
