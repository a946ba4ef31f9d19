import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './measure.mjs';
import { progress } from './progress.mjs';
import { verifySame } from './verify.mjs';

// What subjects leave for each other to be compared with, and the folder of a task in which they leave it.
const folders = { refrain: 'run', 'refrain-features': 'features', pyspark: 'pyspark' };
const outputs = [
  { what: 'ledger', key: ['user', 'day'] },
  { what: 'examples', key: ['user', 'cutoff'] },
];

/**
 * Every subject once a round, in turn, so that a slow minute of the machine falls on all; after each round the outputs are
 * compared with those of the main job.
 * @throws {BenchError} when a subject fails or its output differs.
 */
export async function measureRounds(subjects, task, rounds, signal) {
  const measurements = [];
  const checks = [];
  const versions = {};
  for (let round = 1; round <= rounds; round++) {
    const folder = mkdtempSync(join(tmpdir(), 'refrain-bench-'));
    try {
      for (const subject of subjects) {
        const { numbers, output } = await measureOne(subject, { ...task, folder }, signal);
        progress(`round ${round} of ${rounds} · ${subject.title} · ${numbers.wallSeconds.toFixed(2)} s`);
        measurements.push({ round, id: subject.id, ...numbers });
        Object.assign(versions, subject.versions?.(output));
      }
      for (const check of await compareOutputs(subjects, folder)) checks.push({ round, ...check });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return { measurements, checks, versions };
}

async function measureOne(subject, task, signal) {
  mkdirSync(join(task.folder, 'spark-work'), { recursive: true });
  const { output, ...numbers } = await measure(subject.command(task), subject.title, signal);
  return { output, numbers: { ...numbers, seconds: await subject.seconds(output, task.folder) } };
}

async function compareOutputs(subjects, folder) {
  const compared = subjects.filter(({ id }) => id !== 'refrain' && id in folders);
  const checks = [];
  for (const { id, title } of compared) {
    for (const { what, key } of outputs) {
      const ours = join(folder, folders.refrain, `${what}.parquet`);
      const theirs = join(folder, folders[id], `${what}.parquet`);
      const pattern = id === 'pyspark' ? join(theirs, '*.parquet') : theirs;
      checks.push({ id, what, ...(await verifySame({ what, who: title, ours, theirs: pattern, key })) });
    }
  }
  return checks;
}
