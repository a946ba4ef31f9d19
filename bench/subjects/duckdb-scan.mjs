import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('../workers/duckdb-scan.mjs', import.meta.url));

export const duckdbScan = {
  id: 'duckdb',
  title: 'DuckDB, bare scan',
  what: 'parses the columns of the definition with their types and counts their values; checks and keeps nothing',
  command: ({ log, threads }) => ({
    file: process.execPath,
    args: [worker, log, String(threads)],
    env: process.env,
  }),
  seconds: () => ({}),
};
