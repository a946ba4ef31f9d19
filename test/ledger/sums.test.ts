import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { sparkify } from '../../src/definition/sparkify.ts';
import { type Cell, recordsOf } from '../../src/table/table.ts';
import { eventsByUser, examplesOf, readRealLog, simulatedLog, withLedger } from '../features/as-of.ts';
import type { NaiveEvent } from '../features/naive-features.ts';
import { row } from '../ingest/row.ts';

const day = 86_400_000;
const hour = 3_600_000;
const monday = Date.UTC(2018, 9, 1);

type Rows = readonly Readonly<Record<string, Cell>>[];

function ledgerOf(lines: readonly string[]): Promise<Rows> {
  return withLedger([lines.join('\n')], async (engine) =>
    recordsOf(await engine.query('select * from ledger order by "user", day')),
  );
}

const rowsOf = (...rows: readonly Parameters<typeof row>[0][]) =>
  ledgerOf(rows.map((columns) => row(columns)));

const byKey = (a: Rows[number], b: Rows[number]) => (key(a) < key(b) ? -1 : 1);
const key = ({ user, day }: Rows[number]) => `${user} ${day}`;

test('the ledgers of some users and of the others are together the ledger of all', async () => {
  const lines = (await simulatedLog(8, 12, 3)).split('\n').filter((line) => line !== '');
  const whole = [...(await ledgerOf(lines))].sort(byKey);
  const users = [...new Set(lines.map((line) => String(JSON.parse(line).userId)))];
  await fc.assert(
    fc.asyncProperty(fc.subarray(users, { minLength: 1, maxLength: users.length - 1 }), async (some) => {
      const isSome = (line: string) => some.includes(String(JSON.parse(line).userId));
      const parts = await Promise.all([
        ledgerOf(lines.filter(isSome)),
        ledgerOf(lines.filter((line) => !isSome(line))),
      ]);
      expect(parts.flat().sort(byKey)).toEqual(whole);
    }),
    { numRuns: 4, seed: 7 },
  );
});

describe.each([
  ['a real log', readRealLog],
  ['a simulated log, whose users leave', () => simulatedLog(20, 30, 12)],
])('over the days of %s', (_, read) => {
  let rows: Rows;
  let users: NaiveEvent[][];
  let events: NaiveEvent[];

  beforeAll(async () => {
    const text = await read();
    rows = await ledgerOf([text]);
    users = [...eventsByUser(text).values()];
    events = users.flat();
  });

  const sum = (name: string) => rows.reduce((total, one) => total + Number(one[name]), 0);

  test('counts of actions add up to the events', () => {
    const { loss, roles } = sparkify;
    expect(sum('events')).toBe(events.filter(({ action }) => !loss.actions.includes(action)).length);
    for (const [role, actions] of Object.entries(roles)) {
      const count = events.filter(({ action }) => actions.includes(action)).length;
      expect([role, sum(`n_${role}`)]).toEqual([role, count]);
    }
  });

  test('durations add up to the 10 µs', () => {
    const units = events.reduce((total, { length }) => total + Math.round(length * 100_000), 0);
    expect(sum('duration')).toBe(units);
  });

  test('each session has begun once, its time is that from its first to its last event', () => {
    const sessions = new Map<string, number[]>();
    for (const { user, session, time } of events) {
      const id = `${user} ${session}`;
      sessions.set(id, [...(sessions.get(id) ?? []), time]);
    }
    const times = [...sessions.values()];
    expect(sum('sessions')).toBe(times.length);
    expect(sum('session_ms')).toBe(
      times.reduce((total, own) => total + Math.max(...own) - Math.min(...own), 0),
    );
    expect(sum('gaps')).toBe(times.length - users.length);
  });

  test('every creator and item is new to each of its users once', () => {
    const met = (of: 'creator' | 'item') =>
      new Set(events.filter((event) => event[of] !== null).map((event) => `${event.user} ${event[of]}`)).size;
    expect(sum('new_creators')).toBe(met('creator'));
    expect(sum('new_items')).toBe(met('item'));
  });

  test('there is a row a user and UTC day with an event', () => {
    const days = new Set(events.map(({ user, time }) => `${user} ${Math.floor(time / day)}`));
    expect(rows.map(key).sort()).toEqual([...days].sort());
    expect(sum('active_days')).toBe(days.size);
  });
});

describe('a session', () => {
  test('over two midnights began once; its time is of the day that ends it', async () => {
    const session = { sessionId: 1 };
    expect(
      await rowsOf(
        { ...session, ts: monday + 20 * hour },
        { ...session, ts: monday + 3 * day + hour },
        { ...session, ts: monday + 3 * day + 2 * hour },
      ),
    ).toMatchObject([
      { day: monday / day, sessions: 1, session_ms: 0, gaps: 0 },
      { day: monday / day + 3, sessions: 0, session_ms: 2 * day + 6 * hour, gaps: 0 },
    ]);
  });

  test('whose id two users share is one of each', async () => {
    expect(
      await rowsOf(
        { userId: 'a', sessionId: 7, ts: monday },
        { userId: 'b', sessionId: 7, ts: monday + hour },
        { userId: 'a', sessionId: 7, ts: monday + 2 * hour },
      ),
    ).toMatchObject([
      { user: 'a', sessions: 1, session_ms: 2 * hour, gaps: 0 },
      { user: 'b', sessions: 1, session_ms: 0, gaps: 0 },
    ]);
  });

  test('that begins before the last one ends comes after no gap', async () => {
    const rows = await rowsOf(
      { sessionId: 1, ts: monday },
      { sessionId: 1, ts: monday + 2 * hour },
      { sessionId: 2, ts: monday + hour },
    );
    expect(rows).toMatchObject([{ sessions: 2, gaps: 1, gap_s: 0, gap_s_squared: 0 }]);
  });

  test('that begins half a century after the last one comes after a gap of nine years, and nothing overflows', async () => {
    const lines = [2000, 2049, 2099].map((year, sessionId) => row({ sessionId, ts: Date.UTC(year, 0, 1) }));
    const { matrix } = await examplesOf([lines.join('\n')], [Date.UTC(2099, 0, 2) / day]);
    const value = (name: string) => matrix.columns[matrix.names.indexOf(name)][0];
    expect(value('gap_hours_mean')).toBe(280_000_000 / 3600);
    expect(value('gap_hours_sd')).toBe(0);
  });
});

test('one event makes one row, with nothing between events', async () => {
  expect(await rowsOf({ ts: monday })).toMatchObject([
    {
      ...{ user: '30', day: monday / day, events: 1, active_days: 1, sessions: 1, session_ms: 0 },
      ...{ gaps: 0, gap_s: 0, gap_s_squared: 0, first_time: monday, last_time: monday },
    },
  ]);
});

test('a creator is new on the day of its first event alone, to each user anew, and null never', async () => {
  const rows = await rowsOf(
    { userId: 'a', ts: monday, artist: 'A', song: 'X' },
    { userId: 'a', ts: monday, artist: 'B', song: 'X' },
    { userId: 'a', ts: monday + day, artist: 'A', song: 'Y' },
    { userId: 'a', ts: monday + day, artist: null, song: null },
    { userId: 'b', ts: monday + day, artist: 'A', song: 'Y' },
  );
  expect(rows).toMatchObject([
    { user: 'a', new_creators: 2, new_items: 1 },
    { user: 'a', new_creators: 0, new_items: 1 },
    { user: 'b', new_creators: 1, new_items: 1 },
  ]);
});

test('a user of several systems on one day uses each of them', async () => {
  const lines = [
    row({ ts: monday, sessionId: 1, userAgent: 'Mozilla/5.0 (Windows NT 6.1) Firefox/31.0' }),
    row({ ts: monday + hour, sessionId: 2, userAgent: 'Mozilla/5.0 (iPhone) Mobile Safari' }),
    row({ ts: monday + 2 * hour, sessionId: 3, userAgent: 'Mozilla/5.0 (Macintosh) Safari' }),
    row({ ts: monday + 3 * hour, sessionId: 4, userAgent: null }),
  ];
  const { matrix } = await examplesOf([lines.join('\n')], [monday / day + 1]);
  const value = (name: string) => matrix.columns[matrix.names.indexOf(name)][0];
  expect(value('is_on_windows')).toBe(1);
  expect(value('is_on_phone_or_tablet')).toBe(1);
  expect(value('is_on_mac')).toBe(1);
  expect(value('is_on_linux')).toBe(0);
});

test('a user without an agent is on nothing known', async () => {
  const { matrix } = await examplesOf([row({ ts: monday, userAgent: null })], [monday / day + 1]);
  for (const name of ['is_on_windows', 'is_on_phone_or_tablet', 'is_on_mac', 'is_on_linux']) {
    expect([name, matrix.columns[matrix.names.indexOf(name)][0]]).toEqual([name, Number.NaN]);
  }
});
