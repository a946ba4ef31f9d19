import type { Dialect } from '../engine/dialect.ts';
import { dayMillis } from '../ledger/columns.ts';

/** A way to cut the calendar into periods, which are numbered without gaps. Days count from 1970. */
export interface CalendarPeriod {
  readonly name: 'week' | 'month' | 'quarter' | 'year';
  /** Number of the period that a day lies in. */
  readonly of: (day: number) => number;
  /** The same of the column `day`, in SQL. */
  readonly sql: (dialect: Dialect) => string;
  readonly firstDay: (period: number) => number;
}

/** The finest periods of which the days from `first` to `last` touch no more than `most`; years where none is as coarse. */
export function periodFor(first: number, last: number, most: number): CalendarPeriod {
  return periods.find(({ of }) => of(last) - of(first) < most) ?? periods[periods.length - 1];
}

/** ISO weeks: 1 January 1970 was a Thursday. */
const week: CalendarPeriod = {
  name: 'week',
  of: (day) => Math.floor((day + 3) / 7),
  sql: () => 'cast((day + 3 - (day + 3) % 7) / 7 as bigint)',
  firstDay: (period) => 7 * period - 3,
};

const periods: readonly CalendarPeriod[] = [
  week,
  months('month', 1),
  months('quarter', 3),
  months('year', 12),
];

/** Periods of so many months, a divisor of 12, counted from 1970. */
function months(name: CalendarPeriod['name'], length: number): CalendarPeriod {
  return {
    name,
    of: (day) => {
      const date = new Date(day * dayMillis);
      return Math.floor((12 * (date.getUTCFullYear() - 1970) + date.getUTCMonth()) / length);
    },
    sql: (dialect) => {
      const date = dialect.dateText(`(day * ${dayMillis})`);
      const month = `(12 * (cast(substr(${date}, 1, 4) as bigint) - 1970) + cast(substr(${date}, 6, 2) as bigint) - 1)`;
      return `cast((${month} - ${month} % ${length}) / ${length} as bigint)`;
    },
    firstDay: (period) => Date.UTC(1970, period * length) / dayMillis,
  };
}
