import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export const refrainRun = {
  id: 'refrain',
  title: 'Refrain, the main job',
  what: 'all of `refrain run`: every line and byte accounted for, SHA-256, duplicates, statistics, ledger, features, a baseline and three learners cross-fitted and judged with intervals, explanation, scores, report',
  command: ({ log, folder, threads }) => ({
    file: process.execPath,
    args: [cli, 'run', log, '--out', join(folder, 'run'), '--threads', String(threads)],
    env: process.env,
  }),
  async seconds(_output, folder) {
    return JSON.parse(await readFile(join(folder, 'run', 'run.json'), 'utf8')).seconds;
  },
  parquet: (folder, what) => join(folder, 'run', `${what}.parquet`),
};
