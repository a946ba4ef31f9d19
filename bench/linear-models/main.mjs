// Times logistic regression against scikit-learn, fit by fit in turn, on the same numbers and to the same objective.
// node bench/linear-models/main.mjs [--rows 200000] [--columns 60] [--rounds 7] [--python python3]
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { logisticRegression } from '../../dist/models/logistic-regression/learner.js';
import { createRandom } from '../../dist/random.js';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '200000' },
    columns: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '7' },
    python: { type: 'string', default: 'python3' },
  },
});
const rows = Number(values.rows);
const columns = Number(values.columns);

const cases = [
  { name: 'L2, C 1', solver: 'newton-cholesky', C: 1, l1Ratio: 0 },
  { name: 'L2, C 1', solver: 'lbfgs', C: 1, l1Ratio: 0 },
  { name: 'L2, C .03', solver: 'newton-cholesky', C: 0.03, l1Ratio: 0 },
  { name: 'elastic net, C .001', solver: 'saga', C: 0.001, l1Ratio: 0.5 },
];

const folder = mkdtempSync(join(tmpdir(), 'refrain-bench-'));
try {
  const examples = churnLike(rows, columns);
  writeForPython(examples);
  const peer = startPeer();
  for (const one of cases) report(one, await measure(one, examples, peer));
  peer.end();
} finally {
  rmSync(folder, { recursive: true });
}

async function measure({ solver, C, l1Ratio }, examples, peer) {
  const rounds = solver === 'saga' ? Math.min(3, Number(values.rounds)) : Number(values.rounds);
  const settings = { C, ...(l1Ratio > 0 ? { l1Ratio } : {}), classWeight: 'none' };
  const ours = [];
  const theirs = [];
  for (let round = 0; round < rounds; round++) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    const model = logisticRegression.fit(examples, settings, 1);
    const wall = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    ours.push({ wall, cpu: (user + system) / 1e6, beta: [...model.coefficients, model.intercept] });
    theirs.push(await peer.fit({ solver, C, l1Ratio }));
  }
  const objective = await peer.fit({ C, l1Ratio, betas: [ours[0].beta, theirs[0].beta] });
  return { ours, theirs, objective };
}

function report({ name, solver }, { ours, theirs, objective }) {
  const at = (list, key) => median(list.map((one) => one[key]));
  const line = (who, list) => `${who} ${at(list, 'wall').toFixed(3)} s (CPU ${at(list, 'cpu').toFixed(3)} s)`;
  const ratios = ours.map(({ wall }, k) => wall / theirs[k].wall);
  process.stdout.write(
    `${name}: ${line('ours', ours)}, ${line(solver, theirs)}; ratio of wall times ${median(ratios).toFixed(2)}, of CPU ${(at(ours, 'cpu') / at(theirs, 'cpu')).toFixed(2)}; objective ours − theirs ${(objective[0] - objective[1]).toExponential(2)} of ${objective[1].toFixed(3)}\n`,
  );
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** Skewed, correlated and rare columns, with 6 % of label 1. */
function churnLike(rows, columns) {
  const random = createRandom(1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
  const shared = Float64Array.from({ length: rows }, normal);
  const matrix = Array.from({ length: columns }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => {
      const x = 0.5 * shared[i] + normal();
      if (j % 3 === 0) return Math.exp(x);
      return j % 3 === 1 ? x : Number(x > 1.5);
    }),
  );
  const weights = matrix.map(() => 0.3 * normal());
  const labels = Uint8Array.from({ length: rows }, (_, i) => {
    const score = matrix.reduce((sum, column, j) => sum + weights[j] * Math.min(column[i], 4), -4);
    return random.float() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  });
  const names = matrix.map((_, j) => `x${j}`);
  return { matrix: { rows, names, columns: matrix }, labels, groups: Int32Array.from(labels.keys()) };
}

function writeForPython({ matrix, labels }) {
  writeFileSync(
    join(folder, 'columns.f64'),
    Buffer.concat(matrix.columns.map((one) => Buffer.from(one.buffer))),
  );
  writeFileSync(join(folder, 'labels.u8'), labels);
}

/** The peer's process: one fit a line. */
function startPeer() {
  const script = fileURLToPath(new URL('peer.py', import.meta.url));
  const child = spawn(values.python, [script, folder, String(columns)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async fit(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('scikit-learn ended early; --python names a Python that has it.');
      return JSON.parse(value);
    },
    end: () => child.stdin.end(),
  };
}
