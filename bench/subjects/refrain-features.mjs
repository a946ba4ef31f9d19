import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const worker = fileURLToPath(new URL('../workers/refrain-features.mjs', import.meta.url));

export const refrainFeatures = {
  id: 'refrain-features',
  title: 'Refrain, ledger and features',
  what: 'the same modules as the main job, up to the features: every line and byte accounted for, SHA-256, duplicates, ledger, features; both written as Parquet',
  command: ({ log, folder, threads }) => ({
    file: process.execPath,
    args: [worker, log, join(folder, 'features'), String(threads)],
    env: process.env,
  }),
  seconds: (output) => JSON.parse(output).seconds,
  parquet: (folder, what) => join(folder, 'features', `${what}.parquet`),
};
