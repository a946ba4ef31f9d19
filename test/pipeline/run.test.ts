import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { openDuckdb } from '../../src/engine/duckdb/engine.ts';
import { literal } from '../../src/engine/sql.ts';
import { InputError } from '../../src/errors.ts';
import { comparisonOfFolders } from '../../src/pipeline/compare/compare-runs.ts';
import { reportOfFolder } from '../../src/pipeline/report/write-report.ts';
import { type RunResult, run } from '../../src/pipeline/run.ts';
import { contributionsKept } from '../../src/pipeline/score.ts';
import { scoreLog } from '../../src/pipeline/score-log.ts';
import { scoresCsv } from '../../src/pipeline/scores-files.ts';
import type { ComparisonData } from '../../src/report/comparison-data.ts';
import { readTemplate } from '../../src/report/html.ts';
import { recordsOf } from '../../src/table/table.ts';
import { simulatedLog } from '../features/as-of.ts';
import { filesIn, quickRun, shuffledLines, textsIn, writeText } from './logs.ts';

const hostileUser = `=cmd|'/c calc'!"A1",<script>`;
const secrets = ['Qqfirst', 'Qqlast', 'Qqagent'];

let folder: string;
let text: string;
let log: string;
let result: RunResult;
let template: string;

/** One run for all tests, on a log whose names and user agents are marked. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
  const lines = (await simulatedLog(80, 63, 3)).split('\n').filter((line) => line !== '');
  const lost = new Set(
    lines.filter((line) => line.includes('"Cancel')).map((line) => JSON.parse(line).userId),
  );
  const stays = lines.map((line) => JSON.parse(line).userId).find((user) => user !== '' && !lost.has(user));
  text = lines
    .map((line) => {
      const row = JSON.parse(line);
      if (row.userId === stays) row.userId = hostileUser;
      if (row.firstName) Object.assign(row, { firstName: 'Qqfirst', lastName: 'Qqlast' });
      if (row.userAgent) row.userAgent = `Qqagent ${row.userAgent}`;
      return JSON.stringify(row);
    })
    .join('\n');
  log = await writeText(join(folder, 'log.json'), `${text}\n`);
  template = await readTemplate();
  result = await run({ ...quickRun, log: [log], out: join(folder, 'run') }, silentEffects);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a run', () => {
  test('leaves a whole folder and nothing beside it', async () => {
    expect(await filesIn(join(folder, 'run'))).toEqual(
      expect.arrayContaining([
        'examples.parquet',
        'ledger.parquet',
        'metrics/calibration.csv',
        'metrics/calibration_line.csv',
        'metrics/groups.csv',
        'metrics/models.csv',
        'metrics/risk_by_day.csv',
        'metrics/risk_curve.csv',
        'metrics/risk_of_window.csv',
        'metrics/top.csv',
        'metrics/roc.csv',
        'metrics/auc_precision.csv',
        'metrics/sufficiency.csv',
        'model-card.json',
        'model-card.md',
        'model.json',
        'models/baseline.json',
        'quarantine.ndjson',
        'report.html',
        'risk-by-day.json',
        'risk_by_day.parquet',
        'run.json',
        'scores.csv',
        'scores.parquet',
        ...[
          'before_loss',
          'by_day',
          'by_day_and_plan',
          'cohorts',
          'coverage',
          'cumulative_incidence',
          'input',
          'nulls',
        ].map(statistic),
        ...['feature_correlations', 'feature_distributions', 'feature_histograms'].map(statistic),
        ...['lifetime_tests', 'lifetimes_by_attribute', 'paths_to_loss', 'time_to_loss'].map(statistic),
      ]),
    );
    expect((await filesIn(folder)).filter((path) => !path.startsWith('run/'))).toEqual(['log.json']);
    expect((await filesIn(join(folder, 'run'))).filter((path) => path.startsWith('work'))).toEqual([]);
  });

  test('accounts for its input in the manifest', async () => {
    const { manifest } = result;
    const bytes = await readFile(log);
    expect(manifest.inputs).toEqual([
      { path: log, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    ]);
    const { accepted, anonymous, duplicate, quarantined, blank, lines, ...rest } = manifest.accounting;
    expect(rest).toEqual({ bytes: bytes.length });
    expect(lines).toBe(text.split('\n').length);
    expect(accepted + anonymous + duplicate + quarantined + blank).toBe(lines);
    expect(anonymous).toBe(text.split('\n').filter((line) => line.includes('"userId":""')).length);
    expect(JSON.parse(await readFile(join(folder, 'run', 'run.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(manifest)),
    );
    const model = await readFile(join(folder, 'run', 'model.json'));
    expect(manifest.modelSha256).toBe(createHash('sha256').update(model).digest('hex'));
    expect(manifest.users).toBe(80);
    expect(manifest.sufficiency?.verdict).toBe('insufficient');
  });

  test('scores everyone at risk once, likeliest first, with probabilities and reasons', async () => {
    const rows = (await query('scores.parquet')).map(({ user, rank, probability, reason_1 }) => ({
      user,
      rank,
      probability,
      reason_1,
    }));
    expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, i) => i + 1));
    expect(new Set(rows.map(({ user }) => user)).size).toBe(rows.length);
    expect(rows.length).toBe(result.manifest.users - result.manifest.lost);
    const probabilities = rows.map(({ probability }) => Number(probability));
    expect(probabilities.every((p) => p > 0 && p < 1)).toBe(true);
    expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
    expect(rows.some(({ reason_1 }) => typeof reason_1 === 'string')).toBe(true);
  });

  test('tells the risk by day of everyone scored, in the order of the scores', async () => {
    const scores = await query('scores.parquet');
    const risks = await query('risk_by_day.parquet');
    expect(risks.map(({ rank, user }) => [rank, user])).toEqual(scores.map(({ rank, user }) => [rank, user]));
    for (const { rank: _rank, user: _user, ...days } of risks) {
      const byDay = Object.values(days).map(Number);
      expect(byDay).toHaveLength(60);
      expect(byDay).toEqual(byDay.toSorted((a, b) => a - b));
      expect(byDay[0] > 0 && byDay[59] < 1).toBe(true);
    }
    const atTen = risks.map(({ day_10 }) => Number(day_10));
    expect(atTen).toEqual(atTen.toSorted((a, b) => b - a));
  });

  test('gives the same bytes at another number of threads, on the lines in another order, in other files and formats', async () => {
    const lines = shuffledLines(text, 9);
    const half = Math.floor(lines.length / 2);
    const other = join(folder, 'other');
    await writeText(join(other, 'b.json'), `\n${lines.slice(0, half).join('\r\n')}\r\n`);
    await writeText(join(other, 'a.ndjson.gz'), gzipSync(lines.slice(half).join('\n'), { level: 1 }));
    await run({ ...quickRun, log: [other], out: join(folder, 'again') }, { ...silentEffects, threads: 2 });
    // What the input was made of differs, and is told in input.csv.
    const pattern = /^(metrics|models|statistics)\/(?!input\.csv)|^scores\.csv$|^(model|risk-by-day)\.json$/;
    const [once, again] = [
      await textsIn(join(folder, 'run'), pattern),
      await textsIn(join(folder, 'again'), pattern),
    ];
    expect(Object.keys(again)).toEqual(Object.keys(once));
    expect(Object.keys(once).filter((path) => once[path] !== again[path])).toEqual([]);
    for (const file of ['ledger.parquet', 'examples.parquet', 'scores.parquet']) {
      expect(await query(file, 'again')).toEqual(await query(file));
    }
  });

  test('writes no first or last name and no user agent', async () => {
    for (const path of await filesIn(join(folder, 'run'))) {
      const content = path.endsWith('.parquet')
        ? JSON.stringify(await query(path))
        : await readableText(join(folder, 'run', path));
      expect(
        secrets.filter((secret) => content.includes(secret)).map((secret) => `${secret} in ${path}`),
      ).toEqual([]);
    }
  });

  test('shows a user whose name is a formula as text, in CSV and in the report', async () => {
    const csv = await readFile(join(folder, 'run', 'scores.csv'), 'utf8');
    expect(csv).toContain(`"'${hostileUser.replaceAll('"', '""')}"`);
    expect(csv).not.toMatch(/(^|,)"?[=+@-][a-z]/m);
    const html = await reportOfFolder(join(folder, 'run'), { template, showUsers: true }, silentEffects);
    expect(html).not.toContain('<script>,');
    expect((await query('scores.parquet')).map(({ user }) => user)).toContain(hostileUser);
  });

  test('says nothing in its numbers that is no number', async () => {
    const texts = await textsIn(join(folder, 'run'), /\.csv$|model\.json$|run\.json$/);
    for (const [path, content] of Object.entries(texts)) {
      expect(content.match(/\b(NaN|Infinity|undefined|null,|\[object)/)?.[0], path).toBeUndefined();
    }
  });
});

describe('the report of a run folder', () => {
  const inRun = (name: string) => join(folder, 'run', name);
  const report = (showUsers: boolean) =>
    reportOfFolder(join(folder, 'run'), { template, showUsers }, { ...silentEffects, threads: 2 });

  test('is made again of what the folder holds, the same bytes, be its name a pattern and a partition', async () => {
    const odd = join(folder, 'year=2018', "it's [run] *");
    await mkdir(join(folder, 'year=2018'));
    await symlink(join(folder, 'run'), odd);
    const settings = { template, showUsers: false };
    const again = await reportOfFolder(odd, settings, { ...silentEffects, threads: 2 });
    expect(again).toBe(await readFile(inRun('report.html'), 'utf8'));
  });

  test('names users by pseudonyms, and pseudonyms.csv says whose; by themselves only when asked', async () => {
    const [heading, ...lines] = (await readFile(inRun('pseudonyms.csv'), 'utf8')).trimEnd().split('\n');
    expect(heading).toBe('pseudonym,user');
    const pseudonyms = lines.map((line) => line.slice(0, 8));
    const users = (await query('scores.parquet')).map(({ user }) => String(user));
    expect(lines).toHaveLength(users.length);
    expect(lines.find((line) => line.includes('calc'))).toMatch(/^[0-9a-z]{8},"'=cmd/);
    const [hidden, shown] = [packedIn(await report(false)).join(), packedIn(await report(true)).join()];
    expect(pseudonyms.filter((one) => !hidden.includes(`"${one}"`))).toEqual([]);
    expect(users.filter((user) => hidden.includes(`"${user}"`))).toEqual([]);
    expect(users.filter((user) => !shown.includes(JSON.stringify(user)))).toEqual([]);
  });

  test('has contributions that add up to scores in the order of the probabilities', async () => {
    const rows = await query('contributions.parquet');
    const places = Array.from({ length: contributionsKept }, (_, i) => i + 1);
    const sums = rows
      .sort((a, b) => Number(a.rank) - Number(b.rank))
      .map((row) =>
        places.reduce(
          (sum, k) => sum + Number(row[`contribution_${k}`]),
          Number(row.base) + Number(row.others),
        ),
      );
    const probabilities = (await query('scores.parquet')).map(({ probability }) => Number(probability));
    for (let i = 1; i < sums.length; i++)
      if (probabilities[i] < probabilities[i - 1]) expect(sums[i]).toBeLessThan(sums[i - 1] + 1e-9);
    expect(rows.length).toBe(probabilities.length);
    const scored = await query('at_risk.parquet');
    expect(scored.map(({ user }) => user).sort()).toEqual(rows.map(({ user }) => user).sort());
  });

  test('beside another of the same log says that nothing moved', async () => {
    const both = [join(folder, 'run'), join(folder, 'again')] as const;
    const html = await comparisonOfFolders(...both, { template, showUsers: false }, silentEffects);
    const [record] = packedIn(html);
    const comparison: ComparisonData = JSON.parse(record);
    expect(comparison.settings).toEqual([]);
    expect(comparison.sameInput).toBe(false);
    expect(comparison.features.common.length).toBeGreaterThan(50);
    expect(
      comparison.features.common.filter(({ psi, ks }) => psi !== 0 || (ks !== 0 && ks !== null)),
    ).toEqual([]);
    expect(comparison.scores).toMatchObject({ rankCorrelation: 1, entered: [], left: [] });
    expect(comparison.metrics.length).toBeGreaterThan(5);
    expect(comparison.metrics.filter(({ first, second }) => first.value !== second.value)).toEqual([]);
    expect(record).not.toContain(JSON.stringify(hostileUser).slice(1, -1));
  });

  test.each([
    ['is no run', async () => {}, /holds no report\.json/],
    ['lost its tables', writeText, /lacks scores\.parquet/],
    ['was cut short', (path: string, text: string) => writeText(path, text.slice(0, -9)), /is damaged/],
    ['is of another kind', (path: string) => writeText(path, '{"meta":{}}'), /is damaged/],
    [
      'is of another version',
      (path: string, text: string) => writeText(path, text.replace(/"version":"[^"]+"/, '"version":"9.9.9"')),
      /is of version 9\.9\.9/,
    ],
  ])('is refused of a folder that %s', async (_, spoil, message) => {
    const spoilt = await mkdtemp(join(folder, 'spoilt-'));
    await spoil(join(spoilt, 'report.json'), await readFile(inRun('report.json'), 'utf8'));
    const failure = reportOfFolder(spoilt, { template, showUsers: false }, silentEffects);
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(message);
    await rm(spoilt, { recursive: true });
  });
});

describe('scoring with a saved model', () => {
  const settings = () => ({ log: [log], model: join(folder, 'run'), maxBadRows: { count: 0 } });

  test('gives on the log of the run what the run gave', async () => {
    const scored = await scoreLog(settings(), { ...silentEffects, threads: 2 });
    expect(scoresCsv(scored.scores)).toBe(await readFile(join(folder, 'run', 'scores.csv'), 'utf8'));
    expect(scored.modelSha256).toBe(result.manifest.modelSha256);
    expect(scored.accounting).toEqual(result.manifest.accounting);
    expect(scored.day).toBe('2018-12-03');
  });

  test('as of an earlier day uses nothing of that day or later', async () => {
    const day = Date.UTC(2018, 10, 10);
    const before = text.split('\n').filter((line) => JSON.parse(line).ts < day);
    const cut = await writeText(join(folder, 'cut', 'log.json'), before.join('\n'));
    const at = day / 86_400_000;
    const whole = await scoreLog({ ...settings(), at }, silentEffects);
    const early = await scoreLog({ ...settings(), log: [cut], at }, silentEffects);
    expect(whole.day).toBe('2018-11-10');
    expect(early.scores).toEqual(whole.scores);
    expect(whole.scores.length).toBeGreaterThan(20);
  });

  test('before the log begins there is nobody', async () => {
    const failure = scoreLog({ ...settings(), at: Date.UTC(2018, 9, 1) / 86_400_000 }, silentEffects);
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(
      'Nobody can be scored at 2018-10-01: the log begins on 2018-10-01.',
    );
  });

  test('refuses a definition that cannot give the features', async () => {
    const { roles, ...definition } = quickRun.definition;
    const { advert: _, ...others } = roles;
    const failure = scoreLog({ ...settings(), definition: { ...definition, roles: others } }, silentEffects);
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(
      /The definition "sparkify" cannot give \d+ of the model's \d+ features: advert_/,
    );
  });

  test.each([
    ['is not there', undefined, /There is no model at/],
    ['is no JSON', () => '{"format":1', /is not JSON/],
    ['is of a later format', (model: object) => JSON.stringify({ ...model, format: 2 }), /format/],
    ['has one key more', (model: object) => JSON.stringify({ ...model, run: 'rm -rf' }), /run/],
    [
      'has a definition that is wrong',
      (model: object) => JSON.stringify({ ...model, definition: {} }),
      /definition/,
    ],
    [
      'is of an unknown kind',
      (model: object) => JSON.stringify({ ...model, model: { kind: 'eval' } }),
      /not a model/,
    ],
    [
      'has other numbers than a model can',
      (model: object) => JSON.stringify(model).replace(/"(value|coefficients)":\[[^\]]+\]/, '"$1":["x"]'),
      /not a model|finite/,
    ],
    ['was cut short', (model: object) => JSON.stringify(model).slice(0, -500), /is not JSON/],
  ])('refuses a model that %s', async (_, change, message) => {
    const whole = JSON.parse(await readFile(join(folder, 'run', 'model.json'), 'utf8'));
    const path = join(folder, 'tampered', 'model.json');
    await rm(path, { force: true });
    if (change !== undefined) await writeText(path, change(whole));
    const failure = scoreLog({ ...settings(), model: path }, silentEffects);
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(message);
  });
});

/** Rows of a Parquet file of a run, in the order of their text. */
async function query(file: string, name = 'run') {
  const work = await mkdtemp(join(folder, 'query-'));
  const engine = await openDuckdb({ workFolder: work }, silentEffects);
  try {
    const rows = recordsOf(
      await engine.query(`select * from read_parquet(${literal(join(folder, name, file))})`),
    );
    return /^(scores|risk_by_day)/.test(file)
      ? rows
      : rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  } finally {
    await engine.close();
    await rm(work, { recursive: true });
  }
}

function statistic(name: string): string {
  return `statistics/${name}.csv`;
}

/** A file's text; of the report also what is packed in it. */
async function readableText(path: string): Promise<string> {
  const content = await readFile(path, 'utf8');
  const unpacked = packedIn(content);
  // The record, the list of scores, and a block of users.
  if (path.endsWith('report.html')) expect(unpacked).toHaveLength(3);
  return [content, ...unpacked].join('\n');
}

/** The texts that are packed in a report. */
function packedIn(html: string): string[] {
  return [...html.matchAll(/[A-Za-z0-9+/]{200,}={0,2}/g)]
    .map(([base64]) => Buffer.from(base64, 'base64'))
    .filter((bytes) => bytes[0] === 0x1f && bytes[1] === 0x8b)
    .map((bytes) => gunzipSync(bytes).toString());
}
