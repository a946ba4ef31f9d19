// node ours.mjs FOLDER LEARNER SETTINGS THREADS FITS: as peer.py, with a learner of Refrain's; workers stay from fit to fit. Prints a
// hash of the model too.
import { createHash } from 'node:crypto';
import { silentEffects } from '../../dist/effects.js';
import { averagePrecision, rocAuc } from '../../dist/evaluation/ranking-metrics.js';
import { tallyScores } from '../../dist/evaluation/score-tally.js';
import { shareExamples } from '../../dist/models/fit-all.js';
import { withSettings } from '../../dist/models/learners.js';
import { predict } from '../../dist/models/model.js';
import { WorkerPool } from '../../dist/threads/pool.js';
import { teamPlaces } from '../../dist/threads/team.js';
import { readTable } from './table-files.mjs';

/** A short table is predicted over and over, as in peer.py. */
const LEAST_PREDICTED = 50_000;

const [folder, learner, settings, threadsText, fits] = process.argv.slice(2);
const threads = Number(threadsText);
const { train, test } = readTable(folder);
const examples = shareExamples(train);
const everyRow = Int32Array.from({ length: train.matrix.rows }, (_, i) => i);
const task = {
  ...withSettings(learner, JSON.parse(settings)),
  seed: 1,
  trainRows: everyRow,
  predictRows: new Int32Array(0),
};
const worker = new URL('../../dist/models/fit-worker.js', import.meta.url);

const seconds = [];
const cpuSeconds = [];
let pool;
let model;
for (let fit = 0; fit < Number(fits); fit++) {
  const before = start();
  pool ??= new WorkerPool(worker, examples, threads);
  const parts = teamPlaces(`fit ${fit}`, threads).map((place) => ({ task, place }));
  [{ model }] = await pool.run(parts, silentEffects.signal);
  const spent = since(before);
  seconds.push(spent.seconds);
  cpuSeconds.push(spent.cpuSeconds);
}
await pool.close();
// What a service does: it has predicted before.
predict(model, head(test.matrix, 2000));
const times = Math.ceil(LEAST_PREDICTED / test.matrix.rows);
const before = start();
for (let time = 1; time < times; time++) predict(model, test.matrix);
const p = predict(model, test.matrix);
const predicted = { ...since(before), rows: p.length * times };
const tally = tallyScores(test.labels, p);
process.stdout.write(
  `${JSON.stringify({
    seconds,
    cpuSeconds,
    predict: predicted,
    rocAuc: rocAuc(tally),
    averagePrecision: averagePrecision(tally),
    model: createHash('sha256').update(JSON.stringify(model)).digest('hex'),
  })}\n`,
);

function start() {
  return { wall: performance.now(), cpu: process.cpuUsage() };
}

function since({ wall, cpu }) {
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - wall) / 1e3, cpuSeconds: (user + system) / 1e6 };
}

function head(matrix, rows) {
  return { ...matrix, rows, columns: matrix.columns.map((column) => column.slice(0, rows)) };
}
