import { describe, expect, test } from 'vitest';
import { definitionSchema } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { explore } from '../../src/explore/explore.ts';
import { recordsOf } from '../../src/table/table.ts';
import { withLedger } from '../features/as-of.ts';
import { row } from '../ingest/row.ts';
import { day, hour, monday } from './tiny-log.ts';

type Columns = Parameters<typeof row>[0];

function explored(events: readonly Columns[], definition = sparkify) {
  const text = events.map((columns) => row(columns)).join('\n');
  return withLedger([text], (engine) => explore(definition, engine), definition);
}

const visit = (userId: string, after: number, columns: Columns = {}): Columns => ({
  userId,
  ts: monday + after,
  ...columns,
});
const leave = (userId: string, after: number) => visit(userId, after, { page: 'Cancellation Confirmation' });

describe('what precedes a loss', () => {
  test('is the order of the last action of each role, those of one millisecond in the order of the definition', async () => {
    const { beforeLoss } = await explored([
      visit('early', day, { page: 'Downgrade' }),
      visit('early', 3 * day, { page: 'Thumbs Down' }),
      visit('early', 3 * day + 30_000),
      visit('early', 3 * day + 60_000, { page: 'Cancel' }),
      leave('early', 3 * day + 61_000),
      visit('early', 4 * day, { page: 'Roll Advert' }),
      visit('tied', hour, { page: 'Submit Downgrade' }),
      visit('tied', hour, { page: 'Downgrade' }),
      leave('tied', 2 * hour),
      leave('mute', 5 * hour),
      visit('stayed', hour, { page: 'Downgrade' }),
    ]);
    expect(beforeLoss.lost).toBe(3);
    expect(beforeLoss.paths).toEqual([
      { path: [], users: 1 },
      { path: ['downgrade', 'downgrade_visit'], users: 1 },
      { path: ['play', 'dislike', 'downgrade_visit'], users: 1 },
    ]);
    const of = (role: string) => beforeLoss.roles.find((one) => one.role === role);
    expect(of('downgrade_visit')).toMatchObject({ actions: 3, last: 0, ever: 2 });
    expect(of('downgrade_visit')?.within).toEqual([0, 0, 1, 1, 1, 2, 2, 2, 2]);
    expect(of('play')).toMatchObject({ actions: 1, last: 1, ever: 1, within: [1, 1, 1, 1, 1, 1, 1, 1, 1] });
    // statsmodels proportion_confint(1, 3, method='wilson')
    expect(of('downgrade')?.share.low).toBeCloseTo(0.06149194472039624, 12);
    expect(of('advert')).toMatchObject({ actions: 1, last: 0, ever: 0 });
  });

  test('is not what happens with the loss, which may have a role where another outcome takes its place', async () => {
    const events = [visit('a', 0), visit('a', hour, { page: 'Submit Downgrade' })];
    const { beforeLoss } = await withLedger(
      [events.map((columns) => row(columns)).join('\n')],
      async (engine) => {
        await engine.createTableAs('losses', `select 'a' as "user", ${monday + hour} as time`);
        return explore(sparkify, engine);
      },
    );
    expect(beforeLoss.paths).toEqual([{ path: ['play'], users: 1 }]);
  });

  test('is nothing where nobody is lost, and where no action has a role', async () => {
    const { beforeLoss } = await explored([visit('a', 0)]);
    expect(beforeLoss).toMatchObject({ lost: 0, paths: [] });
    expect(beforeLoss.roles[0].share.value).toBeNaN();
    const plain = definitionSchema.parse({ ...sparkify, roles: {}, outcomes: {} });
    expect((await explored([visit('a', 0), leave('a', hour)], plain)).beforeLoss).toEqual({
      lost: 1,
      roles: [],
      paths: [{ path: [], users: 1 }],
    });
  });
});

describe('cohorts', () => {
  test('are of users first seen in one ISO week, followed to the end of the log', async () => {
    const { cohorts } = await explored([
      visit('a', 0),
      visit('a', 15 * day),
      visit('b', 6.9 * day),
      leave('b', 7 * day),
      visit('b', 15 * day),
      visit('c', 14 * day),
      leave('c', 14 * day),
    ]);
    const week = { age: 0, complete: 1 };
    expect(cohorts).toEqual({
      period: 'week',
      rows: [
        { ...week, cohort: '2018-10-01', users: 2, active: 2, lost: 0 },
        { ...week, cohort: '2018-10-01', users: 2, age: 1, active: 1, lost: 1 },
        { ...week, cohort: '2018-10-01', users: 2, age: 2, active: 1, lost: 1, complete: 0 },
        { ...week, cohort: '2018-10-15', users: 1, active: 1, lost: 1, complete: 0 },
      ],
    });
  });

  test('of a log of years are of longer periods', async () => {
    const { cohorts } = await explored([
      visit('a', 0),
      visit('a', 100 * day),
      visit('b', 3 * 365 * day),
      visit('a', 3 * 365 * day),
    ]);
    expect(cohorts.period).toBe('quarter');
    expect(cohorts.rows).toHaveLength(13);
    expect(cohorts.rows.filter(({ active }) => active > 0).map(({ cohort, age }) => [cohort, age])).toEqual([
      ['2018-10-01', 0],
      ['2018-10-01', 1],
      ['2018-10-01', 11],
      ['2021-07-01', 0],
    ]);
  });
});

test('a loss without an event of its own is counted in the week and on the day that it falls on', async () => {
  const text = [visit('a', 0), visit('a', 2 * day), visit('b', 20 * day)]
    .map((columns) => row(columns))
    .join('\n');
  const { cohorts, tables } = await withLedger([text], async (engine) => {
    await engine.createTableAs('losses', `select 'a' as "user", ${monday + 9 * day} as time`);
    return explore(sparkify, engine);
  });
  expect(cohorts.rows.map(({ age, active, lost }) => [age, active, lost])).toEqual([
    [0, 1, 0],
    [1, 0, 1],
    [2, 0, 1],
    [0, 1, 0],
  ]);
  const coverage = tables.get('coverage');
  if (coverage === undefined) expect.fail('There is no table of the coverage.');
  expect(recordsOf(coverage).map((on) => Object.values(on))).toEqual([
    ['2018-10-01', 1, 1, 1, 0],
    ['2018-10-03', 1, 1, 1, 0],
    ['2018-10-10', 1, 0, 0, 1],
    ['2018-10-21', 2, 1, 1, 1],
  ]);
});

test('users count as seen of late for seven days', async () => {
  const { tables } = await explored([visit('a', 0), visit('b', 6 * day), visit('c', 7 * day)]);
  const coverage = tables.get('coverage');
  if (coverage === undefined) expect.fail('There is no table of the coverage.');
  expect(recordsOf(coverage).map(({ day: on, recent }) => [on, recent])).toEqual([
    ['2018-10-01', 1],
    ['2018-10-07', 2],
    ['2018-10-08', 2],
  ]);
});

test('staying is compared by the values of each attribute, the largest groups first', async () => {
  const { lifetimes } = await explored([
    visit('a', 0, { gender: 'F' }),
    { ...leave('a', 5 * day), gender: 'F' },
    visit('b', 0, { gender: 'F' }),
    visit('c', 0, { gender: 'M' }),
    visit('b', 9 * day, { gender: 'F' }),
    visit('d', 0, { gender: null }),
  ]);
  const gender = lifetimes.byAttribute.find(({ attribute }) => attribute === 'gender');
  expect(gender?.groups).toMatchObject([
    { value: 'F', users: 2, lost: 1, curve: [{ day: 5, atRisk: 2, lost: 1 }, { day: 9 }] },
    { value: 'M', users: 1, lost: 0, curve: [{ day: 9, atRisk: 1, lost: 0 }] },
  ]);
  expect(gender?.test).toMatchObject({ degrees: 1 });
  // lifelines.statistics.logrank_test of durations 5, 9, 9 with the first alone lost
  expect(gender?.test.chiSquare).toBeCloseTo(0.5, 12);
  expect(lifetimes.byAttribute.map(({ attribute }) => attribute)).toEqual(['gender']);
});
