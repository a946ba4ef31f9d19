import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { STATES } from '../../src/simulate/states.ts';
import { step } from '../../src/simulate/walk.ts';
import { listenersOf, worldOf } from './naive-log.ts';

/** The page views of the real mini log, 286,500 rows of 225 users, as public projects have printed them. */
const REAL_PAGES = {
  NextSong: 228108,
  Home: 14457,
  'Thumbs Up': 12551,
  'Add to Playlist': 6526,
  'Add Friend': 4277,
  'Roll Advert': 3933,
  Login: 3241,
  Logout: 3226,
  'Thumbs Down': 2546,
  Downgrade: 2055,
  Help: 1726,
  Settings: 1514,
  About: 924,
  Upgrade: 499,
  'Save Settings': 310,
  Error: 258,
  'Submit Upgrade': 159,
  'Submit Downgrade': 63,
  Cancel: 52,
  'Cancellation Confirmation': 52,
  Register: 18,
  'Submit Registration': 5,
};
/** Songs of the real mini log by hour of the day, UTC. */
const REAL_HOURS = [
  9062, 8388, 8336, 8355, 8147, 8178, 8054, 8091, 8253, 8498, 8882, 8830, 9326, 9644, 10494, 11354, 11636,
  11460, 11124, 10930, 10856, 10458, 10122, 9630,
];
const REAL_ROWS = 286_500;

test('the mini log of seed 1 has the totals of the real one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
  const out = join(folder, 'mini.json');
  const log = await simulate({ size: 'mini', seed: 1, out }, silentEffects).finally(() =>
    rm(folder, { recursive: true }),
  );
  expect(Math.abs(log.rows / REAL_ROWS - 1)).toBeLessThan(0.02);
  expect(Math.abs(log.bytes / 128_477_301 - 1)).toBeLessThan(0.02);
  expect(log.users).toBe(225);
  expect(Math.abs(log.lost - 52)).toBeLessThanOrEqual(5);
  expect(Object.keys(log.pages).sort()).toEqual(Object.keys(REAL_PAGES).sort());
  for (const [page, count] of Object.entries(REAL_PAGES)) {
    const expected = (count * log.rows) / REAL_ROWS;
    const tolerance = Math.max(0.1 * expected, 3 * Math.sqrt(2 * expected));
    expect([page, Math.abs(log.pages[page] - expected) <= tolerance]).toEqual([page, true]);
  }
  const share = (count: number) => count / log.rows;
  expect(share(log.levels.paid)).toBeCloseTo(228_162 / REAL_ROWS, 1);
  expect(share(log.auths['Logged Out'])).toBeCloseTo(8_249 / REAL_ROWS, 2);
  expect(share(log.auths.Guest)).toBeCloseTo(97 / REAL_ROWS, 3);
  expect(share(log.statuses['307'])).toBeCloseTo(26_430 / REAL_ROWS, 2);
  expect(share(log.statuses['404'])).toBeCloseTo(258 / REAL_ROWS, 3);
  expect(share(log.methods.PUT)).toBeCloseTo(261_064 / REAL_ROWS, 2);
});

test('songs are heard at the hours of the real log, and half as often on weekends', () => {
  const start = Date.UTC(2018, 9, 1) / 1000;
  const plan = { seed: 1, start, end: start + 63 * 86_400, users: 900 };
  const world = worldOf(plan);
  const hours = new Array<number>(24).fill(0);
  const weekdays = new Array<number>(7).fill(0);
  for (const { walk } of listenersOf(plan)) {
    do {
      if (walk.time >= plan.end) break;
      if (STATES[walk.state].page !== 'NextSong') continue;
      hours[Math.floor(walk.time / 3600) % 24]++;
      weekdays[(Math.floor(walk.time / 86_400) + 4) % 7]++;
    } while (step(walk, world));
  }
  const songs = hours.reduce((a, b) => a + b, 0);
  REAL_HOURS.forEach((count, hour) => {
    expect(Math.abs(hours[hour] / songs / (count / 228_108) - 1)).toBeLessThan(0.12);
  });
  const [sunday, , , , , , saturday] = weekdays;
  expect(sunday / songs).toBeCloseTo(17_370 / 228_108, 1);
  expect(saturday / songs).toBeCloseTo(23_046 / 228_108, 1);
});
