import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadDefinition } from '../../src/definition/load.ts';
import { silentEffects } from '../../src/effects.ts';
import type { sparkVersions } from '../../src/engine/spark/server/versions.ts';
import { exploreLog } from '../../src/pipeline/explore-log.ts';
import { run } from '../../src/pipeline/run.ts';
import type { RunSettings } from '../../src/pipeline/settings.ts';
import { simulatedLog } from '../features/as-of.ts';
import { sparkServer } from '../spark/spark-server.ts';
import { bytesOf } from './files.ts';
import { gymLog, toCsv, toJsonLines } from './gym-log.ts';
import { quickRun } from './logs.ts';

/** What is learned after the features is the same work on every engine. */
const settings = { ...quickRun, learners: ['logistic-regression'] as const, folds: 2 };
const folder = mkdtempSync(join(tmpdir(), 'refrain-test-engines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a run on a simulated log with bad lines leaves the same bytes on every engine', async () => {
  const log = join(folder, 'log.json');
  const text = await simulatedLog(80, 63, 3);
  writeFileSync(log, `bad\n${text}{"ts":1}\n${text.slice(0, 5000)}\n`);
  await expectSameRuns('newest', { ...settings, log: [log], maxBadRows: { count: 10 } });
});

test('a run on the log of a gym, its definition a file, with own tables beside it, leaves the same bytes on every engine', async () => {
  const events = gymLog(150, 90, 1);
  const [csv, lines] = [join(folder, 'gym.csv'), join(folder, 'gym.json')];
  writeFileSync(csv, toCsv(events.slice(0, 3000)));
  writeFileSync(lines, toJsonLines(events.slice(3000)));
  const definition = await loadDefinition('test/fixtures/gym.yaml');
  const [moods, towns] = [join(folder, 'moods.csv'), join(folder, 'towns.csv')];
  writeFileSync(moods, moodsCsv);
  writeFileSync(towns, townsCsv);
  const own = [{ path: moods, date: 'asked' }, { path: towns }];
  await expectSameRuns('oldest', { ...settings, definition, own, log: [csv, lines], horizonDays: 14 });
});

test('the real log is explored to the same bytes on every engine', async () => {
  const explored = { ...settings, log: ['test/fixtures/real-log'] };
  const out = (engine: string) => join(folder, `real-${engine}`);
  await exploreLog({ ...explored, out: out('duckdb') }, silentEffects);
  await exploreLog({ ...explored, spark: await sparkServer(), out: out('spark') }, silentEffects);
  expectSameBytes(out('duckdb'), out('spark'));
});

/** Of some members what they said of the gym on some days, at times nothing. */
const moodsCsv = `member,asked,mood,since\n${Array.from({ length: 300 }, (_, i) => {
  const day = new Date(Date.UTC(2024, 0, 3 + (i % 70), i % 24)).toISOString();
  return `m${String(i % 120).padStart(4, '0')},${day},${i % 5 === 0 ? '' : (i % 7) / 10},2023-12-${10 + (i % 20)}\n`;
}).join('')}`;

/** Where some members live, and how far. */
const townsCsv = `member,town,km\n${Array.from(
  { length: 100 },
  (_, i) => `m${String(i).padStart(4, '0')},${['Ulm', 'Ybbs', ''][i % 3]},${i / 8}\n`,
).join('')}`;

type Version = keyof typeof sparkVersions;

async function expectSameRuns(version: Version, settings: Omit<RunSettings, 'out'>): Promise<void> {
  const out = (engine: string) => join(folder, `${version}-${engine}`);
  const { learned } = await run({ ...settings, out: out('duckdb') }, { ...silentEffects, threads: 2 });
  expect(learned).toBeDefined();
  const spark = await sparkServer({ version });
  await run({ ...settings, spark, out: out('spark') }, silentEffects);
  expectSameBytes(out('duckdb'), out('spark'));
}

const ofTheRun = ['run.json', 'report.json', 'report.html'];

/** Of all files but those that tell of the engine, the time of day and seconds; of the manifest what must be equal. */
function expectSameBytes(once: string, again: string): void {
  const [expected, found] = [once, again].map((out) =>
    Object.fromEntries(Object.entries(bytesOf(out)).filter(([path]) => !ofTheRun.includes(path))),
  );
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  expect(Object.keys(expected).filter((path) => expected[path] !== found[path])).toEqual([]);
  expect(manifest(again)).toEqual(manifest(once));
}

function manifest(out: string) {
  const { accounting, inputs, notes, users, lost, modelSha256 } = JSON.parse(
    readFileSync(join(out, 'run.json'), 'utf8'),
  );
  return { accounting, inputs, notes, users, lost, modelSha256 };
}
