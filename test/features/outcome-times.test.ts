import { beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../../src/definition/outcomes.ts';
import { outcomeNamed } from '../../src/definition/outcomes.ts';
import { definitionSchema } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { competingIncidence } from '../../src/explore/incidence.ts';
import { examplesSql, readExamples } from '../../src/features/examples.ts';
import { atRiskOf } from '../../src/features/outcome-times.ts';
import { keepLoss, useOutcome } from '../../src/pipeline/outcomes/use-outcome.ts';
import { numbersOf, recordsOf, stringsOf } from '../../src/table/table.ts';
import { row } from '../ingest/row.ts';
import { withLedger } from './as-of.ts';

const day = 86_400_000;
const hour = 3_600_000;
const monday = Date.UTC(2018, 9, 1);
const firstDay = monday / day;
const cutoff = firstDay + 10;

const definition = definitionSchema.parse({
  ...sparkify,
  outcomes: {
    ...sparkify.outcomes,
    week: { silentDays: 7 },
    unpaid: { plan: 'paid to free' },
    leave: { actions: ['Submit Downgrade', 'Cancellation Confirmation'] },
  },
});

/** Days since Monday, and what was done: d a downgrade, c the cancellation, f an event on the free plan, else one on the paid. */
const histories: Readonly<Record<string, readonly (readonly [at: number, what?: 'd' | 'c' | 'f'])[]>> = {
  // Heard from to the end: day 30 is the last of the log.
  always: [[0], [5], [10], [15], [20], [25], [30]],
  // Silent from day 2 on; a week is over on day 9.
  silent: [[0], [2]],
  // Comes back after ten days: silent for a week all the same, on day 10.
  returned: [[3], [13], [18], [24], [29]],
  // Its week is over with the very next event.
  'on the dot': [[8], [15], [20], [25], [30]],
  // The log ends before its week does.
  'too late': [[0], [6], [12], [18], [23.5]],
  // What follows the loss is no silence.
  cancelled: [[0], [4], [9, 'c']],
  // Downgrades twice, the first on day 12; the free plan is first seen on day 13.
  downgraded: [[0], [6], [12, 'd'], [13, 'f'], [18], [19, 'd'], [25, 'f'], [30, 'f']],
  // Was free all along.
  free: [
    [0, 'f'],
    [6, 'f'],
    [12, 'f'],
    [18, 'f'],
    [24, 'f'],
    [30, 'f'],
  ],
};
const pages = { d: 'Submit Downgrade', c: 'Cancellation Confirmation', f: 'Home' } as const;

const text = Object.entries(histories)
  .flatMap(([userId, events]) =>
    events.map(([at, what]) =>
      row({
        userId,
        ts: monday + at * day + hour,
        page: what === undefined ? 'NextSong' : pages[what],
        level: what === 'f' ? 'free' : 'paid',
      }),
    ),
  )
  .join('\n');

interface Seen {
  /** Days since Monday, whole and broken, by user. */
  readonly times: Readonly<Record<string, number>>;
  /** Of everyone at risk on day 10: whether they have it on the days from 11 to 17. */
  readonly labels: Readonly<Record<string, number>>;
  /** Losses in `hours`, by whole days since Monday. */
  readonly hours: Readonly<Record<string, number>>;
}

const seen = new Map<string, Seen>();
let incidence: Awaited<ReturnType<typeof competingIncidence>>;

beforeAll(() =>
  withLedger(
    [text],
    async (engine) => {
      incidence = await competingIncidence(sparkify, engine);
      await keepLoss(engine);
      for (const name of ['week', 'downgrade', 'unpaid', 'leave', 'cancel']) {
        const outcome: Outcome = outcomeNamed(definition, name);
        await useOutcome(outcome, definition, engine);
        const losses = await engine.query('select * from losses order by "user"');
        const hours = await engine.query(
          'select day, sum(losses) as n from hours group by day having sum(losses) > 0 order by day',
        );
        const label = {
          kind: 'window',
          leadDays: 1,
          horizonDays: 7,
          atRisk: atRiskOf(outcome, definition),
        } as const;
        await engine.createTableAs('examples', examplesSql([], [cutoff], label));
        const rows = await readExamples(engine, 'examples', []);
        const times = numbersOf(losses, 'time');
        seen.set(name, {
          times: Object.fromEntries(
            stringsOf(losses, 'user').map((user, i) => [user, (times[i] - monday - hour) / day]),
          ),
          labels: Object.fromEntries(rows.users.map((user, i) => [user, rows.labels[i]])),
          hours: Object.fromEntries(
            recordsOf(hours).map((one) => [Number(one.day) - firstDay, Number(one.n)]),
          ),
        });
      }
    },
    definition,
  ),
);

describe('a silence', () => {
  test('is there so many days after the last event, whether or not the user comes back, but for the lost', () => {
    expect(seen.get('week')?.times).toEqual({ silent: 9, returned: 10, 'on the dot': 15 });
  });

  test('is no risk to who had it, nor to who is lost', () => {
    expect(seen.get('week')?.labels).toEqual({
      always: 0,
      downgraded: 0,
      free: 0,
      'on the dot': 1,
      returned: 0,
      'too late': 0,
    });
  });

  test('counts in the hour in which it became one, with or without an event', () => {
    expect(seen.get('week')?.hours).toEqual({ 9: 1, 10: 1, 15: 1 });
  });
});

describe('a downgrade', () => {
  test('is the first one', () => {
    expect(seen.get('downgrade')?.times).toEqual({ downgraded: 12 });
  });

  test('is a risk to who pays alone', () => {
    expect(Object.keys(seen.get('downgrade')?.labels ?? {}).sort()).toEqual([
      'always',
      'downgraded',
      'on the dot',
      'returned',
      'silent',
      'too late',
    ]);
    expect(seen.get('downgrade')?.labels.downgraded).toBe(1);
  });
});

test('a change of plan is there on the day that first ends on a free plan after a paid one', () => {
  expect(seen.get('unpaid')?.times).toEqual({ downgraded: 13 });
  expect(seen.get('unpaid')?.labels).not.toHaveProperty('free');
});

test('an outcome of the loss and more is there at the first of them', () => {
  expect(seen.get('leave')?.times).toEqual({ cancelled: 9, downgraded: 12 });
});

test('the loss by another name is the loss', () => {
  expect(seen.get('cancel')?.times).toEqual({ cancelled: 9 });
  expect(seen.get('cancel')?.hours).toEqual({ 9: 1 });
});

test('the incidence counts each user for what came first', () => {
  const lost = incidence?.points.map(({ causes }) => causes.map((cause) => cause.lost));
  expect(incidence?.causes.map(({ name }) => name)).toEqual(['loss', 'downgrade', 'silence']);
  expect(lost?.reduce((sums, own) => sums.map((sum, j) => sum + own[j]))).toEqual([1, 1, 1]);
});
