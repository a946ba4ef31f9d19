import type { Dialect } from '../engine/dialect.ts';
import type { Engine } from '../engine/engine.ts';
import { dateOf } from '../features/cutoffs.ts';
import { numbersOf } from '../table/table.ts';
import { type CalendarPeriod, periodFor } from './calendar-period.ts';
import { lossDays, visits } from './visits.ts';

/** Users who first came in one period, some periods later. */
interface CohortRow {
  readonly [key: string]: string | number;
  /** First UTC day of the period in which they first came, `YYYY-MM-DD`. */
  readonly cohort: string;
  /** Periods since then, from 0. */
  readonly age: number;
  /** Of the cohort. */
  readonly users: number;
  /** Of them, who came in the period at that age. */
  readonly active: number;
  /** Of them, who were lost by the end of that period. */
  readonly lost: number;
  /** 1 where the log reaches the last day of the period. */
  readonly complete: number;
}

export interface Cohorts {
  readonly period: CalendarPeriod['name'];
  readonly rows: readonly CohortRow[];
}

/** Cohorts of users by when the log first saw them, in the finest calendar periods of which the log touches no more than 26. */
export async function cohorts(engine: Engine): Promise<Cohorts> {
  const ends = await engine.query('select min(day) as first, max(day) as last from ledger');
  const [first, last] = [numbersOf(ends, 'first')[0], numbersOf(ends, 'last')[0]];
  const period = periodFor(first, last, 26);
  const table = await engine.query(countsSql(period, engine.dialect));
  const [cohort, age, active, lost] = ['cohort', 'age', 'active', 'lost'].map((name) =>
    numbersOf(table, name),
  );
  const counts = new Map<string, Counts>();
  for (let i = 0; i < table.rows; i++)
    counts.set(`${cohort[i]} ${age[i]}`, { active: active[i], lost: lost[i] });
  return { period: period.name, rows: triangle(counts, period, first, last) };
}

interface Counts {
  readonly active: number;
  readonly lost: number;
}

function countsSql({ sql }: CalendarPeriod, dialect: Dialect): string {
  return `
    with days as (
      select "user", day, 1 as active, 0 as lost from ${visits} as visits
      union all
      select "user", loss_day as day, 0 as active, 1 as lost from ${lossDays} as lost),
    periods as (
      select "user", period, max(active) as active, max(lost) as lost
      from (select "user", ${sql(dialect)} as period, active, lost from days) as placed group by "user", period),
    aged as (
      select period, min(period) over (partition by "user") as cohort, active, lost from periods)
    select cohort, period - cohort as age, cast(sum(active) as bigint) as active, cast(sum(lost) as bigint) as lost
    from aged group by cohort, period - cohort`;
}

/** Every cohort that someone is in, at every age that the log reaches. */
function triangle(
  counts: ReadonlyMap<string, Counts>,
  { of, firstDay }: CalendarPeriod,
  first: number,
  last: number,
): CohortRow[] {
  const rows: CohortRow[] = [];
  for (let cohort = of(first); cohort <= of(last); cohort++) {
    const users = counts.get(`${cohort} 0`)?.active;
    if (users === undefined) continue;
    let lost = 0;
    for (let age = 0; cohort + age <= of(last); age++) {
      const then = counts.get(`${cohort} ${age}`) ?? { active: 0, lost: 0 };
      lost += then.lost;
      const complete = firstDay(cohort + age + 1) <= last + 1 ? 1 : 0;
      rows.push({ cohort: dateOf(firstDay(cohort)), age, users, active: then.active, lost, complete });
    }
  }
  return rows;
}
