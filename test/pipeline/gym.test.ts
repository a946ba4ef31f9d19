import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition, parseDefinition } from '../../src/definition/load.ts';
import { silentEffects } from '../../src/effects.ts';
import { rocAuc } from '../../src/evaluation/ranking-metrics.ts';
import { tallyScores } from '../../src/evaluation/score-tally.ts';
import { type RunResult, run } from '../../src/pipeline/run.ts';
import { defaultLearnSettings, defaultReadSettings } from '../../src/pipeline/settings.ts';
import { createRandom } from '../../src/random.ts';
import { ask, bytesOf, plainCsv } from './files.ts';
import { gymLog, toCsv, toJsonLines } from './gym-log.ts';

const definitionPath = 'test/fixtures/gym.yaml';
const folder = mkdtempSync(join(tmpdir(), 'refrain-test-gym-'));
/** Names of members that a spreadsheet would run. */
const formulas = ['=HYPERLINK("http://evil")', '+1', '-2', '@SUM(A1)'];
const events = gymLog(150, 90, 1).map((event) => ({ ...event, member: memberName(event.member) }));
const guests = events.slice(0, 40).map((event, i) => ({ ...event, member: 'guest', visit: 100_000 + i }));
const results = new Map<string, RunResult>();

/** The same log as CSV in order, as shuffled JSON lines in two files, and as shuffled Parquet. */
beforeAll(async () => {
  const all = [...events, ...guests];
  const [csv, lines, parquet] = ['gym.csv', 'lines', 'gym.parquet'].map((name) => join(folder, name));
  writeFileSync(csv, toCsv(all));
  mkdirSync(join(lines, 'deeper'), { recursive: true });
  const shuffled = createRandom(2).shuffle([...all]);
  writeFileSync(join(lines, 'b.ndjson.gz'), gzipSync(toJsonLines(shuffled.slice(0, 2000))));
  writeFileSync(join(lines, 'deeper', 'a.json'), toJsonLines(shuffled.slice(2000)));
  await ask(
    `copy (select member, "at"::timestamp as "at", visit, what, minutes_ms, tariff, machine
     from read_csv('${csv}', header = true) order by md5("at"::varchar || member)) to '${parquet}' (format parquet)`,
  );
  const definition = await loadDefinition(definitionPath);
  for (const [path, threads] of [
    [csv, 2],
    [lines, 1],
    [parquet, 2],
  ] as const) {
    const settings = {
      ...defaultReadSettings,
      ...defaultLearnSettings,
      definition,
      seed: 7,
      replicates: 100,
    };
    const out = `${path}-run`;
    results.set(
      out,
      await run({ ...settings, log: [path], out, force: false }, { ...silentEffects, threads }),
    );
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Four of the members, two of whom stay, are called like formulas. */
function memberName(member: string): string {
  const index = ['m0000', 'm0001', 'm0002', 'm0003'].indexOf(member);
  return index < 0 ? member : formulas[index];
}

describe('the log of a gym', () => {
  const out = join(folder, 'gym.csv-run');

  test('is read with the definition that the README shows, and the duration', async () => {
    const shown = /```yaml\n(# gym\.yaml\n.*?)```/s.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
    expect(await loadDefinition(definitionPath)).toMatchObject(parseDefinition(shown, 'README.md'));
  });

  test('is accounted for, guests apart', () => {
    const cancelled = events.filter(({ what }) => what === 'membership cancelled').length;
    expect(results.get(out)?.manifest).toMatchObject({
      users: 150,
      lost: cancelled,
      accounting: {
        lines: events.length + 40,
        accepted: events.length,
        anonymous: 40,
        duplicate: 0,
        quarantined: 0,
      },
    });
    expect(cancelled).toBeGreaterThan(40);
  });

  test('gives metrics of every learner, better than the baseline', () => {
    const models = plainCsv(join(out, 'metrics', 'models.csv'));
    expect([...new Set(models.map(({ model }) => model))]).toEqual([
      'baseline',
      'logistic-regression',
      'random-forest',
      'gradient-boosting',
    ]);
    const auc = new Map(
      models.filter(({ metric }) => metric === 'rocAuc').map(({ model, value }) => [model, Number(value)]),
    );
    expect(auc.get('gradient-boosting')).toBeGreaterThan(auc.get('baseline') ?? 1);
    expect(auc.get('logistic-regression')).toBeGreaterThan(0.75);
  });

  test('scores exactly the members who have not left', async () => {
    const left = new Set(
      events.filter(({ what }) => what === 'membership cancelled').map(({ member }) => member),
    );
    const staying = [...new Set(events.map(({ member }) => member))].filter((member) => !left.has(member));
    const scores = await ask(
      `select "user", probability, reason_1 from '${join(out, 'scores.parquet')}' order by rank`,
    );
    expect(scores.map(({ user }) => user).sort()).toEqual(staying.sort());
    const probabilities = scores.map(({ probability }) => Number(probability));
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
    expect(scores.every(({ reason_1 }) => typeof reason_1 === 'string' && reason_1 !== '')).toBe(true);
  });

  test('has no feature of what it does not know', async () => {
    const columns = await ask(`describe select * from '${join(out, 'examples.parquet')}'`);
    const names = columns.map(({ column_name }) => String(column_name));
    expect(names).toContain('play_7d');
    expect(names.filter((name) => /creator|artist|item|song|gender|state|advert/.test(name))).toEqual([]);
  });

  test('is reported', () => {
    const html = readFileSync(join(out, 'report.html'), 'utf8');
    const packed = /id="report"[^>]*>([^<]*)</.exec(html)?.[1] ?? '';
    const record = gunzipSync(Buffer.from(packed, 'base64')).toString();
    expect(record).toContain('"definition":"gym"');
    expect(html + record).not.toMatch(/Sparkify/);
  });

  test('leaves every promised file, and nothing else', () => {
    expect(readdirSync(out).sort()).toEqual([
      'at_risk.parquet',
      'audit.json',
      'contributions.parquet',
      'examples.parquet',
      'ledger.parquet',
      'metrics',
      'model-card.json',
      'model-card.md',
      'model.json',
      'models',
      'pseudonyms.csv',
      'quarantine.ndjson',
      'report.html',
      'report.json',
      'risk-by-day.json',
      'risk_by_day.parquet',
      'run.json',
      'scores.csv',
      'scores.parquet',
      'statistics',
    ]);
    expect(readdirSync(join(out, 'metrics')).sort()).toEqual([
      'accumulated_local_effects.csv',
      'auc_precision.csv',
      'audit.csv',
      'calibration.csv',
      'calibration_line.csv',
      'calibrators.csv',
      'coefficients.csv',
      'confusion.csv',
      'cutoffs.csv',
      'differences.csv',
      'gains.csv',
      'groups.csv',
      'importance.csv',
      'interactions.csv',
      'models.csv',
      'over_baseline.csv',
      'partial_dependence.csv',
      'precision_recall.csv',
      'predictions.parquet',
      'risk_by_day.csv',
      'risk_curve.csv',
      'risk_of_window.csv',
      'roc.csv',
      'selection.csv',
      'sufficiency.csv',
      'top.csv',
      'validation.csv',
    ]);
    const { chosenModel } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
    const learners = ['baseline', ...defaultLearnSettings.learners].filter((name) => name !== chosenModel);
    expect(readdirSync(join(out, 'models')).sort()).toEqual(learners.map((name) => `${name}.json`).sort());
    const empty = Object.entries(bytesOf(out)).filter(([, bytes]) => bytes === '');
    expect(empty.map(([path]) => path)).toEqual(['quarantine.ndjson']);
  });

  test('keeps the test predictions that its metrics were measured on', async () => {
    const predictions = join(out, 'metrics', 'predictions.parquet');
    const rows = await ask(`select model, "user", cutoff, lost, probability from '${predictions}'`);
    const models = plainCsv(join(out, 'metrics', 'models.csv')).filter(({ metric }) => metric === 'rocAuc');
    expect(new Set(rows.map(({ model }) => model))).toEqual(new Set(models.map(({ model }) => model)));
    for (const { model, value } of models) {
      const own = rows.filter((row) => row.model === model);
      const labels = Uint8Array.from(own, ({ lost }) => (lost === true ? 1 : 0));
      const scores = Float64Array.from(own, ({ probability }) => Number(probability));
      expect(rocAuc(tallyScores(labels, scores))).toBe(Number(value));
      expect(new Set(own.map(({ user, cutoff }) => `${user}/${cutoff}`)).size).toBe(own.length);
    }
  });

  test('leaves a manifest that tells how it was set up, and what it took', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    const { settings, ...manifest } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
    expect(settings).toMatchObject({
      ...{ log: [join(folder, 'gym.csv')], seed: 7, protocol: 'forecast', leadDays: 1, horizonDays: 14 },
      ...{ replicates: 100, threads: 2, maxBadRows: { share: 0.01 }, definition: { name: 'gym' } },
    });
    expect(manifest).toMatchObject({ version, command: 'run' });
    expect(new Date(manifest.createdAt).toISOString()).toBe(manifest.createdAt);
    const stages = ['ingest', 'ledger', 'explore', 'features', 'models', 'explanation', 'scores'];
    expect(Object.keys(manifest.seconds)).toEqual(expect.arrayContaining(stages));
    expect(Object.values(manifest.seconds).every((seconds) => Number(seconds) > 0)).toBe(true);
    expect(manifest.peakMemoryBytes).toBeGreaterThan(50e6);
    expect(manifest.peakMemoryBytes).toBeLessThan(8e9);
  });

  test('shows a member called like a formula as text in CSV, and as it is in Parquet', async () => {
    const scores = await ask(`select "user" from '${join(out, 'scores.parquet')}'`);
    const staying = formulas.filter((formula) => scores.some(({ user }) => user === formula));
    expect(staying.length).toBeGreaterThan(0);
    const csv = readFileSync(join(out, 'scores.csv'), 'utf8');
    expect(csv).not.toMatch(/(^|[,\n])"?[=+\-@\t\r]/);
    for (const formula of staying) expect(csv).toContain(`'${formula.replaceAll('"', '""')}`);
  });

  test.each([
    ['shuffled JSON lines in two files with one thread', 'lines-run'],
    ['shuffled Parquet', 'gym.parquet-run'],
  ])('gives the same bytes from %s', (_, other) => {
    const same = [
      ...['metrics', 'statistics', 'scores.csv', 'scores.parquet', 'model.json', 'models'],
      ...['model-card.json', 'model-card.md', 'ledger.parquet', 'examples.parquet'],
    ];
    const once = bytesOf(out, same);
    const again = bytesOf(join(folder, other), same);
    expect(Object.keys(again)).toEqual(Object.keys(once));
    expect(Object.keys(once).filter((path) => once[path] !== again[path])).toEqual([]);
  });
});

test('more test cutoffs than the log has leave nothing to train on, which is said', async () => {
  const definition = await loadDefinition(definitionPath);
  const settings = { ...defaultReadSettings, ...defaultLearnSettings, definition, testCutoffs: 100 };
  const out = join(folder, 'too-many');
  const { manifest, learned } = await run(
    { ...settings, log: [join(folder, 'gym.csv')], out, force: false },
    silentEffects,
  );
  expect(learned).toBeUndefined();
  expect(manifest.nothingToLearn).toMatch(/^No cutoff is left to train on: .* with 100 test cutoffs need/);
  expect(manifest.nothingToLearn).toMatch(/fewer test cutoffs\.$/);
  expect(readdirSync(out)).toEqual(expect.arrayContaining(['report.html', 'run.json', 'statistics']));
  expect(readdirSync(out)).not.toContain('model.json');
});
