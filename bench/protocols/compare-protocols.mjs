import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDocument } from '../document.mjs';
import { BenchError } from '../errors.mjs';
import { simulatedLog } from '../log.mjs';
import { progress } from '../progress.mjs';
import { writeResults } from '../results.mjs';
import { runProgram } from './run-program.mjs';
import { resultsTable } from './table.mjs';

const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const protocols = ['retrospective', 'forecast'];

/** Runs both protocols on each log; prints their table, and writes it into the documentation unless told not to. */
export async function compareProtocols({ users, learners, printOnly }, signal) {
  const logs = [];
  for (const count of users) {
    const log = await simulatedLog(count, signal);
    const judged = {};
    for (const protocol of protocols) {
      progress(`${count} users, ${protocol}`);
      judged[protocol] = await judge(log, protocol, learners, signal);
    }
    logs.push({ users: count, ...judged });
  }
  const table = resultsTable(logs);
  process.stdout.write(`${table}\n`);
  if (printOnly) return;
  const kept = writeResults('protocols', { date: new Date().toISOString(), logs });
  progress(`written to ${kept} and ${writeDocument('protocols', table, 'docs/results.md')}`);
}

/** Every model's test metrics, and how many losses there were to judge by. @throws {BenchError} when the run fails. */
async function judge(log, protocol, learners, signal) {
  const folder = await mkdtemp(join(tmpdir(), 'refrain-protocols-'));
  try {
    const args = [
      'run',
      log,
      '--protocol',
      protocol,
      '--learner',
      learners,
      '--out',
      join(folder, 'run'),
      '--json',
    ];
    const { status, output, errors } = await runProgram(process.execPath, [cli, ...args], signal);
    // 6 is a run whose audit found something: the whole history may well look too good.
    if (status !== 0 && status !== 6)
      throw new BenchError(`refrain ${args.join(' ')} failed:\n${errors.slice(-2000)}`);
    const { models, manifest } = JSON.parse(output);
    return { users: manifest.users, lost: manifest.lost, models };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
