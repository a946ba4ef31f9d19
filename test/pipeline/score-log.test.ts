import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { loadDefinition } from '../../src/definition/load.ts';
import { silentEffects } from '../../src/effects.ts';
import { InputError } from '../../src/errors.ts';
import { runFolder } from '../../src/pipeline/output-folder.ts';
import { run } from '../../src/pipeline/run.ts';
import { type ScoreSettings, scoreLog } from '../../src/pipeline/score-log.ts';
import { scoresCsv } from '../../src/pipeline/scores-files.ts';
import { ask } from './files.ts';
import { gymLog, toCsv } from './gym-log.ts';
import { quickRun } from './logs.ts';

const folder = mkdtempSync(join(tmpdir(), 'refrain-test-score-'));
const log = join(folder, 'log.csv');
const out = join(folder, 'run');
const effects = { ...silentEffects, threads: 2 };

beforeAll(async () => {
  writeFileSync(log, toCsv(gymLog(60, 60, 2)));
  const definition = await loadDefinition('test/fixtures/gym.yaml');
  const learners = ['logistic-regression'] as const;
  const outcomes = ['loss', 'quiet', 'unpaid'];
  await run({ ...quickRun, definition, learners, outcomes, log: [log], out }, effects);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function score(settings: Partial<ScoreSettings> = {}) {
  return scoreLog({ log: [log], model: out, maxBadRows: { count: 0 }, ...settings }, effects);
}

const dayOf = (text: string) => Date.parse(text) / 86_400_000;

describe('of other outcomes in the same run', () => {
  const quiet = join(out, 'outcomes', 'quiet');
  const read = (...path: string[]) => readFileSync(join(out, ...path), 'utf8');

  test('each has all that a run has, in a folder of its own', () => {
    const own = readdirSync(out).filter((name) => name !== 'outcomes' && name !== 'quarantine.ndjson');
    expect(readdirSync(quiet).sort()).toEqual(own.sort());
    const [whole, part] = [read('run.json'), read('outcomes', 'quiet', 'run.json')].map((text) =>
      JSON.parse(text),
    );
    expect(part.settings.outcome).toEqual({ kind: 'silence', name: 'quiet', word: 'silence', days: 10 });
    expect(part.lost).toBeGreaterThan(10);
    expect(whole.outcomes.quiet).toMatchObject({ lost: part.lost, modelSha256: part.modelSha256 });
  });

  test('and the run may be replaced by --force', () => {
    expect(readdirSync(out).filter((name) => !runFolder.entries.has(name))).toEqual([]);
  });

  test('one that nobody had says so, and leaves the statistics', () => {
    const { nothingToLearn, lost } = JSON.parse(read('outcomes', 'unpaid', 'run.json'));
    expect([nothingToLearn, lost]).toEqual([
      'None of the 60 users is lost: there is no change of “tariff” from a paid plan to a free one. There is nothing to learn from; the statistics are in the report.',
      0,
    ]);
    expect(readdirSync(join(out, 'outcomes', 'unpaid', 'statistics'))).toContain('by_day.csv');
  });

  test('the model of each scores those at risk of it alone', async () => {
    const scored = await score({ model: quiet });
    expect(scoresCsv(scored.scores)).toBe(readFileSync(join(quiet, 'scores.csv'), 'utf8'));
    const last = new Map(gymLog(60, 60, 2).map(({ member, at }) => [member, Date.parse(at)]));
    const ofLoss = await score();
    expect(ofLoss.scores.length).toBeGreaterThan(scored.scores.length);
    for (const { user } of scored.scores)
      expect((last.get(user) ?? 0) / 86_400_000).toBeGreaterThan(dayOf('2024-02-20'));
  });

  test('a silence is judged beyond the clock too', () => {
    const [header, ...lines] = readFileSync(join(quiet, 'metrics', 'beyond_the_clock.csv'), 'utf8').split(
      '\n',
    );
    expect(header).toBe(
      'model,roc_auc,roc_auc_low,roc_auc_high,within_a_day_of_quiet,within_low,within_high',
    );
    expect(lines.filter((line) => line !== '').map((line) => line.split(',')[0])).toEqual([
      'baseline',
      'logistic-regression',
    ]);
  });

  test('a silence has no risk before the day on which it can be there', async () => {
    const [curve] = await ask(`select count(*) as n, sum(case when day_1 = 0 then 1 else 0 end) as still,
      sum(case when day_60 >= day_30 and day_30 >= day_1 and day_60 <= 1 then 1 else 0 end) as rising
      from '${join(quiet, 'risk_by_day.parquet')}'`);
    expect(curve.rising).toBe(curve.n);
    expect(Number(curve.still)).toBeGreaterThan(0);
  });
});

describe('scoring', () => {
  test('takes the model file as well as its folder, and the definition from it', async () => {
    const scored = await score({ model: join(out, 'model.json') });
    expect(scoresCsv(scored.scores)).toBe(readFileSync(join(out, 'scores.csv'), 'utf8'));
  });

  test('ranks everyone at risk in another log', async () => {
    const other = join(folder, 'other.csv');
    const events = gymLog(20, 30, 8);
    writeFileSync(other, toCsv(events));
    const left = events.filter(({ what }) => what === 'membership cancelled').map(({ member }) => member);
    const staying = new Set(events.map(({ member }) => member).filter((member) => !left.includes(member)));
    const { scores } = await score({ log: [other] });
    expect(left.length).toBeGreaterThan(0);
    expect(new Set(scores.map(({ user }) => user))).toEqual(staying);
    expect(scores.map(({ rank }) => rank)).toEqual(scores.map((_, i) => i + 1));
    for (const { probability, reasons } of scores) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(1);
      expect(reasons.length).toBeGreaterThan(0);
      expect(reasons.length).toBeLessThanOrEqual(3);
    }
  });

  test.each(['2024-01-03', '2024-02-01', '2024-02-29'])(
    'at %s uses nothing of that day or later',
    async (date) => {
      const cut = join(folder, `before-${date}.csv`);
      writeFileSync(cut, toCsv(gymLog(60, 60, 2).filter(({ at }) => at < date)));
      const whole = await score({ at: dayOf(date) });
      expect(whole.scores.length).toBeGreaterThan(2);
      expect((await score({ log: [cut], at: dayOf(date) })).scores).toEqual(whole.scores);
    },
  );

  test('says that the log ends long before the day', async () => {
    expect((await score()).day).toBe('2024-03-01');
    expect((await score({ at: dayOf('2024-03-01') })).notes).toEqual([]);
    expect((await score({ at: dayOf('2024-04-01') })).notes).toEqual([
      'The log ends before 2024-03-01: the 31 days from there to 2024-04-01 count as without events.',
    ]);
  });

  test('leaves nothing in the folder for temporary files', async () => {
    const temporary = join(folder, 'temporary');
    mkdirSync(temporary);
    vi.stubEnv('TMPDIR', temporary);
    try {
      await score();
      await expect(score({ log: [join(folder, 'nothing.csv')] })).rejects.toThrow(InputError);
    } finally {
      vi.unstubAllEnvs();
    }
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('a model that cannot be used', () => {
  test('is not in the folder', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    await expect(score({ model: empty })).rejects.toThrow(
      `There is no model at ${join(empty, 'model.json')}: give the folder of a run, or a model.json.`,
    );
  });

  const text = () => readFileSync(join(out, 'model.json'), 'utf8');
  test.each<[string, () => string, RegExp]>([
    ['is empty', () => '', /is not JSON/],
    ['has text for a number', () => text().replace(/"threshold":[^,]+/, '"threshold":"x"'), /threshold/],
    [
      'has a feature that nobody knows',
      () => text().replaceAll('"features":["', '"features":["Robert\'); drop table log; --'),
      /cannot give 1 of the model's \d+ features: Robert'\); drop table/,
    ],
  ])('%s', async (what, tampered, message) => {
    const path = join(folder, `${what.replaceAll(' ', '-')}.json`);
    writeFileSync(path, tampered());
    const refusal = await score({ model: path }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InputError);
    expect(String(refusal)).toMatch(message);
  });
});
