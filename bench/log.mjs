import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './command.mjs';
import { BenchError } from './errors.mjs';
import { progress } from './progress.mjs';

const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const simulated = fileURLToPath(new URL('data/2000-users.json', import.meta.url));

/** The log's path; without a name it is simulated on the first call. @throws {BenchError} for what cannot be read. */
export async function prepareLog(name, signal) {
  if (name !== undefined) return requireFile(resolve(name));
  if (!existsSync(simulated)) await simulateLog(signal);
  return simulated;
}

/** Its name and size; reads it whole, so that every subject finds as much of it in the page cache as fits there. */
export async function describeLog(path, signal) {
  progress('reading the log once');
  const { status, output } = await runCommand('wc', ['-l', path], signal);
  if (status !== 0) throw new BenchError(`wc -l ${path} failed: ${output}`);
  return { file: basename(path), bytes: statSync(path).size, lines: Number.parseInt(output, 10) };
}

function requireFile(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new BenchError(`There is no log ${path}.`, 2);
  if (!stat.isFile() || !/\.(json|jsonl|ndjson)$/.test(path)) {
    throw new BenchError(
      `${path} is not one file of JSON lines (.json, .jsonl, .ndjson), which is what every peer reads.`,
      2,
    );
  }
  return path;
}

async function simulateLog(signal) {
  progress('simulating a log of 2,000 users and 63 days into bench/data/, once');
  mkdirSync(dirname(simulated), { recursive: true });
  const unfinished = simulated.replace(/\.json$/, '.unfinished.json');
  const { status, output } = await runCommand(
    process.execPath,
    [cli, 'simulate', '--users', '2000', '--days', '63', '--out', unfinished],
    signal,
  );
  if (status !== 0) throw new BenchError(`Simulating the log failed:\n${output.slice(-2000)}`);
  renameSync(unfinished, simulated);
}
