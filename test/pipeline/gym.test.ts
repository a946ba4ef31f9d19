import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDefinition, parseDefinition } from '../../src/definition/load.ts';
import { silentEffects } from '../../src/effects.ts';
import { type RunResult, run } from '../../src/pipeline/run.ts';
import { defaultLearnSettings, defaultReadSettings } from '../../src/pipeline/settings.ts';
import { ask, bytesOf, plainCsv } from './files.ts';
import { gymLog, toCsv, toJsonLines } from './gym-log.ts';

const definitionPath = 'test/fixtures/gym.yaml';
const folder = mkdtempSync(join(tmpdir(), 'refrain-test-gym-'));
const events = gymLog(150, 90, 1);
const guests = events.slice(0, 40).map((event, i) => ({ ...event, member: 'guest', visit: 100_000 + i }));
const results = new Map<string, RunResult>();

beforeAll(async () => {
  const all = [...events, ...guests];
  const [csv, lines, parquet] = ['gym.csv', 'gym.ndjson.gz', 'gym.parquet'].map((name) => join(folder, name));
  writeFileSync(csv, toCsv(all));
  writeFileSync(lines, gzipSync(toJsonLines(all)));
  await ask(
    `copy (select member, "at"::timestamp as "at", visit, what, minutes_ms, tariff, machine
     from read_csv('${csv}', header = true, all_varchar = false)) to '${parquet}' (format parquet)`,
  );
  const definition = await loadDefinition(definitionPath);
  for (const path of [csv, lines, parquet]) {
    const settings = { ...defaultReadSettings, ...defaultLearnSettings, definition, replicates: 100 };
    const out = `${path}-run`;
    results.set(
      out,
      await run({ ...settings, log: [path], out, force: false }, { ...silentEffects, threads: 2 }),
    );
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the log of a gym', () => {
  const out = join(folder, 'gym.csv-run');

  test('is read with the definition that the README shows', async () => {
    const shown = /```yaml\n(# gym\.yaml\n.*?)```/s.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
    expect(parseDefinition(shown, 'README.md')).toEqual(await loadDefinition(definitionPath));
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
    expect(html).toContain('"definition":"gym"');
    expect(html).not.toMatch(/Sparkify/);
  });

  test.each(['gym.ndjson.gz-run', 'gym.parquet-run'])('gives the same numbers as %s', (other) => {
    const same = ['metrics', 'scores.csv', 'statistics', 'model.json', 'models'];
    expect(bytesOf(join(folder, other), same)).toEqual(bytesOf(out, same));
  });
});
