import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { identifier } from '../engine/sql.ts';
import { eventColumns } from '../ledger/columns.ts';
import type { History } from '../models/history.ts';
import { numbersOf, stringsOf } from '../table/table.ts';
import type { ExampleRows } from './examples.ts';
import { HistoryRecords } from './history-records.ts';

/** Days before a cutoff that are read: what the longest sequence that a model may ask for needs. */
const HISTORY_DAYS = 64;

/** The columns of the ledger that say how much of something there was on a day. */
export function historyChannels(definition: Definition): string[] {
  const counted = eventColumns(definition).filter(({ merge }) => merge === 'sum');
  return [
    ...counted.map(({ name }) => name),
    'active_days',
    'sessions',
    'session_ms',
    'new_creators',
    'new_items',
  ];
}

/**
 * The ledger's days before each row's cutoff. A user's days are read and kept once, whatever the number of cutoffs: 4 bytes a
 * channel and day on which there was an event.
 * @param channels columns of the ledger, of `historyChannels`.
 * @param table the engine's table of the rows.
 */
export async function readHistory(
  engine: Engine,
  channels: readonly string[],
  table: string,
  { users, cutoffs }: Pick<ExampleRows, 'users' | 'cutoffs'>,
): Promise<History> {
  const [earliest, latest] = cutoffs.reduce(
    ([low, high], day) => [Math.min(low, day), Math.max(high, day)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const ofThese = `"user" in (select "user" from ${table})`;
  const firstDays = await readFirstDays(
    engine,
    `select "user", min(day) as day from ledger where ${ofThese} group by "user"`,
  );
  const records = new HistoryRecords(channels);
  if (users.length > 0) {
    const select = `select "user", day, ${channels.map(identifier).join(', ')} from ledger
      where ${ofThese} and day >= ${earliest - HISTORY_DAYS} and day < ${latest} order by "user", day`;
    for await (const batch of engine.batches(select)) records.add(batch);
  }
  const { days, values, ofUser } = records.gathered();
  const place = (user: string, day: number): number => {
    const [start, end] = ofUser.get(user) ?? [0, 0];
    return firstAtLeast(days, start, end, day);
  };
  return {
    channels,
    days,
    values,
    starts: cutoffs.map((cutoff, row) => place(users[row], cutoff - HISTORY_DAYS)),
    ends: cutoffs.map((cutoff, row) => place(users[row], cutoff)),
    cutoffs,
    firstDays: cutoffs.map((cutoff, row) => firstDays.get(users[row]) ?? cutoff),
  };
}

async function readFirstDays(engine: Engine, select: string): Promise<Map<string, number>> {
  const table = await engine.query(select);
  const days = numbersOf(table, 'day');
  return new Map(stringsOf(table, 'user').map((user, i) => [user, days[i]]));
}

/** The first place in [start, end) whose day is at least the given one, or `end`. */
function firstAtLeast(days: Int32Array, start: number, end: number, day: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (days[middle] < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
