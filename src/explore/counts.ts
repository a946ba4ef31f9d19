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
    sql: `select counted.value as ${identifier(name)}, n_rows, anonymous_rows, coalesce(n_users, 0) as users
      from (select ${column} as value, cast(sum(n_rows) as bigint) as n_rows,
          cast(sum(anonymous_rows) as bigint) as anonymous_rows from kinds group by ${column}) as counted
        left join (select ${column} as value, count(distinct "user") as n_users from user_kinds group by ${column}) as met
        on counted.value is not distinct from met.value
      order by n_rows desc, counted.value nulls last`,
  });
  return [
    by('action', 'action'),
    ...(definition.columns.plan === undefined ? [] : [by('plan', 'plan')]),
    ...fileNames(definition.dimensions).map((name, j) => by(name, dimensionName(j))),
  ];
}

/** Events, users, plays and losses by UTC hour, weekday and day. */
export function timeProfiles(dialect: Dialect): Statistic[] {
  // 1 January 1970 was a Thursday, the fourth ISO weekday.
  const weekday = '(day + 3) % 7 + 1';
  const profile = (name: string, column: string, key: string, seen: string): Statistic => ({
    name,
    sql: `select counted.${column}, events, users, plays, losses
      from (select ${key} as ${column}, ${totals} from hours group by ${key}) as counted
        join (select ${key} as ${column}, count(distinct "user") as users from ${seen} group by ${key}) as met
        on counted.${column} = met.${column}
      order by counted.${column}`,
  });
  return [
    profile('by_hour', 'hour', 'hour', 'user_hours'),
    profile('by_weekday', 'iso_weekday', weekday, 'ledger'),
    {
      name: 'by_weekday_and_hour',
      sql: `select ${weekday} as iso_weekday, hour, cast(sum(events) as bigint) as events
        from hours group by 1, 2 order by 1, 2`,
    },
    {
      name: 'by_day',
      sql: `select ${dialect.dateText(`(counted.day * ${dayMillis})`)} as day, events, users, plays, losses
        from (select day, ${totals} from hours group by day) as counted
          join (select day, count(*) as users from ledger group by day) as met on counted.day = met.day
        order by counted.day`,
    },
  ];
}

const totals = ['events', 'plays', 'losses']
  .map((name) => `cast(sum(${name}) as bigint) as ${name}`)
  .join(', ');

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
    [columns.user, 'user'],
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
  const rows = canonical.map(
    ([column, name], j) =>
      `select ${j} as position, ${quoted(column)} as "column", n_rows - ${identifier(name)} as nulls, n_rows from present`,
  );
  return {
    name: 'nulls',
    sql: `select "column", nulls, cast(nulls as double) / nullif(n_rows, 0) as share
      from (${rows.join(' union all ')}) order by position`,
  };
}

/** The most played creators and items. */
export function topPlayed(definition: Definition): Statistic[] {
  const top = (name: string, columns: readonly string[], relation: string): Statistic => ({
    name,
    sql: `select ${columns.join(', ')}, plays, users from ${relation}
      order by plays desc, ${columns.map((column) => `${column} nulls last`).join(', ')} limit 50`,
  });
  return [
    ...(definition.columns.creator === undefined ? [] : [top('top_creators', ['creator'], 'creators')]),
    ...(definition.columns.item === undefined ? [] : [top('top_items', ['creator', 'item'], 'items')]),
  ];
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
