import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { featureCatalogue } from '../../dist/features/catalogue.js';
import { readExamples } from '../../dist/features/examples.js';
import { defaultLearnSettings, openDuckdb, silentEffects, sparkify } from '../../dist/index.js';
import { splitExamples } from '../../dist/pipeline/split.js';
import { runCommand } from '../command.mjs';
import { BenchError } from '../errors.mjs';
import { simulatedLog } from '../log.mjs';
import { progress } from '../progress.mjs';

const worker = fileURLToPath(new URL('../workers/refrain-features.mjs', import.meta.url));
const data = fileURLToPath(new URL('../data/', import.meta.url));

/**
 * The examples of a simulated log as a table: what `refrain run` would learn a fold from, and the test rows that it would judge by, which
 * are of other users and later than every outcome learned. A seed deals the users anew.
 * @returns {Promise<{columns: Float64Array[], levels: number[], labels: Uint8Array, train: number}>} as `makeTable` gives it.
 */
export async function makeLogTable({ users }, seed, signal) {
  const { matrix, labels, plan } = await dealtExamples(await examplesOf(users, signal), seed);
  const isTest = new Uint8Array(labels.length);
  for (const row of plan.testRows) isTest[row] = 1;
  const [{ trainRows, predictRows }] = plan.fits;
  const rows = [...trainRows, ...predictRows.filter((row) => isTest[row] === 1)];
  return {
    columns: matrix.columns.map((column) => Float64Array.from(rows, (row) => column[row])),
    levels: matrix.columns.map(() => 0),
    labels: Uint8Array.from(rows, (row) => labels[row]),
    train: trainRows.length,
  };
}

async function dealtExamples(path, seed) {
  const workFolder = mkdtempSync(join(tmpdir(), 'refrain-examples-'));
  const engine = await openDuckdb({ workFolder }, silentEffects);
  try {
    await engine.createView('examples', `select * from read_parquet('${path.replaceAll("'", "''")}')`);
    const rows = await readExamples(engine, 'examples', featureCatalogue(sparkify));
    return { ...rows, ...splitExamples(rows, { ...defaultLearnSettings, seed }) };
  } finally {
    await engine.close();
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** Path of the examples of a simulated log, which both are made on the first call. */
async function examplesOf(users, signal) {
  const folder = join(data, `${users}-users.features`);
  if (!existsSync(folder)) {
    const log = await simulatedLog(users, signal);
    progress(`features of ${users.toLocaleString('en-US')} users into bench/data/, once`);
    const unfinished = `${folder}.unfinished`;
    rmSync(unfinished, { recursive: true, force: true });
    const { status, output } = await runCommand(process.execPath, [worker, log, unfinished, '2'], signal);
    if (status !== 0) throw new BenchError(`Making the features failed:\n${output.slice(-2000)}`);
    renameSync(unfinished, folder);
  }
  return join(folder, 'examples.parquet');
}
