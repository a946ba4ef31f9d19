import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bootstrapMetrics,
  numbersOf,
  openDuckdb,
  pairedDifference,
  silentEffects,
  stringsOf,
} from '../../dist/index.js';
import { runCommand } from '../command.mjs';
import { BenchError } from '../errors.mjs';

const cli = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const reference = 'gradient-boosting';
const learners = [reference, 'random-forest', 'multilayer-perceptron', 'temporal-convolution'];
const options = { seed: 1, replicates: 2000 };

/** Each learner's metrics on the log's test rows, and their difference from boosting's: `[{name, metrics, difference?, fitSeconds}]`. */
export async function compareOnLog(log, out, threads, signal) {
  const args = ['run', log, '--out', out, '--learner', learners.join(','), '--threads', String(threads)];
  const { status, output } = await runCommand(process.execPath, [cli, ...args], signal);
  if (status !== 0) throw new BenchError(`refrain run failed on ${log}:\n${output.slice(-2000)}`);
  const { fitSeconds } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  const predictions = await readPredictions(join(out, 'metrics', 'predictions.parquet'));
  const { labels, groups, decisions } = predictions;
  return ['baseline', ...learners].map((name) => {
    const own = decisions.get(name);
    const { intervals } = bootstrapMetrics(labels, own.probabilities, groups, own.threshold, options);
    const versus =
      name === reference
        ? undefined
        : pairedDifference(labels, own, decisions.get(reference), groups, options);
    return { name, metrics: intervals, difference: versus?.intervals, fitSeconds: fitSeconds[name] };
  });
}

/** Labels and users of the test rows, and by model their probabilities in the same order. */
async function readPredictions(path) {
  const workFolder = mkdtempSync(join(tmpdir(), 'refrain-predictions-'));
  const engine = await openDuckdb({ workFolder }, silentEffects);
  try {
    const rows = await engine.query(
      `select model, "user", cast(lost as bigint) as lost, probability from read_parquet('${path}')
      order by model, cutoff, "user"`,
    );
    const models = stringsOf(rows, 'model');
    const size = models.lastIndexOf(models[0]) + 1;
    const users = stringsOf(rows, 'user').slice(0, size);
    const places = new Map([...new Set(users)].map((user, place) => [user, place]));
    const probabilities = numbersOf(rows, 'probability');
    const decisions = new Map();
    for (let start = 0; start < models.length; start += size) {
      const own = probabilities.slice(start, start + size);
      decisions.set(models[start], { probabilities: own, threshold: 0.5 });
    }
    return {
      labels: Uint8Array.from(numbersOf(rows, 'lost').subarray(0, size)),
      groups: Int32Array.from(users, (user) => places.get(user)),
      decisions,
    };
  } finally {
    await engine.close();
    rmSync(workFolder, { recursive: true, force: true });
  }
}
