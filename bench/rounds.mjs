import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './measure.mjs';
import { progress } from './progress.mjs';
import { verifySame } from './verify.mjs';

// What subjects leave for each other to be compared with.
const outputs = [
  { what: 'ledger', key: ['user', 'day'] },
  { what: 'examples', key: ['user', 'cutoff'] },
];

/**
 * Every subject once a round, in turn, so that a slow minute of the machine falls on all; after each round the outputs are
 * compared with those of `reference`, one of the subjects.
 * @throws {BenchError} when a subject fails or its output differs.
 */
export async function measureRounds({ subjects, reference, rounds }, task, signal) {
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
      for (const check of await compareOutputs(subjects, reference, folder)) checks.push({ round, ...check });
    } finally {
      // An interrupted Spark may still write for a moment.
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  }
  return { measurements, checks, versions };
}

async function measureOne(subject, task, signal) {
  mkdirSync(join(task.folder, 'spark-work'), { recursive: true });
  const { output, ...numbers } = await measure(subject.command(task), subject.title, signal);
  const seconds = await subject.seconds(output, task.folder);
  const sparkWork = subject.sparkWork?.(output);
  return { output, numbers: { ...numbers, seconds, ...(sparkWork === undefined ? {} : { sparkWork }) } };
}

async function compareOutputs(subjects, reference, folder) {
  const compared = subjects.filter((subject) => subject !== reference && subject.parquet !== undefined);
  const checks = [];
  for (const { id, title, parquet } of compared) {
    for (const { what, key } of outputs) {
      const files = { ours: reference.parquet(folder, what), theirs: parquet(folder, what) };
      if (files.theirs === undefined) continue;
      checks.push({ id, what, ...(await verifySame({ what, who: title, ...files, key })) });
    }
  }
  return checks;
}
