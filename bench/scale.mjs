import { defaultLearnSettings } from '../dist/index.js';
import { writeDocument } from './document.mjs';
import { describeLog, requireFile, simulatedLog } from './log.mjs';
import { describeMachine, describeVersions } from './machine.mjs';
import { progress } from './progress.mjs';
import { preparePolars, preparePyspark } from './python.mjs';
import { writeResults } from './results.mjs';
import { measureRounds } from './rounds.mjs';
import { inMarkdown } from './scale-table.mjs';
import { duckdbScan } from './subjects/duckdb-scan.mjs';
import { polars } from './subjects/polars.mjs';
import { pyspark } from './subjects/pyspark.mjs';
import { refrainFeatures } from './subjects/refrain-features.mjs';
import { refrainMemory } from './subjects/refrain-memory.mjs';
import { refrainRun } from './subjects/refrain-run.mjs';
import { wc } from './subjects/wc.mjs';
import { summarise } from './summary.mjs';

const usersOfAGigabyte = 2000;

/**
 * Measures the main job and its peers on one log after the other, and writes the results.
 * @throws {BenchError} when a subject fails or did other work.
 */
export async function bench(options, signal) {
  const { rounds, threads, without, printOnly } = options;
  const all = [wc, duckdbScan, refrainFeatures, polars, pyspark, refrainRun, refrainMemory];
  const subjects = all.filter(({ id }) => !without.includes(id));
  const named = options.logs.map(requireFile);
  const python = subjects.includes(pyspark) ? await preparePyspark(signal) : undefined;
  const polarsPython = subjects.includes(polars) ? await preparePolars(signal) : undefined;
  const paths = named.length > 0 ? named : await simulatedLogs(options.gigabytes, signal);
  const machine = describeMachine();
  const versions = await describeVersions();
  const logs = [];
  for (const path of paths) {
    const task = { log: path, threads, settings: defaultLearnSettings, python, polarsPython };
    const described = await describeLog(path, signal);
    const plan = { subjects, reference: refrainRun, rounds };
    const { measurements, checks, versions: told } = await measureRounds(plan, task, signal);
    Object.assign(versions, told);
    logs.push({ ...described, summary: summarise(subjects, measurements), checks, measurements });
  }
  const result = { date: new Date().toISOString(), machine, versions, threads, rounds, logs };
  const text = inMarkdown(result);
  process.stdout.write(`${text}\n`);
  if (!printOnly) progress(`written: ${writeResults('scale', result)} and ${writeDocument('scale', text)}`);
}

async function simulatedLogs(sizes, signal) {
  const paths = [];
  for (const size of sizes) paths.push(await simulatedLog(Math.round(size * usersOfAGigabyte), signal));
  return paths;
}
