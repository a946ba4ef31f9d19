// One fit of the multilayer perceptron on a run's examples, timed; prints its seconds as JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { learners, numbersOf, openDuckdb, silentEffects } from '../../dist/index.js';
import { shape } from './shape.mjs';

const workFolder = mkdtempSync(join(tmpdir(), 'refrain-fit-'));
const engine = await openDuckdb({ workFolder }, silentEffects);
const path = join(process.argv[2], 'examples.parquet');
const table = await engine.query(`select * from read_parquet('${path}') order by cutoff, "user"`);
await engine.close();
rmSync(workFolder, { recursive: true, force: true });

const names = table.names.filter((name) => !['user', 'cutoff', 'lost'].includes(name));
const columns = names.map((name) => numbersOf(table, name));
const labels = Uint8Array.from(numbersOf(table, 'lost'));
const examples = {
  matrix: { rows: table.rows, names, columns },
  labels,
  groups: Int32Array.from(labels.keys()),
};
const learner = learners['multilayer-perceptron'];
const settings = { ...learner.defaults, ...shape, dropout: 0, weightDecay: 0, validationShare: 0 };
const before = process.cpuUsage();
const start = performance.now();
const { layers } = learner.fit(examples, settings, 1);
const wall = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(before);
const parameters = layers.reduce((sum, { weights }) => sum + weights.length * (weights[0].length + 1), 0);
process.stdout.write(
  `${JSON.stringify({ wall, cpu: (user + system) / 1e6, parameters, rows: table.rows })}\n`,
);
