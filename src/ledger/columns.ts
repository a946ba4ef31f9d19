import type { Definition } from '../definition/schema.ts';
import { literals } from '../engine/sql.ts';

export const dayMillis = 86_400_000;

/** A column of the ledger and how rows merge into it; sums and extremes of days make any window's. */
export interface LedgerColumn {
  readonly name: string;
  readonly merge: 'sum' | 'min' | 'max';
  /** SQL for its value in a row of `runs`. */
  readonly sql: string;
}

/**
 * Columns that come straight from the events of a day, for the roles and columns that the definition has. No sum counts the loss
 * itself: beside one that does not, it would spell out the label.
 */
export function eventColumns(definition: Definition): LedgerColumn[] {
  const isNoLoss = `action not in ${literals(definition.loss.actions)}`;
  const sum = (name: string, condition: string, rows = 'n_rows'): LedgerColumn => ({
    name,
    merge: 'sum',
    sql: `case when ${condition} then ${rows} else 0 end`,
  });
  return [
    sum('events', isNoLoss),
    ...Object.entries(definition.roles).flatMap(([role, actions]): LedgerColumn[] => [
      sum(roleCount(role), `action in ${literals(actions)}`),
      {
        name: roleLast(role),
        merge: 'max',
        sql: `case when action in ${literals(actions)} then last_time end`,
      },
    ]),
    { name: 'duration', merge: 'sum', sql: 'coalesce(duration, 0)' },
    ...(definition.paidPlans.length > 0
      ? [sum('paid_events', `plan in ${literals(definition.paidPlans)} and ${isNoLoss}`)]
      : []),
    sum('night_events', isNoLoss, 'night_rows'),
    // 1 January 1970 was a Thursday: days 2 and 3 of each week counted from it are Saturday and Sunday.
    sum('weekend_events', `day % 7 in (2, 3) and ${isNoLoss}`),
    { name: 'first_time', merge: 'min', sql: 'first_time' },
    ...['last_time', 'registered', 'gender', 'location', 'agent'].map(
      (name): LedgerColumn => ({ name, merge: 'max', sql: name }),
    ),
  ];
}

/** SQL for columns of the ledger, by the given SQL of rows that merge. */
export function mergedColumns(
  columns: readonly LedgerColumn[],
  sqlOf: (column: LedgerColumn) => string = ({ name }) => name,
): string {
  return columns
    .map((column) => {
      const merged = `${column.merge}(${sqlOf(column)})`;
      return `${column.merge === 'sum' ? `cast(${merged} as bigint)` : merged} as ${column.name}`;
    })
    .join(', ');
}

/** Ledger column that counts a role's actions. */
export function roleCount(role: string): string {
  return `n_${role}`;
}

/** Ledger column with the time of a role's last action that day. */
export function roleLast(role: string): string {
  return `last_${role}`;
}

/**
 * Whether a sum of the ledger's column is of rows, sessions or days, so that no log brings it to 2^53. The others add up times and lengths, of which
 * a log may tell anything.
 */
export function isCount(column: string): boolean {
  return /^(events|sessions|gaps|active_days|(paid|night|weekend)_events|(n|new)_.*)$/.test(column);
}
