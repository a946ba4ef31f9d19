import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { silentEffects } from '../../../src/effects.ts';
import { simulateWithTruth } from '../../../src/pipeline/truth/simulate-with-truth.ts';
import { parseScenario } from '../../../src/simulate/load-scenario.ts';
import { simulate } from '../../../src/simulate/simulate.ts';
import type { Cell } from '../../../src/table/table.ts';
import { ask } from '../files.ts';

const DAY = 86_400_000;
const OFFER = Date.parse('2018-10-11');
const scenario = parseScenario(
  `
name: test
offer:
  at: 2018-10-11
  share: 0.5
  segments:
    - { name: grumpy, cohorts: [grumpy, ad-heavy], factor: 0.2 }
    - { name: paying, level: paid, factor: 4 }`,
  'test.yaml',
);
const log = { users: 80, days: 22, seed: 3 };
type Row = Record<string, Cell>;
let folder: string;
let offers: Row[];
let truth: Row[];
let users: Row[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
  const cutoffs = [OFFER / DAY - 7, OFFER / DAY, OFFER / DAY + 3];
  await simulateWithTruth(
    { ...log, scenario, out: join(folder, 'log.json') },
    {
      ...{ folder: join(folder, 'truth'), force: false, cutoffs, continuations: 8 },
      ...{ leadDays: 0, horizonDays: 7, everyDays: 7, historyDays: 7 },
    },
    silentEffects,
  );
  const read = (name: string) => ask(`select * from '${join(folder, 'truth', name)}.parquet'`);
  [offers, truth, users] = [await read('offers'), await read('truth'), await read('users')];
});
afterAll(() => rm(folder, { recursive: true }));

const partOf = (user: Cell) => offers.find((row) => row.user === user);
const at = (day: number) => truth.filter(({ cutoff }) => cutoff === OFFER / DAY + day);

describe('who got an offer', () => {
  test('is written with the segment, for those at risk on its day who are in one', () => {
    const atRisk = new Set(at(0).map(({ user }) => user));
    expect(offers.length).toBeGreaterThan(20);
    for (const { user, offered_at: time, segment, factor } of offers) {
      expect(atRisk.has(user)).toBe(true);
      expect(time).toBe(OFFER);
      const cohort = users.find((row) => row.user === user)?.cohort;
      const isGrumpy = cohort === 'grumpy' || cohort === 'ad-heavy';
      expect([segment, factor]).toEqual(isGrumpy ? ['grumpy', 0.2] : ['paying', 4]);
    }
    const others = [...atRisk].filter((user) => partOf(user) === undefined);
    for (const user of others)
      expect(users.find((row) => row.user === user)?.cohort).toMatch(/typical|happy/);
    expect(others.length).toBeGreaterThan(0);
  });

  test('is a random half of them', () => {
    const share = offers.filter(({ offered }) => offered).length / offers.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(3 * Math.sqrt(0.25 / offers.length));
  });

  test('is lost in the log when the truth says so of the way that came', () => {
    for (const { user, offered, lost_at_with_offer: given, lost_at_without_offer: without } of offers) {
      const came = users.find((row) => row.user === user)?.lost_at;
      expect(came).toBe(offered ? given : without);
    }
    const differ = offers.filter((row) => row.lost_at_with_offer !== row.lost_at_without_offer);
    expect(differ.length).toBeGreaterThan(2);
    for (const row of differ) {
      const times = [row.lost_at_with_offer, row.lost_at_without_offer].filter((time) => time !== null);
      for (const time of times) expect(time).toBeGreaterThanOrEqual(OFFER);
    }
  });
});

describe('the truth with an offer', () => {
  test('is that of the way which the user goes', () => {
    for (const row of truth) {
      const part = partOf(row.user);
      if (part === undefined) continue;
      expect(row.probability).toBe(part.offered ? row.probability_with_offer : row.probability_without_offer);
    }
  });

  test('has an effect of the segment’s sign where the offer works, and none before', () => {
    for (const row of at(-7)) expect([row.offer_effect, row.offer_effect_error]).toEqual([0, 0]);
    const effects = (segment: string) =>
      at(0)
        .filter(({ user }) => partOf(user)?.segment === segment)
        .map((row) => Number(row.offer_effect));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(effects('grumpy'))).toBeLessThan(-0.02);
    expect(mean(effects('paying'))).toBeGreaterThan(0.02);
    for (const row of truth) {
      const difference = Number(row.probability_with_offer) - Number(row.probability_without_offer);
      expect(row.offer_effect).toBeCloseTo(difference, 12);
    }
  });
});

test('the log is the same up to the offer as without the scenario, and another after it', async () => {
  await simulate({ ...log, out: join(folder, 'plain.json') }, silentEffects);
  const [told, plain] = await Promise.all(
    ['log.json', 'plain.json'].map(async (name) => (await readFile(join(folder, name), 'utf8')).split('\n')),
  );
  const before = (lines: readonly string[]) =>
    lines.findIndex((line) => line !== '' && JSON.parse(line).ts >= OFFER);
  const end = before(plain);
  expect(end).toBeGreaterThan(1000);
  expect(before(told)).toBe(end);
  expect(told.slice(0, end).join('\n') === plain.slice(0, end).join('\n')).toBe(true);
  expect(told.join('\n') === plain.join('\n')).toBe(false);
});

test('truth.json holds the scenario', async () => {
  const manifest = JSON.parse(await readFile(join(folder, 'truth', 'truth.json'), 'utf8'));
  expect(manifest.scenario).toEqual(scenario);
});
