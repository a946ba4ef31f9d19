import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { LogPlan } from '../../src/simulate/population.ts';
import { listenersOf, worldOf } from '../simulate/naive-log.ts';
import { parseQuantiles, rankDistance } from '../simulate/rank-distance.ts';
import { countBy, rowsOf, userFeatures } from '../simulate/user-features.ts';
import { benchModule } from './bench.ts';

const main = fileURLToPath(new URL('../../bench/fidelity/main.mjs', import.meta.url));

function fidelity(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('says how it is used', () => {
  expect(fidelity('--help').stdout).toContain('npm run fidelity -- --users 3000');
});

test.each([
  [['--users', '0'], '--users is "0"; expected a whole number from 1 to 1000000.'],
  [['--days', '6'], '--days is "6"; expected a whole number from 7 to 3660.'],
  [['--seed', 'x'], '--seed is "x"; expected a whole number from 0 to 9007199254740991.'],
  [['--minis', '1'], '--minis is "1"; expected a whole number from 2 to 10000.'],
  [['--fast'], "Unknown option '--fast'"],
  [['--log', '/no/such/log.json'], 'There is no log /no/such/log.json.'],
])('%s ends with 2', (args, message) => {
  const { status, stdout, stderr } = fidelity(...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
});

interface Found {
  readonly quantiles: readonly {
    readonly feature: string;
    readonly lost: number;
    readonly distance: number;
  }[];
  readonly pages: readonly { readonly page: string; readonly simulated: number; readonly error: number }[];
  readonly totals: readonly { readonly name: string; readonly simulated: number }[];
  readonly minis: readonly { readonly name: string; readonly mean: number; readonly deviation: number }[];
  readonly cohorts: readonly {
    readonly cohort: string;
    readonly simulated: { readonly users: number; readonly lossShare: number };
  }[];
}

describe('what it finds in a log', () => {
  const START = Date.UTC(2018, 9, 1) / 1000;
  const plan: LogPlan = { seed: 4, users: 60, start: START, end: START + 30 * 86_400 };
  const found: Found = JSON.parse(
    fidelity('--users', '60', '--days', '30', '--seed', '4', '--minis', '2', '--json').stdout,
  );
  const world = worldOf(plan);
  const walked = listenersOf(plan).map((listener) => ({
    cohort: listener.walk.cohort,
    account: listener.account,
    rows: rowsOf(listener, world, plan),
  }));
  const rows = walked.flatMap((one) => one.rows);
  const isNamed = ({ state }: (typeof rows)[number]) =>
    state.auth === 'Logged In' || state.auth === 'Cancelled';
  const users = walked
    .filter(({ account }) => account >= 0)
    .map((one) => ({ ...one, rows: one.rows.filter(isNamed) }))
    .map((one) => ({ ...one, lost: Number(one.rows[one.rows.length - 1].state.auth === 'Cancelled') }));

  test('are the rank distances of features that plain code computes', () => {
    const csv = new URL('../../bench/fidelity/targets/full-user-quantiles.csv', import.meta.url);
    const targets = parseQuantiles(readFileSync(csv, 'utf8'));
    expect(targets).toHaveLength(94);
    const features = users.map((user) => ({ lost: user.lost, values: userFeatures(user.rows) }));
    targets.forEach((target, i) => {
      const values = features
        .filter(({ lost }) => lost === target.lost)
        .map((user) => user.values[target.feature]);
      const { feature, lost, distance } = found.quantiles[i];
      expect([feature, lost]).toEqual([target.feature, target.lost]);
      expect([feature, Math.abs(distance - rankDistance(values, target)) < 1e-9]).toEqual([feature, true]);
    });
  });

  test('are the shares of pages, and their standard errors as a ratio of sums over users has them', () => {
    const counts = countBy(rows, ({ state }) => state.page);
    for (const { page, simulated, error } of found.pages) {
      expect(simulated).toBeCloseTo((counts.get(page) ?? 0) / rows.length, 12);
      const named = users.map((user) => user.rows.filter(({ state }) => state.page === page).length);
      const totals = users.map((user) => user.rows.length);
      const share = sum(named) / sum(totals);
      const unnamed = (counts.get(page) ?? 0) - sum(named);
      const variance = unnamed + sum(named.map((count, i) => (count - share * totals[i]) ** 2));
      expect(error).toBeCloseTo(Math.sqrt(variance * (1 + 60 / 22_277)) / rows.length, 9);
    }
  });

  test('are the losses of the log and of each kind of listener', () => {
    const lost = sum(users.map((user) => user.lost));
    expect(found.totals.find(({ name }) => name === 'share of users lost')?.simulated).toBe(lost / 60);
    const kinds = ['typical', 'ad-heavy', 'grumpy', 'happy'];
    expect(found.cohorts.map(({ cohort }) => cohort)).toEqual(kinds);
    kinds.forEach((_, cohort) => {
      const some = users.filter((user) => user.cohort === cohort);
      expect(found.cohorts[cohort].simulated.users).toBe(some.length);
      expect(found.cohorts[cohort].simulated.lossShare).toBeCloseTo(
        sum(some.map((user) => user.lost)) / some.length,
        12,
      );
    });
  });

  test('are the mean and the deviation of mini logs of several seeds', () => {
    const rowsOfSeed = [1, 2].map((seed) => {
      const mini = { ...plan, seed, users: 225, end: START + 63 * 86_400 };
      const own = worldOf(mini);
      return sum(listenersOf(mini).map((listener) => rowsOf(listener, own, mini).length));
    });
    const [first, second] = rowsOfSeed;
    expect(found.minis[0]).toMatchObject({ name: 'rows', mean: (first + second) / 2 });
    expect(found.minis[0].deviation).toBeCloseTo(Math.abs(first - second) / Math.SQRT2, 6);
  });
});

test('the rank distance sees zeros, ties and shifts', async () => {
  const { largestDifference } = await benchModule<{
    largestDifference(
      values: Float64Array,
      zeroShare: number,
      points: readonly { name: string; share: number; value: number }[],
    ): { distance: number; at: string };
  }>('fidelity/quantiles.mjs');
  const values = Float64Array.of(0, 0, 1, 1, 1, 1, 1, 1, 2, 3);
  const median = [{ name: 'q50', share: 0.5, value: 1 }];
  expect(largestDifference(values, 0.2, median).distance).toBeCloseTo(0, 12);
  expect(largestDifference(values, 0.3, median)).toEqual({ distance: expect.closeTo(0.1, 12), at: 'zeros' });
  const high = [{ name: 'q90', share: 0.9, value: 1 }];
  expect(largestDifference(values, 0.2, high)).toEqual({ distance: expect.closeTo(0.1, 12), at: 'q90' });
  const beyond = [{ name: 'q50', share: 0.5, value: 10 }];
  expect(largestDifference(values, 0.2, beyond).distance).toBeCloseTo(0.5, 12);
});

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}
