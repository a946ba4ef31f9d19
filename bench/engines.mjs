import { installSpark } from '../dist/engine/spark/server/install.js';
import { requireJava } from '../dist/engine/spark/server/java.js';
import { sparkVersions } from '../dist/engine/spark/server/versions.js';
import { RefrainError } from '../dist/errors.js';
import { defaultLearnSettings, silentEffects } from '../dist/index.js';
import { writeDocument } from './document.mjs';
import { inMarkdown } from './engines-table.mjs';
import { BenchError } from './errors.mjs';
import { describeLog, requireFile, simulatedLog } from './log.mjs';
import { describeMachine, describeVersions } from './machine.mjs';
import { progress } from './progress.mjs';
import { preparePyspark } from './python.mjs';
import { writeResults } from './results.mjs';
import { measureRounds } from './rounds.mjs';
import { pysparkWatched } from './subjects/pyspark.mjs';
import { refrainFeatures } from './subjects/refrain-features.mjs';
import { refrainOnExecutors, refrainSpark } from './subjects/refrain-spark.mjs';
import { summarise } from './summary.mjs';

const usersOfAGigabyte = 2000;

/**
 * Measures ledger and features on each engine, on one log after the other, and writes the results.
 * @throws {BenchError} when a subject fails or did other work.
 */
export async function bench(options, signal) {
  const { executors, rounds, threads, without, printOnly } = options;
  const peers = without.includes('pyspark') ? [] : [pysparkWatched];
  const subjects = [refrainFeatures, refrainSpark, ...peers, ...executors.map(refrainOnExecutors)];
  const plan = { subjects, reference: refrainFeatures, rounds };
  const named = options.logs.map(requireFile);
  await prepareSpark(signal);
  const python = peers.length > 0 ? await preparePyspark(signal) : undefined;
  const paths = named.length > 0 ? named : await simulatedLogs(options.gigabytes, signal);
  const machine = describeMachine();
  const versions = await describeVersions();
  const logs = [];
  for (const path of paths) {
    const task = { log: path, threads, settings: defaultLearnSettings, python };
    const described = await describeLog(path, signal);
    const { measurements, checks, versions: told } = await measureRounds(plan, task, signal);
    Object.assign(versions, told);
    logs.push({ ...described, summary: summarise(subjects, measurements), checks, measurements });
  }
  const result = { date: new Date().toISOString(), machine, versions, threads, rounds, executors, logs };
  const text = inMarkdown(result);
  process.stdout.write(`${text}\n`);
  if (!printOnly)
    progress(`written: ${writeResults('engines', result)} and ${writeDocument('engines', text)}`);
}

/** What would else be found missing after the first minutes, or be installed in measured time. */
async function prepareSpark(signal) {
  try {
    await requireJava(process.env, signal);
    const effects = { ...silentEffects, signal, progress: ({ stage }) => progress(`${stage} …`) };
    await installSpark({ version: sparkVersions.newest }, effects);
  } catch (error) {
    throw error instanceof RefrainError ? new BenchError(error.message) : error;
  }
}

async function simulatedLogs(sizes, signal) {
  const paths = [];
  for (const size of sizes) paths.push(await simulatedLog(size * usersOfAGigabyte, signal));
  return paths;
}
