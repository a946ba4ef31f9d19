import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inMarkdown } from './attribution-table.mjs';
import { writeDocument } from './document.mjs';
import { datasets, makeTable } from './learners/datasets.mjs';
import { writeTable } from './learners/table-files.mjs';
import { describeMachine, describeVersions } from './machine.mjs';
import { measure } from './measure.mjs';
import { progress } from './progress.mjs';
import { writeResults } from './results.mjs';

const rows = 22_000;
const features = 205;
const oursScript = fileURLToPath(new URL('attribution/ours.mjs', import.meta.url));
const peerScript = fileURLToPath(new URL('attribution/peer.py', import.meta.url));

/** Measures attributions round after round, and the peer's in between. @throws {BenchError} when a process fails. */
export async function bench({ python, rounds, threads, printOnly }, signal) {
  const folder = mkdtempSync(join(tmpdir(), 'refrain-attribution-'));
  try {
    const churn = datasets.find(({ name }) => name === 'churn-20k');
    writeTable(folder, makeTable({ ...churn, train: rows, rows, features }, 1));
    const measurements = [];
    for (let round = 1; round <= rounds; round++) {
      const title = `round ${round}`;
      const own = await run(process.execPath, [oursScript, folder, String(threads)], title, signal);
      const theirs =
        python === undefined
          ? undefined
          : await run(python, [peerScript, folder], `${title} · LightGBM`, signal);
      measurements.push(theirs === undefined ? { ours: own } : { ours: own, theirs });
    }
    const result = {
      date: new Date().toISOString(),
      machine: describeMachine(),
      versions: await describeVersions(),
      ...{ rows, features, rounds, threads, measurements },
    };
    const text = inMarkdown(result);
    process.stdout.write(`${text}\n`);
    if (printOnly) return;
    const page = writeDocument('attribution', text);
    progress(`written: ${writeResults('attribution', result)} and ${page}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(file, args, title, signal) {
  const { output } = await measure({ file, args, env: process.env }, title, signal);
  const told = JSON.parse(output);
  progress(
    `${title} · ${told.map(({ cpuSeconds }) => cpuSeconds.toFixed(2)).join(', ')} s of processor time`,
  );
  return told;
}
