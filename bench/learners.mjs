import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDocument } from './document.mjs';
import { BenchError } from './errors.mjs';
import { contests } from './learners/contests.mjs';
import { makeTable } from './learners/datasets.mjs';
import { makeLogTable } from './learners/log-tables.mjs';
import { writeTable } from './learners/table-files.mjs';
import { inMarkdown } from './learners-table.mjs';
import { describeMachine, describeVersions } from './machine.mjs';
import { measure } from './measure.mjs';
import { progress } from './progress.mjs';
import { writeResults } from './results.mjs';

const oursScript = fileURLToPath(new URL('learners/ours.mjs', import.meta.url));
const peerScript = fileURLToPath(new URL('learners/peer.py', import.meta.url));
const python = process.env.PYTHON ?? 'python3';

/**
 * Measures the learners on one table after the other, and writes the results.
 * @throws {BenchError} when a process fails, or a model is another with other threads.
 */
export async function bench({ datasets, fits, rounds, threads, without, printOnly }, signal) {
  const machine = describeMachine();
  const versions = await describeVersions();
  const chosen = contests.filter(({ id }) => !without.includes(id));
  const measurements = [];
  for (let round = 1; round <= rounds; round++) {
    for (const dataset of datasets) {
      const folder = mkdtempSync(join(tmpdir(), 'refrain-bench-'));
      try {
        writeTable(folder, await tableOf(dataset, round, signal));
        measurements.push(...(await measureTable({ folder, dataset, round, chosen, fits, threads }, signal)));
      } finally {
        rmSync(folder, { recursive: true });
      }
    }
  }
  const result = { date: new Date().toISOString(), machine, versions, rounds, fits, threads, measurements };
  const text = inMarkdown(result, chosen);
  process.stdout.write(`${text}\n`);
  if (!printOnly)
    progress(`written: ${writeResults('learners', result)} and ${writeDocument('learners', text)}`);
}

function tableOf(dataset, round, signal) {
  return dataset.users === undefined ? makeTable(dataset, round) : makeLogTable(dataset, round, signal);
}

/** Ours and each peer in turn, for each number of threads; a learner of ours that meets two peers is measured once. */
async function measureTable({ folder, dataset, round, chosen, fits, threads }, signal) {
  const measurements = [];
  const hashes = new Map();
  for (const count of threads) {
    const done = new Map();
    for (const { id, ours, peer } of chosen) {
      const key = JSON.stringify(ours);
      const title = `round ${round} · ${dataset.name} · ${count} threads`;
      if (!done.has(key)) {
        const args = [
          oursScript,
          folder,
          ours.learner,
          JSON.stringify(ours.settings),
          String(count),
          String(fits),
        ];
        done.set(
          key,
          await run({ file: process.execPath, args, env: process.env }, `${title} · ${ours.learner}`, signal),
        );
        sameModel(hashes, key, done.get(key).model, title);
      }
      const args = [peerScript, folder, peer, String(count), String(fits)];
      const theirs = await run({ file: python, args, env: process.env }, `${title} · ${peer}`, signal);
      measurements.push({
        round,
        dataset: dataset.name,
        contest: id,
        threads: count,
        ours: done.get(key),
        theirs,
      });
    }
  }
  return measurements;
}

async function run(command, title, signal) {
  const { output, peakBytes } = await measure(command, title, signal);
  const told = JSON.parse(output);
  progress(`${title} · ${told.seconds.map((one) => one.toFixed(2)).join(', ')} s`);
  return { ...told, peakBytes };
}

function sameModel(hashes, key, hash, title) {
  if ((hashes.get(key) ?? hash) !== hash)
    throw new BenchError(`${title}: the model is another with other threads.`);
  hashes.set(key, hash);
}
