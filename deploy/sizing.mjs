#!/usr/bin/env node
// Works out machines, hours and costs for a log from measured throughput, and puts the tables into docs/cluster.md.
//
//   node deploy/sizing.mjs --engines bench/results/engines-….json --run bench/results/run-….json [--plan deploy/sizing.json] [--write]
//
// Both results are those of "npm run bench"; the plan holds assumptions, prices and logs, all yours to change.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const page = new URL('../docs/cluster.md', import.meta.url);

if (process.argv[1] === fileURLToPath(import.meta.url)) main();

function main() {
  const { values } = parseArgs({
    options: {
      engines: { type: 'string' },
      run: { type: 'string' },
      plan: { type: 'string', default: fileURLToPath(new URL('sizing.json', import.meta.url)) },
      write: { type: 'boolean', default: false },
    },
  });
  if (values.engines === undefined || values.run === undefined) {
    process.stderr.write('Give --engines and --run: results of "npm run bench -- engines" and "… -- run".\n');
    process.exit(2);
  }
  const text = sizingText(readJson(values.engines), readJson(values.run), readJson(values.plan));
  process.stdout.write(`${text}\n`);
  if (values.write) writeFileSync(page, replaceSizing(readFileSync(page, 'utf8'), text));
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The tables as Markdown. */
export function sizingText(engines, run, plan) {
  const rates = { spark: rateOf(engines, 'refrain-spark'), ...embeddedRates(run) };
  const rows = plan.logs.map((log) => sizeLog(log.gigabytes, rates, plan));
  return [sources(engines, run, rates), clusterTable(plan, rows), costTable(plan, rows)].join('\n\n');
}

/** `page` with `text` between its markers. */
export function replaceSizing(page, text) {
  const [open, close] = ['<!-- sizing -->', '<!-- /sizing -->'];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`docs/cluster.md lacks the lines ${open} and ${close}.`);
  return `${page.slice(0, from + open.length)}\n${text}\n${page.slice(to)}`;
}

/**
 * Processor seconds as a line through the measured logs: `fixed + perGB × gigabytes`. From one log alone nothing can be
 * told apart, so all of it counts as growing with the log.
 */
export function rateOf({ logs }, id) {
  const points = logs.map(({ bytes, summary }) => {
    const found = summary.find((one) => one.id === id);
    if (found === undefined) throw new Error(`The results hold no measurement of ${id}.`);
    return { x: bytes / 1e9, y: found.cpuSeconds };
  });
  if (points.length === 1) return { fixed: 0, perGB: points[0].y / points[0].x };
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map((p) => p.x)), mean(points.map((p) => p.y))];
  const perGB =
    points.reduce((sum, p) => sum + (p.x - x) * (p.y - y), 0) /
    points.reduce((sum, p) => sum + (p.x - x) ** 2, 0);
  return { fixed: Math.max(0, y - perGB * x), perGB };
}

/** What the bench of the main job tells: the embedded engine's core-seconds a GB, examples a GB, core-seconds of learning an example. */
function embeddedRates({ log, summary, checks, threads }) {
  const job = summary.find(({ id }) => id === 'refrain');
  const gigabytes = log.bytes / 1e9;
  const { models, explanation, scores, ...reading } = job.seconds;
  const examples = checks.find(({ what }) => what === 'examples').rows;
  return {
    embeddedPerGB: (sum(Object.values(reading)) * threads) / gigabytes,
    examplesPerGB: examples / gigabytes,
    learningPerExample: ((models + explanation + scores) * threads) / examples,
  };
}

/** Cores, machines, hours and memory for a log. */
export function sizeLog(gigabytes, rates, { assumptions, prices }) {
  const { clusterEfficiency, startMinutes, hoursAllowed, coresPerWorker } = assumptions;
  const coreSeconds = rates.spark.fixed + rates.spark.perGB * gigabytes;
  const cores = coreSeconds / clusterEfficiency / ((hoursAllowed - startMinutes / 60) * 3600);
  const workers = Math.max(2, Math.ceil(cores / coresPerWorker));
  const computing = coreSeconds / clusterEfficiency / (workers * coresPerWorker) / 3600;
  const examples = rates.examplesPerGB * gigabytes;
  const bytesAnExample = assumptions.features * 8 * assumptions.copiesOfExamples;
  const room = (assumptions.memoryGBOfDriver - assumptions.memoryGBForDriverItself) * 1e9;
  const learned = Math.min(examples, Math.floor(room / bytesAnExample));
  const learning = (learned * rates.learningPerExample) / assumptions.coresOfDriver / 3600;
  const reading = (gigabytes * rates.embeddedPerGB) / assumptions.coresOfDriver / 3600;
  const hours = startMinutes / 60 + computing + learning;
  return {
    coreHours: coreSeconds / 3600,
    workers,
    computing,
    examples,
    memoryGB: (examples * bytesAnExample) / 1e9 + assumptions.memoryGBForDriverItself,
    learned,
    learning,
    hours,
    embeddedHours: gigabytes <= assumptions.gigabytesOnOneMachine ? reading + learning : undefined,
    storageCost: gigabytes * prices.storagePerGBMonth,
  };
}

function sources(engines, run, { spark, embeddedPerGB, examplesPerGB, learningPerExample }) {
  const of = ({ date, machine }) =>
    `${date.slice(0, 10)}, ${machine.processor}, ${machine.cores} cores, load when it began ${machine.load}`;
  const sizes = engines.logs.map(({ bytes }) => `${(bytes / 1e9).toFixed(1)} GB`).join(' and ');
  return [
    `- Spark, ledger and features: **${spark.perGB.toFixed(1)} core-seconds a GB**, and ${spark.fixed.toFixed(0)} once (logs of ${sizes}; ${of(engines)})`,
    `- DuckDB, ledger, features and statistics: **${embeddedPerGB.toFixed(1)} core-seconds a GB** (${of(run)})`,
    `- ${whole(examplesPerGB)} examples a GB; three learners, intervals and reasons: **${(learningPerExample * 1000).toFixed(2)} core-milliseconds an example** (the same)`,
  ].join('\n');
}

function clusterTable({ logs, assumptions }, rows) {
  return table(
    [
      'log',
      'core-hours',
      `workers (${assumptions.coresPerWorker} cores, ${assumptions.memoryGBPerWorker} GB)`,
      'hours of computing',
      'examples',
      'driver for all of them, GB',
      `examples in a driver of ${assumptions.memoryGBOfDriver} GB`,
      'hours of learning',
    ],
    rows.map((row, i) => [
      logs[i].name,
      number(row.coreHours),
      whole(row.workers),
      number(row.computing),
      whole(row.examples),
      whole(row.memoryGB),
      row.learned < row.examples ? whole(row.learned) : 'all',
      number(row.learning),
    ]),
  );
}

function costTable({ logs, prices }, rows) {
  const { worker, driver, platforms } = prices;
  const onCluster = ({ workers, hours }, service) =>
    hours * (workers * (worker.perHour + service) + driver.perHour + service);
  return table(
    [
      'log',
      'one machine with DuckDB, hours',
      'cost',
      'a cluster, hours',
      ...platforms.map(({ name }) => `on ${name}`),
      'the log in storage, a month',
    ],
    rows.map((row, i) => [
      logs[i].name,
      row.embeddedHours === undefined ? '–' : number(row.embeddedHours),
      row.embeddedHours === undefined ? '–' : money(row.embeddedHours * driver.perHour),
      number(row.hours),
      ...platforms.map(({ perMachineHour }) => money(onCluster(row, perMachineHour))),
      money(row.storageCost),
    ]),
  );
}

function table(header, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(header), `|---|${'---:|'.repeat(header.length - 1)}`, ...rows.map(line)].join('\n');
}

function number(value) {
  if (value >= 100) return whole(value);
  return value.toFixed(value >= 10 ? 1 : 2);
}

function whole(value) {
  return Math.round(value).toLocaleString('en-US');
}

function money(value) {
  return `$${value >= 100 ? whole(value) : value.toFixed(2)}`;
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
