import { defaultLearnSettings } from '../dist/index.js';
import { writeDocument } from './document.mjs';
import { describeLog, requireFile, simulatedLog } from './log.mjs';
import { describeMachine, describeVersions } from './machine.mjs';
import { progress } from './progress.mjs';
import { preparePyspark } from './python.mjs';
import { writeResults } from './results.mjs';
import { measureRounds } from './rounds.mjs';
import { pyspark } from './subjects/pyspark.mjs';
import { refrainRun } from './subjects/refrain-run.mjs';
import { subjects } from './subjects.mjs';
import { summarise } from './summary.mjs';
import { inMarkdown } from './table.mjs';

/** Measures every subject in turn, round after round, and writes the results. @throws {BenchError} when one fails or did other work. */
export async function bench({ log, rounds, threads, without, printOnly }, signal) {
  const chosen = subjects.filter(({ id }) => !without.includes(id));
  const path = log === undefined ? await simulatedLog(2000, signal) : requireFile(log);
  const python = chosen.includes(pyspark) ? await preparePyspark(signal) : undefined;
  const machine = describeMachine();
  const versions = await describeVersions();
  const described = await describeLog(path, signal);
  const task = { log: path, threads, settings: defaultLearnSettings, python };
  const plan = { subjects: chosen, reference: refrainRun, rounds };
  const measured = await measureRounds(plan, task, signal);
  const result = {
    date: new Date().toISOString(),
    machine,
    versions: { ...versions, ...measured.versions },
    log: described,
    threads,
    rounds,
    summary: summarise(chosen, measured.measurements),
    checks: measured.checks,
    measurements: measured.measurements,
  };
  const text = inMarkdown(result);
  process.stdout.write(`${text}\n`);
  if (!printOnly) progress(`written: ${writeResults('run', result)} and ${writeDocument('run', text)}`);
}
