import { beforeAll, describe, expect, test } from 'vitest';
import type { Definition } from '../../src/definition/schema.ts';
import { definitionSchema } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { type Exploration, explore } from '../../src/explore/explore.ts';
import { recordsOf } from '../../src/table/table.ts';
import { withLedger } from '../features/as-of.ts';
import { row } from '../ingest/row.ts';
import { monday, tinyLog } from './tiny-log.ts';

function explored(lines: readonly string[], definition: Definition = sparkify): Promise<Exploration> {
  return withLedger([lines.join('\n')], (engine) => explore(definition, engine), definition);
}

/** A table as lists of cells, in the order of its columns. */
function cells({ tables }: Exploration, name: string) {
  const table = tables.get(name);
  if (table === undefined) expect.fail(`There is no table "${name}": ${[...tables.keys()].join(', ')}.`);
  return recordsOf(table).map((record) => Object.values(record));
}

describe('the statistics of a log', () => {
  let tiny: Exploration;

  beforeAll(async () => {
    tiny = await explored(tinyLog);
  });

  test('count rows, those of nobody and users by action, the most frequent first, then by name', () => {
    expect(cells(tiny, 'rows_by_action')).toEqual([
      ['NextSong', 5, 0, 3],
      ['Cancellation Confirmation', 1, 0, 1],
      ['Home', 1, 1, 0],
      ['Thumbs Up', 1, 0, 1],
    ]);
    expect(tiny.tables.get('rows_by_action')?.names).toEqual(['action', 'n_rows', 'anonymous_rows', 'users']);
  });

  test('count rows by plan and by the other dimensions', () => {
    expect(cells(tiny, 'rows_by_plan')).toEqual([
      ['free', 4, 1, 2],
      ['paid', 4, 0, 1],
    ]);
    expect(cells(tiny, 'rows_by_auth')).toEqual([
      ['Logged In', 6, 0, 3],
      ['Cancelled', 1, 0, 1],
      ['Logged Out', 1, 1, 0],
    ]);
    expect(cells(tiny, 'rows_by_status')).toEqual([
      ['200', 7, 1, 3],
      ['307', 1, 0, 1],
    ]);
    expect(cells(tiny, 'rows_by_method')).toEqual([
      ['PUT', 6, 0, 3],
      ['GET', 2, 1, 1],
    ]);
  });

  test('count events, users, plays and losses by UTC hour, ISO weekday and day, without nobody', () => {
    expect(cells(tiny, 'by_hour')).toEqual([
      [0, 1, 1, 1, 0],
      [8, 3, 1, 2, 0],
      [9, 1, 1, 0, 1],
      [12, 1, 1, 1, 0],
      [23, 1, 1, 1, 0],
    ]);
    expect(cells(tiny, 'by_weekday')).toEqual([
      [1, 3, 1, 2, 0],
      [3, 1, 1, 0, 1],
      [6, 1, 1, 1, 0],
      [7, 2, 2, 2, 0],
    ]);
    expect(cells(tiny, 'by_weekday_and_hour')).toEqual([
      [1, 8, 3],
      [3, 9, 1],
      [6, 23, 1],
      [7, 0, 1],
      [7, 12, 1],
    ]);
    expect(cells(tiny, 'by_day')).toEqual([
      ['2018-10-01', 3, 1, 2, 0],
      ['2018-10-03', 1, 1, 0, 1],
      ['2018-10-06', 1, 1, 1, 0],
      ['2018-10-07', 2, 2, 2, 0],
    ]);
  });

  test('count users, events but the loss, and plays by day and the plan at its end', () => {
    expect(tiny.tables.get('by_day_and_plan')?.names).toEqual(['day', 'plan', 'users', 'events', 'plays']);
    expect(cells(tiny, 'by_day_and_plan')).toEqual([
      ['2018-10-01', 'paid', 1, 3, 2],
      ['2018-10-03', 'paid', 1, 0, 0],
      ['2018-10-06', 'free', 1, 1, 1],
      ['2018-10-07', 'free', 2, 2, 2],
    ]);
  });

  test('count users by when they were last seen, those lost no longer among the seen of late', () => {
    expect(tiny.tables.get('coverage')?.names).toEqual(['day', 'seen', 'active', 'recent', 'lost']);
    expect(cells(tiny, 'coverage')).toEqual([
      ['2018-10-01', 1, 1, 1, 0],
      ['2018-10-03', 1, 0, 0, 1],
      ['2018-10-06', 2, 1, 1, 1],
      ['2018-10-07', 3, 2, 2, 1],
    ]);
  });

  test('count users, losses and events by attribute, the unknown at last', () => {
    expect(cells(tiny, 'users_by_gender')).toEqual([
      ['F', 1, 1, 3],
      ['M', 1, 0, 2],
      [null, 1, 0, 1],
    ]);
    expect(cells(tiny, 'users_by_plan')).toEqual([
      ['free', 2, 0, 3],
      ['paid', 1, 1, 3],
    ]);
    expect(cells(tiny, 'users_by_device')).toEqual([
      ['computer', 1, 1, 3],
      ['phone', 1, 0, 2],
      [null, 1, 0, 1],
    ]);
    expect(cells(tiny, 'users_by_system')).toEqual([
      ['Windows', 1, 1, 3],
      ['iOS', 1, 0, 2],
      [null, 1, 0, 1],
    ]);
    expect(cells(tiny, 'users_by_browser')).toEqual([
      ['Firefox', 1, 1, 3],
      ['Safari', 1, 0, 2],
      [null, 1, 0, 1],
    ]);
    expect(cells(tiny, 'users_by_state')).toEqual([
      ['CA', 1, 1, 3],
      ['NY', 1, 0, 2],
      [null, 1, 0, 1],
    ]);
    expect(cells(tiny, 'users_by_registration_month')).toEqual([
      ['2018-08', 1, 0, 2],
      ['2018-09', 1, 1, 3],
      [null, 1, 0, 1],
    ]);
  });

  test('count nulls of each declared column over all rows, an empty user among them', () => {
    expect(cells(tiny, 'nulls')).toEqual([
      ['userId', 1, 1 / 8],
      ['ts', 0, 0],
      ['sessionId', 0, 0],
      ['page', 0, 0],
      ['registration', 2, 2 / 8],
      ['length', 3, 3 / 8],
      ['itemInSession', 0, 0],
      ['level', 0, 0],
      ['song', 3, 3 / 8],
      ['artist', 3, 3 / 8],
      ['gender', 2, 2 / 8],
      ['location', 2, 2 / 8],
      ['userAgent', 2, 2 / 8],
      ['auth', 0, 0],
      ['status', 0, 0],
      ['method', 0, 0],
    ]);
  });

  test('name what is played most, ties in the order of names', () => {
    expect(cells(tiny, 'top_creators')).toEqual([
      ['A', 3, 2],
      ['B', 2, 2],
    ]);
    expect(cells(tiny, 'top_items')).toEqual([
      ['A', 'X', 2, 2],
      ['B', 'Y', 2, 2],
      ['A', 'Z', 1, 1],
    ]);
  });

  test('set what the lost did beside what those who stayed did', () => {
    const of = (measure: string, outcome: string) =>
      tiny.behaviour.find((one) => one.measure === measure && one.outcome === outcome);
    expect(of('hours in sessions', 'lost')).toEqual({
      measure: 'hours in sessions',
      unit: 'h',
      outcome: 'lost',
      users: 1,
      mean: 0.25,
      sd: Number.NaN,
      ...{ min: 0.25, q05: 0.25, q25: 0.25, q50: 0.25, q75: 0.25, q95: 0.25, max: 0.25 },
    });
    expect(of('hours in sessions', 'stayed')).toEqual({
      measure: 'hours in sessions',
      unit: 'h',
      outcome: 'stayed',
      users: 2,
      mean: 0.5,
      sd: Math.SQRT1_2,
      ...{ min: 0, q05: 0.05, q25: 0.25, q50: 0.5, q75: 0.75, q95: 0.95, max: 1 },
    });
    expect(of('sessions', 'lost')).toMatchObject({ mean: 2 });
    expect(of('active days', 'stayed')).toMatchObject({ mean: 1.5, max: 2 });
    expect(of('plays', 'stayed')).toMatchObject({ min: 1, max: 2 });
    expect(of('likes', 'lost')).toMatchObject({ mean: 1 });
    expect(of('days from first to last event', 'lost')).toMatchObject({ mean: 49 / 24 });
    expect(of('days from registration to last event', 'lost')).toMatchObject({ mean: 32 + 9 / 24 });
    expect(of('days from registration to last event', 'stayed')).toMatchObject({ users: 1 });
  });
});

test('quantiles, mean and deviation are those of numpy', async () => {
  const sessions = [1, 2, 4, 8, 16];
  const lines = sessions.flatMap((n, user) =>
    Array.from({ length: n }, (_, i) => row({ userId: `u${user}`, ts: monday + i, sessionId: i })),
  );
  const { behaviour } = await explored(lines);
  const stayed = behaviour.find(({ measure, outcome }) => measure === 'sessions' && outcome === 'stayed');
  expect(stayed).toMatchObject({ users: 5, mean: 6.2, min: 1, q25: 2, q50: 4, q75: 8, max: 16 });
  expect(stayed?.q05).toBeCloseTo(1.2, 12);
  expect(stayed?.q95).toBeCloseTo(14.4, 12);
  expect(stayed?.sd).toBeCloseTo(6.099180272790763, 12);
  const lost = behaviour.find(({ measure, outcome }) => measure === 'sessions' && outcome === 'lost');
  expect(lost).toMatchObject({
    users: 0,
    mean: Number.NaN,
    sd: Number.NaN,
    min: Number.NaN,
    q50: Number.NaN,
  });
});

test('of the creators the fifty most played are named, ties in the order of names', async () => {
  const lines = Array.from({ length: 60 }, (_, i) =>
    row({ ts: monday + i, artist: `artist ${String(i).padStart(2, '0')}`, song: 'S' }),
  ).reverse();
  const names = cells(await explored(lines), 'top_creators').map(([name]) => name);
  expect(names).toEqual(Array.from({ length: 50 }, (_, i) => `artist ${String(i).padStart(2, '0')}`));
});

test('a log with four columns has the statistics that they can give', async () => {
  const least = definitionSchema.parse({
    name: 'gym',
    columns: { user: 'member', time: { column: 'at', unit: 's' }, session: 'visit', action: 'what' },
    loss: { actions: ['quit'] },
  });
  const exploration = await explored(
    ['come', 'quit'].map((what, i) => JSON.stringify({ member: 1, at: monday / 1000 + i, visit: i, what })),
    least,
  );
  expect([...exploration.tables.keys()]).toEqual([
    'rows_by_action',
    'by_hour',
    'by_weekday',
    'by_weekday_and_hour',
    'by_day',
    'coverage',
    'nulls',
  ]);
  expect(cells(exploration, 'by_hour')).toEqual([[0, 2, 1, 0, 1]]);
  expect([...new Set(exploration.behaviour.map(({ measure }) => measure))]).toEqual([
    'sessions',
    'hours in sessions',
    'active days',
    'days from first to last event',
  ]);
});

test('names of dimensions that hold quotes, and values of every kind, do no harm', async () => {
  const definition = definitionSchema.parse({ ...sparkify, dimensions: [`o'clock "x"`] });
  const exploration = await explored([row({ 'o\'clock "x"': `'; drop table log --` }), row()], definition);
  expect(cells(exploration, 'rows_by_o_clock_x_')).toEqual([
    [`'; drop table log --`, 1, 0, 1],
    [null, 1, 0, 1],
  ]);
  expect(cells(exploration, 'nulls').at(-1)).toEqual([`o'clock "x"`, 1, 0.5]);
});

test('dimensions whose names would make one file name have a file each', async () => {
  const definition = definitionSchema.parse({
    ...sparkify,
    dimensions: ['method', 'met-hod', 'met hod', 'action', 'users', '地区', '状态'],
  });
  const { tables } = await explored([row({ action: 'a', users: 'u', 地区: 'd' })], definition);
  const names = [...tables.keys()].filter((name) => name.startsWith('rows_by_'));
  expect(names).toEqual([
    'rows_by_action',
    'rows_by_plan',
    'rows_by_method',
    'rows_by_met_hod',
    'rows_by_met_hod_2',
    'rows_by_action_2',
    'rows_by_users_2',
    'rows_by__',
    'rows_by___2',
  ]);
  expect(tables.get('rows_by_users_2')?.names).toEqual(['users_2', 'n_rows', 'anonymous_rows', 'users']);
});
