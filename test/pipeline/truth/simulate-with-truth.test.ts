import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sparkify } from '../../../src/definition/sparkify.ts';
import { silentEffects } from '../../../src/effects.ts';
import { openDuckdb } from '../../../src/engine/duckdb/engine.ts';
import { InterruptedError, NothingToLearnError, UsageError } from '../../../src/errors.ts';
import { featureCatalogue } from '../../../src/features/catalogue.ts';
import { dayAfter, defaultCutoffs, labelledCutoffs } from '../../../src/features/cutoffs.ts';
import { examplesSql } from '../../../src/features/examples.ts';
import { withContext } from '../../../src/pipeline/context.ts';
import { readLog } from '../../../src/pipeline/read-log.ts';
import { simulateWithTruth, type TruthOptions } from '../../../src/pipeline/truth/simulate-with-truth.ts';
import { simulate } from '../../../src/simulate/simulate.ts';
import { recordsOf } from '../../../src/table/table.ts';

let folder: string;
const log = { users: 45, days: 30, seed: 6 };
const about: Omit<TruthOptions, 'folder'> = { ...defaultCutoffs, force: false, continuations: 2 };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
  const truth = { ...about, folder: join(folder, 'truth') };
  await simulateWithTruth({ ...log, out: join(folder, 'log.json') }, truth, silentEffects);
});
afterAll(() => rm(folder, { recursive: true }));

async function rowsOf(path: string, order: string) {
  const workFolder = await mkdtemp(join(folder, 'work-'));
  const engine = await openDuckdb({ workFolder }, silentEffects);
  try {
    return recordsOf(await engine.query(`select * from '${path}' order by ${order}`));
  } finally {
    await engine.close();
  }
}

describe('simulate with its truth', () => {
  test('has a row for every example of a run and for everyone whom it scores, and for nobody else', async () => {
    const truth = await rowsOf(join(folder, 'truth', 'truth.parquet'), 'cutoff, "user"');
    const place = join(folder, 'examples');
    await mkdir(place);
    const examples = await withContext(place, {}, silentEffects, async (context) => {
      const settings = { log: [join(folder, 'log.json')], definition: sparkify, maxBadRows: { count: 0 } };
      const { span } = await readLog(settings, context);
      const cutoffs = [...labelledCutoffs(span, defaultCutoffs), dayAfter(span)];
      const sql = examplesSql(featureCatalogue(sparkify).slice(0, 1), cutoffs, {
        kind: 'window',
        leadDays: 1,
        horizonDays: 14,
      });
      const rows = `select "user", cutoff, lost = 1 as lost from (${sql}) order by cutoff, "user"`;
      return { last: dayAfter(span), rows: recordsOf(await context.engine.query(rows)) };
    });
    expect(examples.rows.length).toBeGreaterThan(60);
    expect(truth.map(({ user, cutoff }) => [user, cutoff])).toEqual(
      examples.rows.map(({ user, cutoff }) => [user, cutoff]),
    );
    expect(truth.map(({ cutoff, lost }) => (cutoff === examples.last ? null : lost))).toEqual(
      examples.rows.map(({ cutoff, lost }) => (cutoff === examples.last ? null : lost)),
    );
    for (const { cutoff, censored, lost } of truth) {
      expect(censored).toBe(cutoff === examples.last);
      expect(lost === null).toBe(censored);
    }
  });

  test('gives probabilities with their standard errors', async () => {
    const rows = await rowsOf(join(folder, 'truth', 'truth.parquet'), 'cutoff');
    for (const { probability, probability_error: error } of rows) {
      expect(probability).toBeGreaterThanOrEqual(0);
      expect(probability).toBeLessThan(1);
      expect(error).toBeGreaterThanOrEqual(0);
    }
    expect(new Set(rows.map(({ probability }) => probability)).size).toBeGreaterThan(rows.length / 2);
  });

  test('names every user of the log with cohort, pace and loss', async () => {
    const users = await rowsOf(join(folder, 'truth', 'users.parquet'), '"user"');
    const text = await readFile(join(folder, 'log.json'), 'utf8');
    const events: { userId: string; page: string; ts: number }[] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const named = new Set(events.map(({ userId }) => userId).filter(Boolean));
    expect(users.map(({ user }) => user)).toEqual([...named].sort());
    const losses = events.filter(({ page }) => page === 'Cancellation Confirmation');
    expect(losses.length).toBeGreaterThan(3);
    expect(users.filter((user) => user.lost_at !== null).map((user) => [user.user, user.lost_at])).toEqual(
      losses.map(({ userId, ts }) => [userId, ts]).sort(),
    );
    expect(new Set(users.map(({ cohort }) => cohort)).size).toBe(4);
    for (const { alpha, beta } of users) expect([alpha, beta].every((mean) => Number(mean) > 0)).toBe(true);
  });

  test('changes no byte of the log', async () => {
    await simulate({ ...log, out: join(folder, 'alone.json') }, silentEffects);
    const [told, alone] = await Promise.all(
      ['log.json', 'alone.json'].map((name) => readFile(join(folder, name))),
    );
    expect(told.equals(alone)).toBe(true);
  });

  test('says in truth.json what it is about', async () => {
    const manifest = JSON.parse(await readFile(join(folder, 'truth', 'truth.json'), 'utf8'));
    expect(manifest).toMatchObject({
      format: 1,
      log: { users: 45, days: 30, seed: 6, start: '2018-10-01' },
      ...{ leadDays: 1, horizonDays: 14, continuations: 2 },
    });
    expect(manifest.cutoffs.map((one: { censored: boolean }) => one.censored)).toEqual([
      ...new Array(manifest.cutoffs.length - 1).fill(false),
      true,
    ]);
    expect(await readdir(join(folder, 'truth'))).toEqual(['truth.json', 'truth.parquet', 'users.parquet']);
  });

  test('takes the cutoffs that it is given', async () => {
    const cutoffs = [Date.UTC(2018, 9, 9) / 86_400_000, Date.UTC(2018, 9, 5) / 86_400_000];
    const { truth } = await simulateWithTruth(
      { users: 5, days: 10, seed: 1, out: join(folder, 'given.json') },
      { ...about, cutoffs, horizonDays: 3, folder: join(folder, 'given') },
      silentEffects,
    );
    expect(truth.cutoffs.map(({ date, censored }) => [date, censored])).toEqual([
      ['2018-10-05', false],
      ['2018-10-09', true],
    ]);
  });
});

describe('a truth that cannot be told', () => {
  const tell = (options: object, truth: Partial<TruthOptions>) =>
    simulateWithTruth(
      { users: 5, days: 30, seed: 1, out: join(folder, 'never.json'), ...options },
      { ...about, folder: join(folder, 'never'), ...truth },
      silentEffects,
    );

  test('for a cutoff outside the log is a matter of usage', async () => {
    const cutoffs = [Date.UTC(2018, 10, 30) / 86_400_000];
    await expect(tell({}, { cutoffs })).rejects.toThrow(UsageError);
    await expect(tell({}, { cutoffs })).rejects.toThrow(
      'The cutoff 2018-11-30 is not in the log: expected 2018-10-02 to 2018-10-31.',
    );
  });

  test('for a log too short for a run’s cutoffs says what it would need', async () => {
    await expect(tell({ days: 12 }, {})).rejects.toThrow(NothingToLearnError);
  });

  test('in a folder in use is refused, unless it is an earlier truth and may be replaced', async () => {
    await expect(tell({}, { folder: join(folder, 'truth') })).rejects.toThrow(
      /truth exists. Give another --truth, or --force/,
    );
    await mkdir(join(folder, 'mine'));
    await writeFile(join(folder, 'mine', 'notes.txt'), 'mine');
    await expect(tell({}, { folder: join(folder, 'mine'), force: true })).rejects.toThrow(
      /is no folder with a truth/,
    );
  });

  test('leaves neither log nor truth when it is aborted', async () => {
    const effects = { ...silentEffects, signal: AbortSignal.abort() };
    const truth = { ...about, folder: join(folder, 'never') };
    const told = simulateWithTruth(
      { users: 5, days: 30, seed: 1, out: join(folder, 'never.json') },
      truth,
      effects,
    );
    await expect(told).rejects.toThrow(InterruptedError);
  });

  test('left nothing of all these', () => {
    expect(existsSync(join(folder, 'never'))).toBe(false);
    expect(existsSync(join(folder, 'never.json'))).toBe(false);
  });
});
