import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import full from '../../bench/fidelity/targets/full.json' with { type: 'json' };
import mini from '../../bench/fidelity/targets/mini.json' with { type: 'json' };
import type { LogPlan } from '../../src/simulate/population.ts';
import { listenersOf, worldOf } from './naive-log.ts';
import { parseQuantiles, rankDistance } from './rank-distance.ts';
import { rowsOf, userFeatures } from './user-features.ts';

/* The whole comparison, of a log of 22,277 users, is npm run fidelity; here 2,000 users, with room for their chance. */
const START = Date.UTC(2018, 9, 1) / 1000;
const plan: LogPlan = { seed: 1, start: START, end: START + 61 * 86_400, users: 2000 };
const targets = parseQuantiles(
  readFileSync(new URL('../../bench/fidelity/targets/full-user-quantiles.csv', import.meta.url), 'utf8'),
);

let users: readonly { readonly lost: number; readonly features: Readonly<Record<string, number>> }[];
const pages = new Map<string, number>();
const hours = new Array<number>(24).fill(0);
const weekdays = new Array<number>(7).fill(0);

beforeAll(() => {
  const world = worldOf(plan);
  const walked = listenersOf(plan).map((listener) => ({ ...listener, rows: rowsOf(listener, world, plan) }));
  for (const { state, second } of walked.flatMap(({ rows }) => rows)) {
    pages.set(state.page, (pages.get(state.page) ?? 0) + 1);
    if (state.page !== 'NextSong') continue;
    hours[Math.floor(second / 3600) % 24]++;
    weekdays[(Math.floor(second / 86_400) + 4) % 7]++;
  }
  users = walked
    .filter(({ account }) => account >= 0)
    .map(({ rows }) => rows.filter(({ state }) => state.auth === 'Logged In' || state.auth === 'Cancelled'))
    .map((rows) => ({
      lost: Number(rows[rows.length - 1].state.auth === 'Cancelled'),
      features: userFeatures(rows),
    }));
});

describe('a simulated log is like the real one', () => {
  test('in the rows of a user and in the share who leave', () => {
    const rows = [...pages.values()].reduce((a, b) => a + b, 0);
    expect(Math.abs(rows / plan.users / (full.rows / full.users) - 1)).toBeLessThan(0.08);
    const lost = users.filter((user) => user.lost === 1).length;
    expect(Math.abs(lost / plan.users - full.lost / full.users)).toBeLessThan(0.03);
  });

  test('in the shares of its pages', () => {
    const rows = [...pages.values()].reduce((a, b) => a + b, 0);
    expect([...pages.keys()].sort()).toEqual(Object.keys(full.pages).sort());
    for (const [page, count] of Object.entries(full.pages)) {
      const expected = (count * rows) / full.rows;
      const tolerance = Math.max(0.05 * expected, 4 * Math.sqrt(2 * expected));
      expect([page, Math.abs((pages.get(page) ?? 0) - expected) <= tolerance]).toEqual([page, true]);
    }
  });

  test.each(targets)('in the distribution of $feature among users of whom churn is $lost', (target) => {
    const values = users
      .filter(({ lost }) => lost === target.lost)
      .map(({ features }) => features[target.feature]);
    expect(values.length).toBeGreaterThan(350);
    expect(rankDistance(values, target)).toBeLessThan(target.lost === 1 ? 0.08 : 0.05);
  });

  test('in the hours of its songs, and in the days of the week', () => {
    const songs = hours.reduce((a, b) => a + b, 0);
    const real = mini.songsByHour.reduce((a, b) => a + b, 0);
    mini.songsByHour.forEach((count, hour) => {
      expect(Math.abs(hours[hour] / songs / (count / real) - 1)).toBeLessThan(0.12);
    });
    const [sunday, , , , , , saturday] = weekdays;
    expect(sunday / songs).toBeCloseTo(mini.songsByWeekday[0] / real, 1);
    expect(saturday / songs).toBeCloseTo(mini.songsByWeekday[6] / real, 1);
  });
});
