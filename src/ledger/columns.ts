import type { Definition } from '../definition/schema.ts';
import { literals } from '../engine/sql.ts';

export const dayMillis = 86_400_000;

/** A column of the ledger and how a day's rows of the log make it; sums and extremes of days make any window's. */
export interface LedgerColumn {
  readonly name: string;
  readonly merge: 'sum' | 'min' | 'max';
  /** SQL over rows of `events`: an aggregate, or of a `key` the value itself. */
  readonly sql: string;
  /** Events are first added up by it: a text in an aggregate would make Spark sort all events. */
  readonly key?: true;
}

/**
 * Columns that come straight from the events of a day, for the roles and columns that the definition has. No sum counts the loss
 * itself: beside one that does not, it would spell out the label.
 */
export function eventColumns(definition: Definition): LedgerColumn[] {
  const isNoLoss = `action not in ${literals(definition.loss.actions)}`;
  const sum = (name: string, condition: string): LedgerColumn => ({
    name,
    merge: 'sum',
    sql: `count(case when ${condition} then 1 end)`,
  });
  const hour = `time % ${dayMillis} / 3600000`;
  return [
    sum('events', isNoLoss),
    ...Object.entries(definition.roles).flatMap(([role, actions]): LedgerColumn[] => [
      sum(roleCount(role), `action in ${literals(actions)}`),
      {
        name: roleLast(role),
        merge: 'max',
        sql: `max(case when action in ${literals(actions)} then time end)`,
      },
    ]),
    { name: 'duration', merge: 'sum', sql: 'cast(coalesce(sum(duration), 0) as bigint)' },
    ...(definition.paidPlans.length > 0
      ? [sum('paid_events', `plan in ${literals(definition.paidPlans)} and ${isNoLoss}`)]
      : []),
    sum('night_events', `${hour} < 6 and ${isNoLoss}`),
    // 1 January 1970 was a Thursday: days 2 and 3 of each week counted from it are Saturday and Sunday.
    sum('weekend_events', `(time - time % ${dayMillis}) / ${dayMillis} % 7 in (2, 3) and ${isNoLoss}`),
    { name: 'first_time', merge: 'min', sql: 'min(time)' },
    { name: 'last_time', merge: 'max', sql: 'max(time)' },
    { name: 'registered', merge: 'max', sql: 'max(registered)' },
    { name: 'gender', merge: 'max', sql: 'gender', key: true },
    { name: 'location', merge: 'max', sql: 'location', key: true },
    { name: 'agent', merge: 'max', sql: 'agent', key: true },
  ];
}

/** Ledger column that counts a role's actions. */
export function roleCount(role: string): string {
  return `n_${role}`;
}

/** Ledger column with the time of a role's last action that day. */
export function roleLast(role: string): string {
  return `last_${role}`;
}
