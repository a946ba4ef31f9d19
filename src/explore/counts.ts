import type { Definition } from '../definition/schema.ts';
import type { Dialect } from '../engine/dialect.ts';
import { identifier, literals } from '../engine/sql.ts';
import { dimensionName } from '../ingest/fields.ts';
import { dayMillis } from '../ledger/columns.ts';
import { knownAttributes } from './people.ts';

/** A statistic that one query gives: the file's name without ending, and its SQL. */
export interface Statistic {
  readonly name: string;
  readonly sql: string;
}

/** Rows and users by action, plan and the definition's other dimensions, over all good lines, anonymous ones included. */
export function rowCounts(definition: Definition): Statistic[] {
  const by = (name: string, column: string): Statistic => ({
    name: `rows_by_${name}`,
    sql: `select ${column} as ${identifier(name)}, count(*) as n_rows,
        count(case when anonymous then 1 end) as anonymous_rows,
        count(distinct case when not anonymous then "user" end) as users
      from log group by ${column} order by n_rows desc, ${column} nulls last`,
  });
  return [
    by('action', 'action'),
    ...(definition.columns.plan === undefined ? [] : [by('plan', 'plan')]),
    ...fileNames(definition.dimensions).map((name, j) => by(name, dimensionName(j))),
  ];
}

/** Events, users, plays and losses by UTC hour, weekday and day. */
export function timeProfiles(definition: Definition, dialect: Dialect): Statistic[] {
  const plays = definition.roles.play === undefined ? 'cast(0 as bigint)' : countOf(definition.roles.play);
  const counts = `count(*) as events, count(distinct "user") as users, ${plays} as plays,
    ${countOf(definition.loss.actions)} as losses`;
  const hour = `cast((time % ${dayMillis} - time % 3600000) / 3600000 as bigint)`;
  // 1 January 1970 was a Thursday, the fourth ISO weekday.
  const weekday = `cast((time - time % ${dayMillis}) / ${dayMillis} + 3 as bigint) % 7 + 1`;
  const day = dialect.dateText('time');
  return [
    { name: 'by_hour', sql: `select ${hour} as hour, ${counts} from events group by 1 order by 1` },
    {
      name: 'by_weekday',
      sql: `select ${weekday} as iso_weekday, ${counts} from events group by 1 order by 1`,
    },
    {
      name: 'by_weekday_and_hour',
      sql: `select ${weekday} as iso_weekday, ${hour} as hour, count(*) as events from events group by 1, 2 order by 1, 2`,
    },
    { name: 'by_day', sql: `select ${day} as day, ${counts} from events group by 1 order by 1` },
  ];
}

/** Users and losses by each attribute. */
export function userCounts(definition: Definition): Statistic[] {
  return knownAttributes(definition).map((attribute) => ({
    name: `users_by_${attribute}`,
    sql: `select ${attribute}, count(*) as users, sum(lost) as lost, cast(sum(events) as bigint) as events
      from people group by ${attribute} order by users desc, ${attribute} nulls last`,
  }));
}

/** Nulls of each declared column, over all good lines. */
export function nullCounts(definition: Definition): Statistic {
  const { columns } = definition;
  const canonical: [string, string][] = [
    [columns.user, `nullif("user", '')`],
    [columns.time.column, 'time'],
    [columns.session, 'session'],
    [columns.action, 'action'],
  ];
  if (columns.registered !== undefined) canonical.push([columns.registered.column, 'registered']);
  if (columns.duration !== undefined) canonical.push([columns.duration.column, 'duration']);
  for (const name of ['sequence', 'plan', 'item', 'creator', 'gender', 'location', 'agent'] as const) {
    const column = columns[name];
    if (column !== undefined) canonical.push([column, name]);
  }
  definition.dimensions.forEach((column, j) => {
    canonical.push([column, dimensionName(j)]);
  });
  const counts = canonical.map(([, sql], j) => `count(*) - count(${sql}) as c${j}`);
  const rows = canonical.map(
    ([column], j) =>
      `select ${j} as position, ${quoted(column)} as "column", c${j} as nulls, n_rows from counts`,
  );
  return {
    name: 'nulls',
    sql: `with counts as (select count(*) as n_rows, ${counts.join(', ')} from log)
      select "column", nulls, cast(nulls as double) / nullif(n_rows, 0) as share
      from (${rows.join(' union all ')}) order by position`,
  };
}

/** The most played creators and items. */
export function topPlayed(definition: Definition): Statistic[] {
  const top = (name: string, columns: string): Statistic => ({
    name,
    sql: `select ${columns}, count(*) as plays, count(distinct "user") as users from events
      where ${columns.split(', ').at(-1)} is not null group by ${columns}
      order by plays desc, ${columns
        .split(', ')
        .map((column) => `${column} nulls last`)
        .join(', ')} limit 50`,
  });
  return [
    ...(definition.columns.creator === undefined ? [] : [top('top_creators', 'creator')]),
    ...(definition.columns.item === undefined ? [] : [top('top_items', 'creator, item')]),
  ];
}

function countOf(actions: readonly string[]): string {
  return `count(case when action in ${literals(actions)} then 1 end)`;
}

function quoted(text: string): string {
  return literals([text]).slice(1, -1);
}

/** Names for files and columns that differ from each other, from `plan` and `action`, and from the names of the counts. */
function fileNames(dimensions: readonly string[]): string[] {
  const taken = new Set(['action', 'plan', 'n_rows', 'anonymous_rows', 'users']);
  return dimensions.map((column) => {
    const plain = column.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_');
    let name = plain;
    for (let n = 2; taken.has(name); n++) name = `${plain}_${n}`;
    taken.add(name);
    return name;
  });
}
