import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../polars/main.py', import.meta.url));

export const polars = {
  id: 'polars',
  title: 'Polars, ledger',
  what: 'the same ledger, hand-written (lazy frames, streaming engine, declared schema, texts hashed where only their novelty counts); drops the rows of nobody, looks for no bad or doubled lines; written as Parquet',
  command: ({ log, folder, threads, polarsPython }) => ({
    file: polarsPython,
    args: [script, log, '--out', join(folder, 'polars-ledger.parquet')],
    env: { ...process.env, POLARS_MAX_THREADS: String(threads), PYTHONDONTWRITEBYTECODE: '1' },
  }),
  seconds: (output) => JSON.parse(output).seconds,
  versions: (output) => JSON.parse(output).versions,
  parquet: (folder, what) => (what === 'ledger' ? join(folder, 'polars-ledger.parquet') : undefined),
};
