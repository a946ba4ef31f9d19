import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { sparkify } from '../../src/definition/sparkify.ts';
import type { ExampleRows } from '../../src/features/examples.ts';
import { eventsByUser, examplesOf, readRealLog, simulatedLog } from './as-of.ts';
import { naiveFeatures } from './naive-features.ts';

const day = 86_400_000;

describe('features as of a day are what the events before it give', () => {
  test('on days of a real log', async () => {
    const text = await readRealLog();
    const first = Date.UTC(2018, 10, 1) / day;
    await expectNaive(text, [first + 1, first + 4, first + 11, first + 18, first + 40]);
  });

  test('on a simulated log, whose users leave', async () => {
    const text = await simulatedLog(14, 45, 12);
    const first = Date.UTC(2018, 9, 1) / day;
    const rows = await expectNaive(text, [first + 1, first + 8, first + 20, first + 33, first + 45]);
    expect(rows.labels.some((label) => label === 1)).toBe(true);
  });
});

async function expectNaive(text: string, cutoffs: readonly number[]): Promise<ExampleRows> {
  const rows = await examplesOf([text], cutoffs);
  const users = eventsByUser(text);
  const expectedRows = cutoffs.flatMap((cutoff) =>
    [...users].flatMap(([user, events]) => {
      const isSeen = events.some(({ time }) => time < cutoff * day);
      const loss = events.find(({ action }) => sparkify.loss.actions.includes(action))?.time ?? Infinity;
      const from = (cutoff + 1) * day;
      const label = Number(loss >= from && loss < from + 14 * day);
      return isSeen && loss >= cutoff * day ? [{ user, cutoff, label, events }] : [];
    }),
  );
  expectedRows.sort((a, b) => a.cutoff - b.cutoff || (a.user < b.user ? -1 : 1));
  expect(rows.users).toEqual(expectedRows.map(({ user }) => user));
  expect([...rows.cutoffs]).toEqual(expectedRows.map(({ cutoff }) => cutoff));
  expect([...rows.labels]).toEqual(expectedRows.map(({ label }) => label));
  const naive = expectedRows.map(({ events, cutoff }) => naiveFeatures(events, cutoff, sparkify));
  expect(rows.matrix.names.filter((name) => !(name in naive[0]))).toEqual([]);
  rows.matrix.names.forEach((name, j) => {
    naive.forEach((expected, row) => {
      const { user, cutoff } = expectedRows[row];
      expectClose(rows.matrix.columns[j][row], expected[name], `${name} of ${user} as of day ${cutoff}`);
    });
  });
  return rows;
}

/** Whole numbers exactly, others to 1e-12 of their size; the deviation of gaps, a difference of large squares, to 1e-9. */
function expectClose(value: number, expected: number, what: string): void {
  const tolerance = what.startsWith('gap_hours_sd') ? 1e-9 : Number.isInteger(expected) ? 0 : 1e-12;
  const isClose =
    Object.is(value, expected) || Math.abs(value - expected) <= tolerance * Math.max(1, Math.abs(expected));
  if (!isClose) expect.fail(`${what} is ${value}; expected ${expected}.`);
}

describe('no feature as of a day sees that day or a later one', () => {
  let lines: string[];
  let cutoff: number;
  let features: ReadonlyMap<string, string>;

  beforeAll(async () => {
    lines = (await simulatedLog(8, 24, 5)).split('\n').filter((line) => line !== '');
    cutoff = Date.UTC(2018, 9, 1) / day + 12;
    features = byName(await examplesOf([lines.join('\n')], [cutoff]));
  });

  test.each([
    ['deleting it', () => []],
    ['moving it to the first moment of the day', (row: Row) => [{ ...row, ts: cutoff * day }]],
    ['giving it to another user', (row: Row) => [{ ...row, userId: '1' }]],
    ['turning it into the loss', (row: Row) => [{ ...row, page: 'Cancellation Confirmation' }]],
    [
      'changing what it knows of its user',
      (row: Row) => [
        {
          ...row,
          gender: 'F',
          registration: 1400000000000,
          userAgent: 'iPad',
          location: 'X, YZ',
          level: 'paid',
        },
      ],
    ],
    ['a second one like it an hour later', (row: Row) => [row, { ...row, ts: row.ts + 3_600_000 }]],
  ])('%s changes none', async (_, change) => {
    await expectUnchanged(lines.flatMap((line) => changed(line, change)));
  });

  test('any change to later events changes none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(later), async (changes) => {
        await expectUnchanged(
          lines.flatMap((line) => changed(line, (row) => rowsAfter(row, changes.next().value, cutoff * day))),
        );
      }),
      { numRuns: 8, seed: 3 },
    );
  });

  function changed(line: string, change: (row: Row) => readonly object[]): string[] {
    const row: Row = JSON.parse(line);
    return row.ts < cutoff * day ? [line] : change(row).map((one) => JSON.stringify(one));
  }

  /** Compares by feature name and user, so that a failure names the feature that saw the future. */
  async function expectUnchanged(changedLines: readonly string[]): Promise<void> {
    const now = byName(await examplesOf([changedLines.join('\n')], [cutoff]));
    const differing = [...features.keys()].filter((name) => now.get(name) !== features.get(name));
    expect(differing).toEqual([]);
    expect(now.size).toBe(features.size);
  }
});

interface Row {
  readonly [column: string]: unknown;
  readonly ts: number;
}

/** Each feature's values with their users, as text. */
function byName({ users, matrix }: ExampleRows): ReadonlyMap<string, string> {
  return new Map(
    matrix.names.map((name, j) => [
      name,
      users.map((user, row) => `${user}: ${matrix.columns[j][row]}`).join('\n'),
    ]),
  );
}

const later = fc.record({
  keep: fc.boolean(),
  copies: fc.nat({ max: 2 }),
  after: fc.nat({ max: 30 * day }),
  columns: fc.record(
    {
      userId: fc.constantFrom('', '1', 'new'),
      sessionId: fc.nat({ max: 50 }),
      page: fc.constantFrom(
        'NextSong',
        'Thumbs Down',
        'Submit Downgrade',
        'Cancellation Confirmation',
        'Roll Advert',
      ),
      level: fc.constantFrom('free', 'paid', null),
      auth: fc.constantFrom('Logged In', 'Logged Out', 'Cancelled'),
      itemInSession: fc.nat({ max: 100_000 }),
      artist: fc.constantFrom('A', null),
      song: fc.constantFrom('S', null),
      length: fc.double({ min: 0, max: 4000, noNaN: true }),
      registration: fc.integer({ min: 1_200_000_000_000, max: 1_900_000_000_000 }),
      gender: fc.constantFrom('F', 'M', 'X', null),
      userAgent: fc.constantFrom('iPad', 'Windows', null),
    },
    { requiredKeys: [] },
  ),
});

function rowsAfter(row: Row, change: typeof later extends fc.Arbitrary<infer T> ? T : never, from: number) {
  const copies = Array.from({ length: change.copies }, (_, i) => ({
    ...row,
    ...change.columns,
    ts: from + ((row.ts - from + (i + 1) * change.after) % (60 * day)),
  }));
  return change.keep ? [row, ...copies] : copies;
}
