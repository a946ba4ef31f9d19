import { describe, expect, test } from 'vitest';
import { DAY, thinning, unwarp, warpToDay } from '../../../src/simulate/calendar.ts';
import { ALPHA, BETA, type LogPlan } from '../../../src/simulate/population.ts';
import { openStream } from '../../../src/simulate/stream.ts';
import { noEvidence, observe, observeFirst } from '../../../src/simulate/truth/reader/evidence.ts';
import { openTime } from '../../../src/simulate/truth/reader/open-time.ts';
import {
  cohortPrior,
  drawHidden,
  type Hidden,
  posteriorOf,
} from '../../../src/simulate/truth/reader/posterior.ts';
import { copyWalk, step } from '../../../src/simulate/walk.ts';
import { listenersOf, worldOf } from '../naive-log.ts';

const START = Date.UTC(2018, 9, 1) / 1000;
const plan: LogPlan = { seed: 21, start: START, end: START + 28 * DAY, users: 160 };
const world = worldOf(plan);
const open = openTime(plan.start, plan.end);
const prior = cohortPrior(plan, START);

describe('the reader of a log', () => {
  /** By listener the hidden truth, and what a reader draws of it after all events of the log. */
  const read = listenersOf(plan)
    .filter(({ account }) => account >= 0)
    .map(({ walk: first, account }) => {
      const evidence = noEvidence(4);
      observeFirst(evidence, first, START, world, open);
      const walk = copyWalk(first);
      for (let last = copyWalk(walk); step(walk, world) && walk.time < plan.end; last = copyWalk(walk)) {
        observe(evidence, last, walk, world, open);
      }
      const posterior = posteriorOf(evidence, prior);
      const stream = openStream(`reader/${account}`, 1);
      return { hidden: first, draws: Array.from({ length: 40 }, () => drawHidden(posterior, stream)) };
    });
  /** Where the truth stands among the draws, 0…1: uniform when the posterior is right (Talts et al. 2018). */
  const ranks = (of: (one: Hidden) => number) =>
    read.map(({ hidden, draws }) => draws.filter((draw) => of(draw) < of(hidden)).length / draws.length);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  test.each([
    ['pages', ({ alpha }: Hidden) => alpha, ALPHA],
    ['sessions', ({ beta }: Hidden) => beta, BETA],
  ])('knows the pace of %s as well as it says', (_, of, usual) => {
    const sorted = ranks(of).sort((a, b) => a - b);
    const distance = Math.max(...sorted.map((rank, i) => Math.abs(rank - (i + 0.5) / sorted.length)));
    expect(distance).toBeLessThan(1.63 / Math.sqrt(sorted.length) + 1 / 40);
    const error = mean(
      read.map(({ hidden, draws }) =>
        Math.abs(mean(draws.map((draw) => Math.log(of(draw)))) - Math.log(of(hidden))),
      ),
    );
    const unread = mean(read.map(({ hidden }) => Math.abs(Math.log(usual) - 0.5 - Math.log(of(hidden)))));
    expect(error).toBeLessThan(unread / 2);
  });

  test('gives each cohort as many listeners as it has, and most to their own', () => {
    for (const cohort of [0, 1, 2, 3]) {
      const given = read.reduce(
        (sum, { draws }) => sum + mean(draws.map((one) => (one.cohort === cohort ? 1 : 0))),
        0,
      );
      const own = read.filter(({ hidden }) => hidden.cohort === cohort).length;
      expect(Math.abs(given - own)).toBeLessThan(2.5 * Math.sqrt(own));
    }
    const right = mean(
      read.flatMap(({ hidden, draws }) => draws.map((one) => (one.cohort === hidden.cohort ? 1 : 0))),
    );
    expect(right).toBeGreaterThan(0.6);
  });

  test('expects a brought cohort only of those who come when it is there', () => {
    const scenario = {
      ...{ name: 'test', rates: [], gaps: [], pages: [] },
      cohorts: [{ name: 'new', like: 'happy' as const, from: '2018-10-11', users: 40, changes: {} }],
    };
    const shares = (first: number) => [...cohortPrior({ ...plan, scenario }, first)];
    expect(shares(START)).toEqual([...prior, 0]);
    expect(shares(START + 10 * DAY)).toEqual([...prior, 40]);
  });
});

describe('time that is open for session starts', () => {
  test('adds up what the thinning leaves', () => {
    const [from, to] = [START + 3 * DAY + 1000, START + 9 * DAY];
    let sum = 0;
    for (let time = from; time < to; time += 60) sum += 60 * (1 - thinning(time + 30));
    expect((open(to) - open(from)) / sum).toBeCloseTo(1, 3);
  });

  test('goes on beyond the log as if nothing were thinned', () => {
    expect(open(plan.end + 500) - open(plan.end)).toBe(500);
    expect(open(START - 500)).toBe(-500);
  });
});

test('a moment is unwarped to the one that is warped to it', () => {
  for (let hour = 0; hour < 24; hour++) {
    const time = START + hour * 3600 + 77;
    expect(Math.abs(warpToDay(unwarp(time)) - time)).toBeLessThanOrEqual(1);
  }
});
