import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { literals } from '../engine/sql.ts';
import { browserOf, deviceOf, stateOf, systemOf } from './agent.ts';
import { dayMillis, eventColumns } from './columns.ts';

const profile = new Set(['location', 'agent']);

/**
 * Makes the table `ledger` (a row a user and UTC day; every column merges over days by sum, min or max, but for `plan`,
 * the plan at the day's last event) and the table `losses` (user, time of the first loss).
 */
export async function buildLedger(definition: Definition, engine: Engine): Promise<void> {
  await engine.execute(
    `create table losses as select "user", min(time) as time from events
    where action in ${literals(definition.loss.actions)} group by "user"`,
    'ledger',
  );
  await engine.execute(`create table slices as ${slices(definition)}`, 'ledger');
  await engine.execute(`create table first_heard as ${firstHeard('creator')}`, 'ledger');
  await engine.execute(`create table first_played as ${firstHeard('item')}`, 'ledger');
  await engine.execute(`create table ledger as ${ledger(definition)}`, 'ledger');
  for (const table of ['slices', 'first_heard', 'first_played']) await engine.execute(`drop table ${table}`);
}

/** A row a user, session and day. */
function slices(definition: Definition): string {
  const columns = eventColumns(definition).map(({ name, sql }) => `${sql} as ${name}`);
  // Events of one millisecond follow each other by their position in the session.
  const order = 'time * 65536 + least(coalesce(sequence, 0), 65535)';
  return `
    select "user", session, day, ${columns.join(',\n      ')},
      max_by(plan, ${order}) as plan, max(${order}) as plan_order
    from (select *, cast((time - time % ${dayMillis}) / ${dayMillis} as bigint) as day from events)
    group by "user", session, day`;
}

/** Things met for the first time, a row a user and day. */
function firstHeard(column: string): string {
  return `
    select "user", cast((time - time % ${dayMillis}) / ${dayMillis} as bigint) as day, count(*) as n
    from (select "user", ${column}, min(time) as time from events where ${column} is not null group by "user", ${column})
    group by "user", cast((time - time % ${dayMillis}) / ${dayMillis} as bigint)`;
}

function ledger(definition: Definition): string {
  const merged = eventColumns(definition)
    .filter(({ name }) => !profile.has(name))
    .map(({ name, merge }) =>
      merge === 'sum' ? `cast(sum(${name}) as bigint) as ${name}` : `${merge}(${name}) as ${name}`,
    );
  return `
    with linked as (
      select *,
        lag(last_time) over (partition by "user", session order by day) as session_before,
        lag(last_time) over (partition by "user" order by first_time, session) as before
      from slices),
    days as (
      select "user", day, ${merged.join(', ')},
        max_by(plan, plan_order) as plan,
        count(case when session_before is null then 1 end) as sessions,
        cast(sum(last_time - first_time + coalesce(first_time - session_before, 0)) as bigint) as session_ms,
        count(case when session_before is null then before end) as gaps,
        cast(coalesce(sum(${gap}), 0) as bigint) as gap_s,
        cast(coalesce(sum(${gap} * ${gap}), 0) as bigint) as gap_s_squared,
        max(${stateOf('location')}) as state,
        max(${deviceOf('agent')}) as device,
        max(${systemOf('agent')}) as system,
        max(${browserOf('agent')}) as browser
      from linked group by "user", day)
    select days.*, cast(1 as bigint) as active_days,
      coalesce(first_heard.n, 0) as new_creators, coalesce(first_played.n, 0) as new_items
    from days
    left join first_heard on days."user" = first_heard."user" and days.day = first_heard.day
    left join first_played on days."user" = first_played."user" and days.day = first_played.day`;
}

/** Whole seconds between a session's first event and the end of the one before. */
const gap = `case when session_before is null and before is not null
  then cast((greatest(first_time - before, 0) - greatest(first_time - before, 0) % 1000) / 1000 as bigint) end`;
