import type { Definition } from '../definition/schema.ts';
import type { Dialect } from '../engine/dialect.ts';
import { dayMillis, roleCount } from '../ledger/columns.ts';
import type { Statistic } from './counts.ts';

/** Users, events and plays by day and the plan that the user had when the day ended. As in the ledger, the loss itself is no event here. */
export function planDays({ columns, roles }: Definition, dialect: Dialect): Statistic[] {
  if (columns.plan === undefined) return [];
  const plays = roles.play === undefined ? '0' : `sum(${roleCount('play')})`;
  return [
    {
      name: 'by_day_and_plan',
      sql: `select ${dialect.dateText(`(day * ${dayMillis})`)} as day, plan, users, events, plays
        from (select day, plan, count(*) as users, cast(sum(events) as bigint) as events, cast(${plays} as bigint) as plays
          from ledger group by day, plan) as days
        order by days.day, plan nulls last`,
    },
  ];
}
