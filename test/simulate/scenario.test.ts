import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { InputError } from '../../src/errors.ts';
import { DAY } from '../../src/simulate/calendar.ts';
import { rowOf } from '../../src/simulate/chain.ts';
import { loadScenario, parseScenario } from '../../src/simulate/load-scenario.ts';
import type { LogPlan } from '../../src/simulate/population.ts';
import { checkScenario } from '../../src/simulate/scenario-check.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { STATES, stateIndex, statesOf } from '../../src/simulate/states.ts';
import { openStream } from '../../src/simulate/stream.ts';
import { step, type Walk, type World } from '../../src/simulate/walk.ts';
import { buildWorld } from '../../src/simulate/world.ts';
import { catalogue, listenersOf, naiveLog } from './naive-log.ts';

const START = Date.UTC(2018, 9, 1) / 1000;
const plan: LogPlan = { seed: 4, start: START, end: START + 40 * DAY, users: 40 };

function planned(text: string): LogPlan {
  const scenario = parseScenario(`name: test\n${text}`, 'test.yaml');
  checkScenario(scenario, plan);
  return { ...plan, scenario };
}

/** The probability of going from one state to another on a day of the log. */
function probability(world: World, from: string, to: string, day: number, as: Partial<Walk> = {}): number {
  const names = statesOf(planned(lyrics).scenario).map(({ key }) => key);
  const chain = world.chainOf(walkAt(from, START + day * DAY, as));
  return rowOf(chain, names.indexOf(from)).find(({ target }) => names[target] === to)?.probability ?? 0;
}

function walkAt(key: string, time: number, as: Partial<Walk> = {}): Walk {
  const state = STATES.some((known) => known.key === key) ? stateIndex(key) : STATES.length;
  return {
    ...openStream('scenario', 1),
    ...{ cohort: 0, alpha: 90, beta: DAY, phase: 0, state, time, song: -1, songEnd: time },
    ...{ session: 1, itemInSession: 1, treated: 0, segment: 0 },
    ...as,
  };
}

const lyrics = `
pages:
  - name: Lyrics
    from: 2018-10-11
    reached: { NextSong: 0.1 }
    leads: { NextSong: 0.9, Upgrade: 0.05 }`;

describe('a rate of a scenario', () => {
  const world = buildWorld(
    planned(
      `
rates:
  - { from: 2018-10-11, over: 2, level: free, page: NextSong, to: Roll Advert, factor: 3 }
  - { from: 2018-10-21, cohorts: [grumpy], to: Cancel, factor: 0 .5 }`.replace('0 .5', '0.5'),
    ),
    catalogue,
  );
  const song = 'Logged In/free/NextSong';
  const usual = buildWorld(plan, catalogue);
  const chance = (to: string, day: number, from = song, as: Partial<Walk> = {}) =>
    probability(world, from, to, day, as) / probability(usual, from, to, 0, as);

  test('comes in by equal steps at its date, for those whom it is for', () => {
    const advert = 'Logged In/free/Roll Advert';
    expect([9, 10, 11, 12, 30].map((day) => chance(advert, day))).toEqual(
      [1, 2, 3, 3, 3].map((factor) => expect.closeTo(factor, 9)),
    );
    expect(chance('Logged In/paid/Roll Advert', 30, 'Logged In/paid/NextSong')).toBe(1);
  });

  test('leaves the odds of everything else as they were', () => {
    const next = chance(song, 30);
    expect(next).toBeLessThan(1);
    expect(chance('Logged In/free/Home', 30)).toBeCloseTo(next, 9);
    const ends = (one: World, day: number) =>
      1 -
      rowOf(one.chainOf(walkAt(song, START + day * DAY)), stateIndex(song)).reduce(
        (sum, row) => sum + row.probability,
        0,
      );
    expect(ends(world, 30) / ends(usual, 0)).toBeCloseTo(next, 9);
  });

  test('without a page is for every page, without cohorts for all', () => {
    const cancel = 'Logged In/paid/Cancel';
    for (const page of ['Downgrade', 'Settings', 'Thumbs Down']) {
      expect(chance(cancel, 30, `Logged In/paid/${page}`, { cohort: 2 })).toBeCloseTo(0.5, 9);
      expect(chance(cancel, 30, `Logged In/paid/${page}`)).toBe(1);
    }
  });
});

test('a gap factor makes the gaps longer from its date', () => {
  const world = buildWorld(
    planned('gaps: [{ from: 2018-10-11, over: 5, cohorts: [happy], factor: 2 }]'),
    catalogue,
  );
  const factor = (day: number, cohort: number) =>
    world.gapFactor(walkAt('Logged In/free/Home', START + day * DAY, { cohort }));
  expect([9, 10, 12, 14, 30].map((day) => factor(day, 3))).toEqual([1, 1.2, 1.6, 2, 2]);
  expect(factor(30, 0)).toBe(1);
});

describe('a page of a scenario', () => {
  const world = buildWorld(planned(lyrics), catalogue);

  test('is reached from its date on, in the place of a share of everything else', () => {
    const song = 'Logged In/free/NextSong';
    expect(probability(world, song, 'Logged In/free/Lyrics', 9)).toBe(0);
    expect(probability(world, song, 'Logged In/free/Lyrics', 10)).toBeCloseTo(0.1, 12);
    const before = probability(world, song, song, 9);
    expect(probability(world, song, song, 10)).toBeCloseTo(before * 0.9, 12);
  });

  test('leads to the pages that there are at the level', () => {
    const row = (level: string) => {
      const state = statesOf(planned(lyrics).scenario).findIndex(
        ({ key }) => key === `Logged In/${level}/Lyrics`,
      );
      const chain = world.chainOf({ ...walkAt('Logged In/free/Home', START + 20 * DAY), state });
      return rowOf(chain, state).map(({ target }) => STATES[target].key);
    };
    expect(row('free')).toEqual(['Logged In/free/NextSong', 'Logged In/free/Upgrade']);
    expect(row('paid')).toEqual(['Logged In/paid/NextSong']);
  });

  test('shows in the log from its date on, with its user', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
    const { scenario } = planned(lyrics);
    const options = { users: 40, days: 40, seed: 4, out: join(folder, 'log.json') };
    const result = await simulate({ ...options, ...(scenario && { scenario }) }, silentEffects);
    const text = await readFile(options.out, 'utf8');
    await rm(folder, { recursive: true });
    expect(text).toBe(naiveLog(planned(lyrics)));
    const rows: { ts: number; page: string; userId: string; status: number }[] = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const seen = rows.filter(({ page }) => page === 'Lyrics');
    expect(seen.length).toBeGreaterThan(100);
    expect(result.pages.Lyrics).toBe(seen.length);
    for (const { ts, userId, status } of seen) {
      expect(ts).toBeGreaterThanOrEqual((START + 10 * DAY) * 1000);
      expect([userId === '', status]).toEqual([false, 200]);
    }
  });
});

describe('a cohort of a scenario', () => {
  const brought = planned(`
cohorts:
  - name: bargain
    like: ad-heavy
    from: 2018-10-11
    to: 2018-10-13
    users: 12
    changes: { Downgrade: { Cancel: 0.5 } }`);
  const listeners = listenersOf(brought).slice(listenersOf(plan).length);

  test('brings its users in its days, with accounts of their own', () => {
    const users = listeners.filter(({ account }) => account >= 0);
    expect(users.map(({ account }) => account)).toEqual(Array.from({ length: 12 }, (_, i) => 40 + i));
    for (const { registration, walk } of listeners) {
      expect(walk.cohort).toBe(4);
      expect(walk.time).toBe(registration);
      expect(registration).toBeGreaterThanOrEqual(START + 10 * DAY);
      expect(registration).toBeLessThan(START + 12 * DAY);
    }
  });

  test('changes nothing for the others', () => {
    expect(listenersOf(brought).slice(0, -listeners.length)).toEqual(listenersOf(plan));
  });

  test('has the probabilities that it is given, and the odds of its likeness else', () => {
    const world = buildWorld(brought, catalogue);
    const [own, likeness] = [4, 1].map(
      (cohort) => (to: string) =>
        probability(world, 'Logged In/paid/Downgrade', `Logged In/paid/${to}`, 0, { cohort }),
    );
    expect(own('Cancel')).toBe(0.5);
    expect(own('Home') / own('NextSong')).toBeCloseTo(likeness('Home') / likeness('NextSong'), 12);
  });
});

describe('an offer of a scenario', () => {
  const world = buildWorld(
    planned(`
offer:
  at: 2018-10-11
  share: 0.4
  days: 7
  segments:
    - { name: grumpy, cohorts: [grumpy], factor: 0.25 }
    - { name: paying, level: paid, factor: 2 }`),
    catalogue,
  );
  const cancels = (day: number, as: Partial<Walk>) =>
    probability(world, 'Logged In/paid/Downgrade', 'Logged In/paid/Cancel', day, as);

  test('changes the cancels of those who got it, by their segment, as long as it works', () => {
    const usual = cancels(0, {});
    expect(cancels(12, { treated: 1, segment: 1 })).toBeCloseTo(usual / 4, 12);
    expect(cancels(12, { treated: 1, segment: 2 })).toBeCloseTo(usual * 2, 12);
    for (const as of [
      { treated: 1, segment: 0 },
      { treated: 0, segment: 2 },
    ])
      expect(cancels(12, as)).toBe(usual);
    expect(cancels(9, { treated: 1, segment: 2 })).toBe(usual);
    expect(cancels(17, { treated: 1, segment: 2 })).toBe(usual);
  });

  test('takes as segment the first that fits the last event under the account before it', () => {
    const arrive = (key: string, day: number, cohort: number, segment = 0) => {
      const walk = walkAt(key, START + day * DAY, { cohort, segment });
      world.arrived(walk);
      return walk.segment;
    };
    expect(arrive('Logged In/paid/Home', 5, 2)).toBe(1);
    expect(arrive('Logged In/paid/Home', 5, 0)).toBe(2);
    expect(arrive('Logged In/free/Home', 5, 0, 2)).toBe(0);
    expect(arrive('Logged Out/free/Home', 5, 0, 2)).toBe(2);
    expect(arrive('Logged In/free/Home', 10, 0, 2)).toBe(2);
    expect(arrive('Logged In/paid/Home', -1, 0)).toBe(0);
  });

  test('is for a random share', () => {
    const treated = Array.from({ length: 2000 }, (_, i) => world.isTreated(`member/${i}`));
    expect(treated.reduce((sum, one) => sum + one, 0) / 2000).toBeCloseTo(0.4, 1);
  });
});

test('a scenario without changes changes no byte', () => {
  expect(naiveLog(planned('rates: []'))).toBe(naiveLog(plan));
});

describe('a walk under the examples', () => {
  test('goes on within the states of the log', async () => {
    const files = (await readdir('examples')).filter((name) => name.endsWith('.yaml'));
    expect(files.length).toBeGreaterThanOrEqual(4);
    for (const file of files) {
      const scenario = await loadScenario(`examples/${file}`);
      const log = { ...plan, end: START + 63 * DAY, scenario };
      checkScenario(scenario, log);
      const world = buildWorld(log, catalogue);
      const cohorts = 4 + scenario.cohorts.length;
      for (let cohort = 0; cohort < cohorts; cohort++) {
        const walk = walkAt('Logged In/paid/Home', START + 30 * DAY, { cohort, treated: 1, segment: 0 });
        for (let i = 0; i < 500 && step(walk, world); i++) {
          expect(walk.state).toBeLessThan(statesOf(scenario).length);
        }
      }
    }
  });
});

describe('a scenario that is wrong', () => {
  test.each([
    ['a: [', /test.yaml is not YAML/],
    ['colour: red', /The scenario test.yaml is wrong:[\s\S]*colour/],
    ['rates: [{ from: tomorrow, to: Cancel, factor: 2 }]', /rates\[0\].from/],
    ['rates: [{ from: 2018-10-05, to: Cancel, factor: -1 }]', /rates\[0\].factor/],
    [
      'rates: [{ from: 2018-10-05, to: Cancle, factor: 2 }]',
      /"Cancle" is no page: expected one of NextSong, Home/,
    ],
    ['rates: [{ from: 2018-10-05, to: Cancellation Confirmation, factor: 2 }]', /cannot be changed here/],
    [
      'rates: [{ from: 2018-10-05, cohorts: [grumpier], to: Cancel, factor: 2 }]',
      /"grumpier" is no cohort: expected one of typical/,
    ],
    [
      'rates: [{ from: 2018-12-05, to: Cancel, factor: 2 }]',
      /rates.0.from is 2018-12-05, but the log has 2018-10-01 to 2018-11-09/,
    ],
    [
      'rates: [{ from: 2018-10-05, page: NextSong, to: Cancel, factor: 2 }]',
      /rates.0 changes nothing: Cancel never follows NextSong/,
    ],
    [
      'rates: [{ from: 2018-10-05, page: NextSong, to: NextSong, factor: 2 }]',
      /follow with probability 1\.\d+ by rates.0 at Logged In\/free\/NextSong for typical: expected 1 at most/,
    ],
    [
      'pages: [{ name: Help, from: 2018-10-05, reached: { Home: 0.1 }, leads: {} }]',
      /"Help" is there already/,
    ],
    ['pages: [{ name: New, from: 2018-10-05, reached: {}, leads: {} }]', /no page leads there/],
    [
      'pages: [{ name: New, from: 2018-10-05, reached: { Home: 1.5 }, leads: {} }]',
      /pages\[0\].reached.Home/,
    ],
    [
      'pages: [{ name: New, from: 2018-10-05, reached: { Home: 0.5 }, leads: { Home: 0.6, Help: 0.6 } }]',
      /add up to 1.2; expected 1 at most/,
    ],
    ['cohorts: [{ name: grumpy, like: happy, from: 2018-10-05, users: 3 }]', /"grumpy" is there already/],
    ['cohorts: [{ name: new, like: strange, from: 2018-10-05, users: 3 }]', /cohorts\[0\].like/],
    [
      'cohorts: [{ name: new, like: happy, from: 2018-10-05, to: 2018-10-05, users: 3 }]',
      /cohorts.0.to is 2018-10-05: expected a day after/,
    ],
    [
      'offer: { at: 2018-10-01, share: 0.5, segments: [{ name: all, factor: 2 }] }',
      /offer.at is 2018-10-01, but the log has 2018-10-02/,
    ],
    ['offer: { at: 2018-10-05, share: 1, segments: [{ name: all, factor: 2 }] }', /offer.share/],
    ['offer: { at: 2018-10-05, share: 0.5, segments: [] }', /offer.segments/],
    [
      'offer: { at: 2018-10-05, share: 0.5, segments: [{ name: all, factor: 900 }] }',
      /by the offer to all .* Make the factor smaller/,
    ],
  ])('%s', (text, message) => {
    expect(() => planned(text)).toThrow(InputError);
    expect(() => planned(text)).toThrow(message);
  });

  test('that cannot be read is said by its name', async () => {
    await expect(loadScenario('no/such.yaml')).rejects.toThrow(/Cannot read the scenario no\/such.yaml/);
  });
});
