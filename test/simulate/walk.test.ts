import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogPlan } from '../../src/simulate/population.ts';
import { STATES, stateIndex } from '../../src/simulate/states.ts';
import { openStream } from '../../src/simulate/stream.ts';
import { step, type Walk } from '../../src/simulate/walk.ts';
import { catalogue, worldOf } from './naive-log.ts';

const START = Date.UTC(2018, 9, 1) / 1000;
const plan: LogPlan = { seed: 1, start: START, end: START + 61 * 86_400, users: 100 };
const world = worldOf(plan);

function walkAt(key: string, seed: number, cohort = 0): Walk {
  return {
    ...openStream('test', seed),
    ...{ cohort, alpha: 90, beta: 86_400, phase: 60, state: stateIndex(key), time: START },
    ...{ song: -1, songEnd: START, session: 7, itemInSession: 3, treated: 0, segment: 0 },
  };
}

/** Every step a walk takes, with the walk as it was before and as it is after. */
function* steps(walk: Walk, n: number): Generator<readonly [before: Walk, after: Walk]> {
  for (let i = 0; i < n; i++) {
    const before = { ...walk };
    if (!step(walk, world)) return;
    yield [before, { ...walk }];
  }
}

describe('a walk', () => {
  test('goes on from a copy just as the original does', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 3 }), (seed, cohort) => {
        const walk = walkAt('Logged In/free/Home', seed, cohort);
        const copy = { ...walk };
        for (let i = 0; i < 100; i++) step(walk, world);
        for (let i = 0; i < 100; i++) step(copy, world);
        expect(copy).toEqual(walk);
      }),
      { numRuns: 20 },
    );
  });

  test('plays one song after the other without a gap, and for the whole seconds of its length', () => {
    let songs = 0;
    for (const [before, after] of steps(walkAt('Logged In/paid/NextSong', 2), 5000)) {
      if (after.itemInSession === 0 || STATES[after.state].page !== 'NextSong') continue;
      expect(after.songEnd - after.time).toBe(Math.floor(catalogue.lengths[after.song] / 1e5));
      if (STATES[before.state].page !== 'NextSong' || before.song < 0) continue;
      expect(after.time).toBe(before.songEnd);
      songs++;
    }
    expect(songs).toBeGreaterThan(1000);
  });

  test('lets a page that redirects follow after one second', () => {
    let redirects = 0;
    for (const [before, after] of steps(walkAt('Logged In/free/NextSong', 3), 5000)) {
      if (after.itemInSession === 0 || STATES[after.state].status !== 307) continue;
      expect(after.time).toBe(before.time + 1);
      redirects++;
    }
    expect(redirects).toBeGreaterThan(100);
  });

  test('numbers the items of a session, and starts the next at zero with the same auth and level', () => {
    let sessions = 0;
    for (const [before, after] of steps(walkAt('Logged In/free/Home', 4), 5000)) {
      expect(after.time).toBeGreaterThanOrEqual(before.time);
      if (after.session === before.session) {
        expect(after.itemInSession).toBe(before.itemInSession + 1);
        continue;
      }
      expect(after.session).toBeGreaterThan(before.session);
      expect(after.itemInSession).toBe(0);
      const [from, to] = [STATES[before.state], STATES[after.state]];
      expect([to.auth, to.level]).toEqual([from.auth, from.level]);
      sessions++;
    }
    expect(sessions).toBeGreaterThan(20);
  });

  test('changes the level on the page after Submit Upgrade', () => {
    const walk = walkAt('Logged In/free/Submit Upgrade', 5);
    step(walk, world);
    expect(STATES[walk.state].key).toBe('Logged In/paid/Home');
  });

  test('ends with the confirmation of a cancellation, a second after it at most', () => {
    const walk = walkAt('Logged In/paid/Cancel', 6);
    expect(step(walk, world)).toBe(true);
    expect(STATES[walk.state].key).toBe('Cancelled/paid/Cancellation Confirmation');
    expect(walk.time - START).toBeLessThanOrEqual(1);
    const end = { ...walk };
    expect(step(walk, world)).toBe(false);
    expect({ state: walk.state, time: walk.time }).toEqual({ state: end.state, time: end.time });
  });
});
