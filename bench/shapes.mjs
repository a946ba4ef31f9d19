import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeDocument } from './document.mjs';
import { BenchError } from './errors.mjs';
import { describeLog, simulatedLog } from './log.mjs';
import { describeMachine, describeVersions } from './machine.mjs';
import { measure } from './measure.mjs';
import { progress } from './progress.mjs';
import { writeResults } from './results.mjs';
import { shapes } from './shaped-log.mjs';
import { inMarkdown } from './shapes-table.mjs';

const worker = fileURLToPath(new URL('workers/shape.mjs', import.meta.url));
const threads = 2;

/**
 * Reads a log of each shape on each master, and writes the results.
 * @throws {BenchError} when a job fails, or an engine gave other bytes.
 */
export async function bench(options, signal) {
  const base = await simulatedLog(options.users, signal);
  const machine = describeMachine();
  const described = await describeLog(base, signal);
  const measurements = [];
  for (const [shape, { title, write }] of Object.entries(shapes)) {
    if (options.without.includes(shape)) continue;
    const folder = mkdtempSync(join(tmpdir(), 'refrain-bench-'));
    try {
      progress(`writing a log with ${title(options)}`);
      const log = await write(base, folder, options);
      for (const master of options.masters) {
        const told = await measureOne(log, folder, master, options, signal);
        measurements.push({ shape, title: title(options), master, ...told });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const versions = { ...(await describeVersions()), spark: measurements[0]?.version ?? '' };
  const about = { date: new Date().toISOString(), machine, versions, threads, rounds: 1, logs: [described] };
  const result = { ...about, options, measurements };
  const text = inMarkdown(result);
  process.stdout.write(`${text}\n`);
  const differing = measurements.filter(({ comparisons }) => comparisons.some(({ equal }) => !equal));
  if (differing.length > 0) throw new BenchError(`The engines differ: nothing is written.`);
  if (options.printOnly) return;
  progress(
    `written: ${writeResults('shapes', result)} and ${writeDocument('shapes', text, 'docs/cluster.md')}`,
  );
}

async function measureOne(log, folder, master, { memory }, signal) {
  const own = join(folder, 'spark');
  mkdirSync(own, { recursive: true });
  const conf = { 'spark.ui.enabled': 'false' };
  const args = [worker, log, own, JSON.stringify({ master, memory, conf })];
  const { output, wallSeconds } = await measure(
    { file: process.execPath, args, env: process.env },
    master,
    signal,
  );
  progress(`${master} · ${wallSeconds.toFixed(1)} s`);
  return { wallSeconds, ...JSON.parse(output) };
}
