import type { Dialect } from '../engine/dialect.ts';
import { dayMillis } from '../ledger/columns.ts';
import type { Statistic } from './counts.ts';
import { lossDays, visits } from './visits.ts';

/** Days for which a user who came counts as recent, the day itself among them. */
const recentDays = 7;

/**
 * How much the log sees of its users, as of the end of each day on which it changes: `seen` so far, of whom `active` came that day,
 * `recent` within seven days (those active among them), and `lost` so far. Who is seen and neither lost nor recent is silent.
 */
export function coverage(dialect: Dialect): Statistic {
  const total = (column: string) => `cast(sum(sum(${column})) over (order by day) as bigint) as ${column}`;
  return {
    name: 'coverage',
    sql: `
      with stays as (
        select day, coalesce(loss_day, day + ${recentDays}) as leaves,
          lag(day) over (partition by "user" order by day) as before,
          lead(day) over (partition by "user" order by day) as next
        from ${visits}),
      changes as (
        select day, case when before is null then 1 else 0 end as seen, case when day < leaves then 1 else 0 end as active,
          1 as recent, 0 as lost
        from stays
        union all
        select least(coalesce(next, leaves), day + ${recentDays}, leaves) as day, 0 as seen, 0 as active, -1 as recent, 0 as lost
        from stays
        union all
        select loss_day as day, 0 as seen, 0 as active, 0 as recent, 1 as lost from ${lossDays} as lost),
      days as (
        select day, ${total('seen')}, cast(sum(active) as bigint) as active, ${total('recent')}, ${total('lost')}
        from changes group by day)
      select ${dialect.dateText(`(days.day * ${dayMillis})`)} as day, seen, active, recent, lost
      from days where day <= (select max(day) from ledger) order by days.day`,
  };
}
