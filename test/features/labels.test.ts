import { describe, expect, test } from 'vitest';
import type { Label } from '../../src/features/examples.ts';
import { row } from '../ingest/row.ts';
import { examplesOf } from './as-of.ts';

const day = 86_400_000;
const monday = Date.UTC(2018, 9, 1);
const firstDay = monday / day;

/** As of Thursday, 11 October; a loss counts on the days from 12 to 18 October. */
const cutoff = firstDay + 10;
const week: Label = { kind: 'window', leadDays: 1, horizonDays: 7 };
const start = (cutoff + 1) * day;
const end = (cutoff + 8) * day;

/** Examples of users seen on Monday, 1 October, each lost at the time given by name. */
async function labelsOf(losses: Readonly<Record<string, number>>, label: Label = week, cutoffs = [cutoff]) {
  const rows = Object.entries(losses).flatMap(([userId, ts]) => [
    row({ userId, ts: monday }),
    ...(Number.isFinite(ts) ? [row({ userId, ts, page: 'Cancellation Confirmation' })] : []),
  ]);
  const { users, cutoffs: days, labels } = await examplesOf([rows.join('\n')], cutoffs, label);
  return users.map((user, i) => [user, days[i] - firstDay, labels[i]]);
}

describe('an example is lost in the window', () => {
  test('from its first millisecond to before its end', async () => {
    const losses = {
      'a early': start - 1,
      'b first': start,
      'c last': end - 1,
      'd late': end,
      'e never': Infinity,
    };
    expect(await labelsOf(losses)).toEqual([
      ['a early', 10, 0],
      ['b first', 10, 1],
      ['c last', 10, 1],
      ['d late', 10, 0],
      ['e never', 10, 0],
    ]);
  });

  test('who is lost in the lead stays in as not lost, who was lost before the cutoff is no example', async () => {
    const losses = { 'a before': cutoff * day - 1, 'b at': cutoff * day, 'c in the lead': start - 1 };
    expect(await labelsOf(losses)).toEqual([
      ['b at', 10, 0],
      ['c in the lead', 10, 0],
    ]);
  });

  test('without a lead the window begins at the cutoff', async () => {
    const label: Label = { kind: 'window', leadDays: 0, horizonDays: 1 };
    const losses = { 'a before': cutoff * day - 1, 'b at': cutoff * day, 'c after': (cutoff + 1) * day };
    expect(await labelsOf(losses, label)).toEqual([
      ['b at', 10, 1],
      ['c after', 10, 0],
    ]);
  });

  test('at each cutoff anew, by cutoff and user', async () => {
    const losses = { b: (firstDay + 9) * day, a: Infinity };
    expect(await labelsOf(losses, week, [firstDay + 9, firstDay + 2, firstDay + 10])).toEqual([
      ['a', 2, 0],
      ['b', 2, 1],
      ['a', 9, 0],
      ['b', 9, 0],
      ['a', 10, 0],
    ]);
  });
});

test('whoever was not seen before the cutoff is no example, to the millisecond', async () => {
  const rows = [
    row({ userId: 'seen', ts: cutoff * day - 1 }),
    row({ userId: 'not yet', ts: cutoff * day, registration: monday }),
  ];
  const { users } = await examplesOf([rows.join('\n')], [cutoff], week);
  expect(users).toEqual(['seen']);
});

test('the first of several losses counts', async () => {
  const rows = [
    row({ userId: 'twice', ts: monday }),
    row({ userId: 'twice', ts: end + day, page: 'Cancellation Confirmation' }),
    row({ userId: 'twice', ts: start, page: 'Cancellation Confirmation' }),
  ];
  expect([...(await examplesOf([rows.join('\n')], [cutoff], week)).labels]).toEqual([1]);
  expect((await examplesOf([rows.join('\n')], [cutoff + 3], week)).users).toEqual([]);
});

test('in hindsight everyone is an example, lost whenever it was', async () => {
  const losses = { 'a long before': monday + 1, 'b at': cutoff * day, 'c never': Infinity };
  expect(await labelsOf(losses, { kind: 'ever' })).toEqual([
    ['a long before', 10, 1],
    ['b at', 10, 1],
    ['c never', 10, 0],
  ]);
});
