import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeDocument } from './document.mjs';
import { describeLog, simulatedLog } from './log.mjs';
import { describeMachine, describeVersions } from './machine.mjs';
import { compareOnLog } from './networks/compare.mjs';
import { timeFits } from './networks/fits.mjs';
import { inMarkdown } from './networks/markdown.mjs';
import { progress } from './progress.mjs';
import { writeResults } from './results.mjs';

/** Compares networks with boosting on each log, and the time of a fit with scikit-learn's. @throws {BenchError} when a part fails. */
export async function bench({ users, python, rounds, threads, printOnly }, signal) {
  const folder = mkdtempSync(join(tmpdir(), 'refrain-networks-'));
  try {
    const logs = [];
    for (const count of users) {
      const path = await simulatedLog(count, signal);
      const log = { users: count, ...(await describeLog(path, signal)) };
      progress(`learning on ${count} users`);
      logs.push({ log, learners: await compareOnLog(path, join(folder, String(count)), threads, signal) });
    }
    const largest = join(folder, String(users.at(-1)));
    const fits = python === undefined ? undefined : await timeFits(largest, python, rounds, signal);
    const result = {
      date: new Date().toISOString(),
      machine: describeMachine(),
      versions: await describeVersions(),
      ...{ threads, rounds, logs },
      ...(fits === undefined ? {} : { fits }),
    };
    const text = inMarkdown(result);
    process.stdout.write(`${text}\n`);
    if (printOnly) return;
    const page = writeDocument('networks', text, 'docs/decisions/networks.md');
    progress(`written: ${writeResults('networks', result)} and ${page}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
