import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runCommand } from './command.mjs';
import { BenchError } from './errors.mjs';
import { progress } from './progress.mjs';

const cli = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const data = fileURLToPath(new URL('data/', import.meta.url));

/** Path of a log of `users` users and 63 days, 1.1 GB for 2,000 of them, which is simulated on the first call. */
export async function simulatedLog(users, signal) {
  const path = join(data, `${users}-users.json`);
  if (!existsSync(path)) await simulateLog(users, path, signal);
  return path;
}

/** The log's path. @throws {BenchError} for what cannot be read. */
export function requireFile(name) {
  const path = resolve(name);
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

/** Its name and size; reads it whole, so that every subject finds as much of it in the page cache as fits there. */
export async function describeLog(path, signal) {
  progress('reading the log once');
  const { status, output } = await runCommand('wc', ['-l', path], signal);
  if (status !== 0) throw new BenchError(`wc -l ${path} failed: ${output}`);
  return { file: basename(path), bytes: statSync(path).size, lines: Number.parseInt(output, 10) };
}

async function simulateLog(users, path, signal) {
  progress(`simulating a log of ${users.toLocaleString('en-US')} users and 63 days into bench/data/, once`);
  mkdirSync(data, { recursive: true });
  const unfinished = path.replace(/\.json$/, '.unfinished.json');
  const { status, output } = await runCommand(
    process.execPath,
    [cli, 'simulate', '--users', String(users), '--days', '63', '--out', unfinished],
    signal,
  );
  if (status !== 0) throw new BenchError(`Simulating the log failed:\n${output.slice(-2000)}`);
  renameSync(unfinished, path);
}
