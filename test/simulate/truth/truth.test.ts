import { describe, expect, test } from 'vitest';
import { silentEffects } from '../../../src/effects.ts';
import { InterruptedError } from '../../../src/errors.ts';
import { DAY } from '../../../src/simulate/calendar.ts';
import { type Listener, type LogPlan, namesAccount } from '../../../src/simulate/population.ts';
import { stateIndex } from '../../../src/simulate/states.ts';
import { openStream } from '../../../src/simulate/stream.ts';
import { durationsOf } from '../../../src/simulate/truth/durations.ts';
import { listenerTruth, undyingChains } from '../../../src/simulate/truth/listener-truth.ts';
import { lossChance } from '../../../src/simulate/truth/loss-chance.ts';
import { nextEventFrom } from '../../../src/simulate/truth/pending-event.ts';
import { readers } from '../../../src/simulate/truth/reader/reader.ts';
import { truthOfCutoffs, truthOfUsers } from '../../../src/simulate/truth/truth.ts';
import { copyWalk, step, type Walk } from '../../../src/simulate/walk.ts';
import { catalogue, listenersOf, worldOf } from '../naive-log.ts';

const START = Date.UTC(2018, 9, 1) / 1000;
const firstDay = START / DAY;
const plan: LogPlan = { seed: 11, start: START, end: START + 63 * DAY, users: 260 };
const world = worldOf(plan);
const ahead = { ...world, catalogue: durationsOf(catalogue) };
const readerOf = readers(plan, world, ahead);
const listeners = listenersOf(plan).filter(({ account }) => account >= 0);

/** The walk at its last event before a moment; undefined for one who is lost, or not seen, before it. */
function lastBefore({ walk: start }: Listener, moment: number): Walk | undefined {
  const walk = copyWalk(start);
  let last: Walk | undefined;
  let seen = false;
  while (walk.time < moment) {
    last = copyWalk(walk);
    seen ||= namesAccount[walk.state] === 1;
    if (!step(walk, world)) return undefined;
  }
  return seen ? last : undefined;
}

/** Goes on with nothing but `step`, again and again until the log's silence is met, and looks whether the user is lost. */
function isLostByForce(last: Walk, moment: number, from: number, to: number, stream: string): boolean {
  const chance = openStream(stream, 1);
  let walk = copyWalk(last, chance);
  step(walk, world);
  while (walk.time < moment) {
    walk = copyWalk(last, walk);
    step(walk, world);
  }
  while (walk.time < to) {
    const { time } = walk;
    if (!step(walk, world)) return time >= from;
  }
  return false;
}

describe('the truth', () => {
  test('is the share of brute-force continuations that are lost in the window', () => {
    const cutoff = firstDay + 30;
    const window = { from: (cutoff + 1) * DAY, to: (cutoff + 15) * DAY };
    const settings = { cutoffs: [cutoff], leadDays: 1, horizonDays: 14, continuations: 150 };
    const oracle = { world, ahead, seed: 1, settings, hasOffer: false, undyingOf: undyingChains(), readerOf };
    const busy = listeners.filter((one) => one.walk.alpha < 60 && one.walk.beta < 2 * DAY).slice(0, 40);
    const compared: number[] = [];
    for (const listener of busy) {
      const [row] = listenerTruth(listener, oracle);
      const last = lastBefore(listener, cutoff * DAY);
      expect(row === undefined).toBe(last === undefined);
      if (row === undefined || last === undefined || row.probability.mean < 0.1) continue;
      const n = 800;
      let lost = 0;
      for (let i = 0; i < n; i++) {
        if (isLostByForce(last, cutoff * DAY, window.from, window.to, `force/${i}`)) lost++;
      }
      const { mean, standardError } = row.probability;
      const error = Math.sqrt((mean * (1 - mean)) / n + standardError ** 2);
      expect(Math.abs(lost / n - mean) / error).toBeLessThan(3.5);
      // Each hazard that is summed up instead of a loss that is counted makes the error smaller.
      expect(standardError).toBeLessThan(Math.sqrt((mean * (1 - mean)) / 150));
      compared.push(mean);
      if (compared.length === 3) break;
    }
    expect(compared).toHaveLength(3);
  });

  test('agrees with what comes, over all users and four windows that do not overlap', () => {
    const cutoffs = [2, 17, 32, 47].map((day) => firstDay + day);
    const settings = { cutoffs, leadDays: 0, horizonDays: 15, continuations: 2 };
    const oracle = { world, ahead, seed: 1, settings, hasOffer: false, undyingOf: undyingChains(), readerOf };
    let expected = 0;
    let fromLog = 0;
    let variance = 0;
    let lost = 0;
    for (const listener of listeners) {
      for (const { cutoff, probability, fromLog: read } of listenerTruth(listener, oracle)) {
        expected += probability.mean;
        fromLog += read?.mean ?? Number.NaN;
        variance += probability.mean * (1 - probability.mean) + probability.standardError ** 2;
        const at = lossOf(listener);
        if (at >= cutoff * DAY && at < (cutoff + 15) * DAY) lost++;
      }
    }
    expect(lost).toBeGreaterThan(40);
    expect(Math.abs(lost - expected) / Math.sqrt(variance)).toBeLessThan(3);
    expect(Math.abs(fromLog / expected - 1)).toBeLessThan(0.08);
  });

  test('is the same at any number of threads', { timeout: 60_000 }, async () => {
    const small = { ...plan, users: 40, end: START + 20 * DAY };
    const settings = {
      cutoffs: [firstDay + 9, firstDay + 14],
      leadDays: 1,
      horizonDays: 7,
      continuations: 5,
    };
    const one = await truthOfCutoffs(small, settings, silentEffects);
    const three = await truthOfCutoffs(small, settings, { ...silentEffects, threads: 3 });
    expect(three).toEqual(one);
    expect(one.length).toBeGreaterThan(40);
    const keys = one.map(({ account, cutoff }) => account * 1e5 + cutoff);
    expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
  });

  test('names every account once, with what the log does not show', { timeout: 60_000 }, async () => {
    const users = await truthOfUsers(plan, silentEffects);
    expect(users.map(({ account }) => account)).toEqual(Array.from({ length: 260 }, (_, i) => i));
    for (const [i, { cohort, alpha, beta, first, last, lost }] of users.entries()) {
      const { walk } = listeners[i];
      expect([cohort, alpha, beta]).toEqual([walk.cohort, walk.alpha, walk.beta]);
      expect(first).toBeGreaterThanOrEqual(walk.time);
      expect(last).toBeLessThan(plan.end);
      expect(lost ?? Number.POSITIVE_INFINITY).toBe(lossOf(listeners[i]));
      if (lost !== undefined) expect(lost).toBe(last);
    }
  });

  test('stops when it is asked to', async () => {
    const settings = { cutoffs: [firstDay + 9], leadDays: 1, horizonDays: 7, continuations: 5 };
    const effects = { ...silentEffects, signal: AbortSignal.abort() };
    await expect(truthOfCutoffs(plan, settings, effects)).rejects.toThrow(InterruptedError);
  });
});

describe('the next event of a silent user', () => {
  test('is as late as that of the draws among which the silence is met', () => {
    const moment = START + 20 * DAY;
    const last: Walk = {
      ...openStream('silent', 1),
      ...{ cohort: 0, alpha: 60, beta: DAY, phase: 0, state: stateIndex('Logged In/free/Home') },
      ...{ time: moment - 2 * DAY, song: -1, songEnd: moment - 2 * DAY, session: 1, itemInSession: 4 },
      ...{ treated: 0, segment: 0 },
    };
    const given: number[] = [];
    const forced: number[] = [];
    for (let i = 0; i < 300; i++) {
      given.push(nextEventFrom(last, openStream(`given/${i}`, 1), ahead, moment).time);
      let walk = copyWalk(last, openStream(`forced/${i}`, 1));
      while (!(step(walk, world) && walk.time >= moment)) walk = copyWalk(last, walk);
      forced.push(walk.time);
    }
    expect(Math.min(...given)).toBeGreaterThanOrEqual(moment);
    expect(kolmogorovSmirnov(given, forced)).toBeLessThan(1.63 * Math.sqrt(2 / 300));
  });

  test('is the next song, at the end of the one that plays over the cutoff', () => {
    const moment = START + 20 * DAY;
    const playing: Walk = {
      ...openStream('playing', 1),
      ...{ cohort: 0, alpha: 0.01, beta: 1000 * DAY, phase: 0, state: stateIndex('Logged In/paid/NextSong') },
      ...{ time: moment - 100, song: 5, songEnd: moment + 77, session: 1, itemInSession: 4 },
      ...{ treated: 0, segment: 0 },
    };
    for (let i = 0; i < 50; i++) {
      const next = nextEventFrom(playing, openStream(`playing/${i}`, 1), ahead, moment);
      expect(next.time === moment + 77 ? next.state === playing.state : next.itemInSession === 0).toBe(true);
    }
  });
});

describe('the chance along one continuation', () => {
  const at = (key: string, time: number): Walk => ({
    ...openStream('chance', 1),
    ...{ cohort: 0, alpha: 60, beta: 1e9, phase: 0, state: stateIndex(key), time, song: -1, songEnd: time },
    ...{ session: 1, itemInSession: 4, treated: 0, segment: 0 },
  });

  test('is one or nothing for a walk that comes to the confirmation itself', () => {
    const lost = 'Cancelled/paid/Cancellation Confirmation';
    const within = { from: START, to: START + 10 };
    expect(lossChance(at(lost, START), ahead, undyingChains(), within)).toBe(1);
    expect(lossChance(at(lost, START + 10), ahead, undyingChains(), within)).toBe(0);
    expect(lossChance(at(lost, START - 1), ahead, undyingChains(), within)).toBe(0);
  });

  test('halves a confirmation that falls on the edge of the window', () => {
    const chance = (from: number, to: number) =>
      lossChance(at('Logged In/paid/Cancel', START), ahead, undyingChains(), { from, to });
    expect(chance(START, START + 2)).toBeCloseTo(0.999, 12);
    expect(chance(START, START + 1)).toBeCloseTo(0.4995, 12);
    expect(chance(START + 1, START + 2)).toBeCloseTo(0.4995, 12);
    expect(chance(START + 2, START + 3)).toBe(0);
  });
});

test('the lengths of songs keep their shares when songs of one length are taken together', () => {
  const durations = durationsOf(catalogue);
  const stream = openStream('durations', 1);
  const seconds = (one: typeof catalogue) =>
    Array.from({ length: 4000 }, () => one.seconds[one.pick(stream)]);
  expect(new Set(durations.seconds).size).toBe(durations.seconds.length);
  expect(kolmogorovSmirnov(seconds(catalogue), seconds(durations))).toBeLessThan(1.63 * Math.sqrt(2 / 4000));
});

function lossOf({ walk: start }: Listener): number {
  const walk = copyWalk(start);
  while (walk.time < plan.end) {
    const { time } = walk;
    if (!step(walk, world)) return time;
  }
  return Number.POSITIVE_INFINITY;
}

/** The largest distance of two empirical distribution functions; beyond 1.63 √(2/n) once in a hundred times. */
function kolmogorovSmirnov(a: readonly number[], b: readonly number[]): number {
  const below = (values: readonly number[], x: number) => values.filter((value) => value <= x).length;
  const steps = [...new Set([...a, ...b])];
  return Math.max(...steps.map((x) => Math.abs(below(a, x) / a.length - below(b, x) / b.length)));
}
