import { beforeAll, describe, expect, test } from 'vitest';
import { sparkify } from '../../src/definition/sparkify.ts';
import { silentEffects } from '../../src/effects.ts';
import { createRandom } from '../../src/random.ts';
import { recordsOf } from '../../src/table/table.ts';
import { examplesOf, simulatedLog, withLedger } from '../features/as-of.ts';
import { row } from '../ingest/row.ts';

const day = 86_400_000;
const monday = Date.UTC(2018, 9, 1);
const hour = 3_600_000;

function ledgerOf(texts: readonly string[], threads = 1) {
  return withLedger(
    texts,
    async (engine) => recordsOf(await engine.query('select * from ledger order by "user", day')),
    sparkify,
    { ...silentEffects, threads },
  );
}

function lines(...rows: readonly Parameters<typeof row>[0][]): string {
  return rows.map((columns) => row(columns)).join('\n');
}

describe('the ledger hangs on the events alone', () => {
  let log: string[];
  let whole: readonly object[];

  beforeAll(async () => {
    const ties = ['paid', 'free', 'trial', null].flatMap((level, i) =>
      [3, 7].map((sessionId) =>
        row({ userId: '30', ts: monday + hour, sessionId, itemInSession: 5, level, song: `S${i}` }),
      ),
    );
    log = [...(await simulatedLog(10, 20, 8)).split('\n').filter((line) => line !== ''), ...ties];
    whole = await ledgerOf([log.join('\n')]);
  });

  test('and on no order of them, no number of files and no number of threads', async () => {
    const random = createRandom(6);
    for (const [files, threads] of [
      [2, 1],
      [3, 2],
      [7, 4],
    ]) {
      const order = Int32Array.from(log.keys());
      random.shuffle(order);
      const texts = Array.from({ length: files }, () => '');
      order.forEach((line, i) => {
        texts[i % files] += `${log[line]}\n`;
      });
      expect(await ledgerOf(texts, threads)).toEqual(whole);
    }
  });

  test('two halves of the log, in either order, give the ledger of the whole', async () => {
    const half = Math.floor(log.length / 2);
    const halves = [log.slice(0, half).join('\n'), log.slice(half).join('\n')];
    expect(await ledgerOf(halves)).toEqual(whole);
    expect(await ledgerOf(halves.reverse())).toEqual(whole);
  });

  test('lines of nobody and lines that stand twice add nothing', async () => {
    const more = [...log, ...log.slice(0, 50), row({ userId: '' }), row({ auth: 'Guest', userId: '9' })];
    expect(await ledgerOf([more.join('\n')])).toEqual(whole);
  });
});

describe('a row of the ledger', () => {
  test('holds the sums of a day, of a session that goes on over midnight too', async () => {
    const text = lines(
      { ts: monday + 22 * hour, sessionId: 1, artist: 'A', song: 'X', length: 100.5 },
      { ts: monday + 23 * hour, sessionId: 1, artist: 'A', song: 'Y', length: 0.00001 },
      { ts: monday + day + hour, sessionId: 1, artist: 'B', song: 'X', length: null, page: 'Thumbs Up' },
      {
        ts: monday + day + 3 * hour,
        sessionId: 2,
        artist: null,
        song: null,
        length: null,
        page: 'Roll Advert',
        level: 'free',
      },
      {
        ts: monday + 6 * day - 1,
        sessionId: 2,
        artist: null,
        song: null,
        length: null,
        page: 'Cancellation Confirmation',
      },
    );
    const rows = await ledgerOf([text]);
    const first = monday / day;
    expect(rows).toMatchObject([
      {
        user: '30',
        day: first,
        events: 2,
        n_play: 2,
        n_like: 0,
        duration: 10_050_001,
        paid_events: 2,
        sessions: 1,
      },
      { day: first + 1, events: 2, n_play: 0, n_like: 1, duration: 0, paid_events: 1, sessions: 1 },
      { day: first + 5, events: 0, sessions: 0, active_days: 1 },
    ]);
    expect(rows).toMatchObject([
      {
        session_ms: hour,
        gaps: 0,
        gap_s: 0,
        new_creators: 1,
        new_items: 2,
        night_events: 0,
        weekend_events: 0,
      },
      {
        session_ms: 2 * hour,
        gaps: 1,
        gap_s: 7200,
        gap_s_squared: 7200 ** 2,
        new_creators: 1,
        new_items: 0,
        night_events: 2,
      },
      {
        session_ms: 5 * day - 3 * hour - 1,
        new_creators: 0,
        weekend_events: 0,
        night_events: 0,
        paid_events: 0,
      },
    ]);
    expect(rows[0]).toMatchObject({
      first_time: monday + 22 * hour,
      last_time: monday + 23 * hour,
      last_play: monday + 23 * hour,
      last_like: null,
    });
    expect(rows[0]).toMatchObject({
      state: 'CA',
      device: 'computer',
      system: 'Windows',
      browser: 'Firefox',
      gender: 'M',
      registered: 1538173362000,
    });
    expect(Object.keys(rows[0])).not.toContain('agent');
    expect(Object.keys(rows[0])).not.toContain('location');
  });

  test('has the plan of the last event that knows one, by time, by position, and by name at last', async () => {
    const at = { ts: monday, sessionId: 1 };
    const planOf = async (...rows: readonly Parameters<typeof row>[0][]) =>
      (await ledgerOf([lines(...rows)]))[0].plan;
    expect(await planOf({ ...at, level: 'paid' }, { ...at, ts: monday + 1, level: 'free' })).toBe('free');
    expect(
      await planOf({ ...at, level: 'free', itemInSession: 2 }, { ...at, level: 'paid', itemInSession: 1 }),
    ).toBe('free');
    expect(await planOf({ ...at, level: 'paid' }, { ...at, level: 'free' })).toBe('paid');
    expect(await planOf({ ...at, level: 'paid' }, { ...at, sessionId: 2, level: 'free' })).toBe('paid');
    expect(await planOf({ ...at, level: 'free' }, { ...at, ts: monday + 1, level: null })).toBe('free');
    expect(await planOf({ ...at, level: null })).toBe(null);
    expect(
      await planOf(
        { ...at, level: 'free', itemInSession: -9e15 },
        { ...at, ts: monday + 1, level: 'paid', itemInSession: -9e15 },
      ),
    ).toBe('paid');
    expect(
      await planOf(
        { ...at, level: 'free', itemInSession: 9e15 },
        { ...at, ts: monday + 1, level: 'paid', itemInSession: 0 },
      ),
    ).toBe('paid');
  });

  test.each([
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 7_1_2 like Mac OS X) AppleWebKit/537.51.2 Version/7.0 Mobile/11D257 Safari/9537.53',
      ['phone', 'iOS', 'Safari'],
    ],
    [
      'Mozilla/5.0 (iPad; CPU OS 7_1_2 like Mac OS X) Mobile/11D257 Safari/9537.53',
      ['tablet', 'iOS', 'Safari'],
    ],
    [
      '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_4) Chrome/36.0.1985.143 Safari/537.36"',
      ['computer', 'macOS', 'Chrome'],
    ],
    [
      'Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko',
      ['computer', 'Windows', 'Internet Explorer'],
    ],
    ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:31.0) Firefox/31.0', ['computer', 'Linux', 'Firefox']],
    ['Mozilla/5.0 (Linux; Android 9) Chrome/99 Mobile', ['phone', 'Android', 'Chrome']],
    ['curl/8', ['other', 'other', 'other']],
    [null, [null, null, null]],
  ])('reads device, system and browser of %s', async (userAgent, expected) => {
    const [{ device, system, browser }] = await ledgerOf([row({ userAgent })]);
    expect([device, system, browser]).toEqual(expected);
  });

  test.each([
    ['New York-Newark-Jersey City, NY-NJ-PA', 'NY'],
    ['Bakersfield, CA', 'CA'],
    ['nowhere', null],
    ['', null],
    [null, null],
  ])('reads the state of %s', async (location, state) => {
    expect((await ledgerOf([row({ location })]))[0].state).toBe(state);
  });
});

test('the loss is in no count, so that no two features spell it out', async () => {
  const at = (hours: number) => ({ ts: monday + 5 * day + hours * hour });
  const text = lines(
    { ...at(1) },
    { ...at(2), song: 'Y' },
    { ...at(3), page: 'Cancellation Confirmation', song: null },
  );
  const { matrix, labels } = await examplesOf([text], [monday / day + 30], { kind: 'ever' });
  expect([...labels]).toEqual([1]);
  const value = (name: string) => matrix.columns[matrix.names.indexOf(name)][0];
  expect(value('events_all')).toBe(2);
  for (const share of ['paid_share_all', 'night_share_all', 'weekend_share_all'])
    expect(value(share)).toBe(1);
});
