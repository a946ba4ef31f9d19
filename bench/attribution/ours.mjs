// node ours.mjs FOLDER THREADS: fits trees on the table in the folder and attributes all of its rows, with one thread and with THREADS.
// Prints a JSON line: of each model its leaves a tree, seconds and processor seconds, and by how much sums of contributions miss the prediction.
import { isDeepStrictEqual } from 'node:util';
import { silentEffects } from '../../dist/effects.js';
import { attribute } from '../../dist/explanation/attribute.js';
import { attributeInThreads } from '../../dist/explanation/attribute-in-threads.js';
import { gradientBoosting } from '../../dist/models/gradient-boosting/learner.js';
import { predict } from '../../dist/models/model.js';
import { randomForest } from '../../dist/models/random-forest/learner.js';
import { readTable } from '../learners/table-files.mjs';

const [folder, threads] = process.argv.slice(2);
const { train } = readTable(folder);
const { matrix } = train;
const { defaults } = gradientBoosting;
const learn = {
  'boosting, 10 leaves': () => gradientBoosting.fit(train, defaults, 1),
  'boosting, 31 leaves': () => gradientBoosting.fit(train, { ...defaults, maxLeaves: 31 }, 1),
  'random forest': () => randomForest.fit(train, { ...randomForest.defaults, trees: 200 }, 1),
};

const told = [];
for (const [title, learnModel] of Object.entries(learn)) {
  const model = learnModel();
  const alone = await timed(() => attribute(model, matrix));
  const together = await timed(() =>
    attributeInThreads(model, matrix, { ...silentEffects, threads: Number(threads) }),
  );
  if (!isDeepStrictEqual(together.result, alone.result))
    throw new Error(`${title}: the contributions are others with ${threads} threads.`);
  told.push({
    title,
    leaves: leavesATree(model),
    cpuSeconds: alone.cpuSeconds,
    seconds: alone.seconds,
    inThreads: { cpuSeconds: together.cpuSeconds, seconds: together.seconds },
    error: largestError(model, alone.result),
  });
}
process.stdout.write(`${JSON.stringify(told)}\n`);

async function timed(work) {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, seconds: (performance.now() - start) / 1e3, cpuSeconds: (user + system) / 1e6 };
}

function leavesATree({ trees }) {
  return trees.reduce((sum, { feature }) => sum + (feature.length + 1) / 2, 0) / trees.length;
}

function largestError(model, { unit, base, columns }) {
  let largest = 0;
  predict(model, matrix).forEach((p, i) => {
    const sum = columns.reduce((total, column) => total + column[i], base);
    largest = Math.max(largest, Math.abs(sum - (unit === 'log-odds' ? Math.log(p / (1 - p)) : p)));
  });
  return largest;
}
