import type { Definition } from '../definition/schema.ts';
import type { Dialect } from '../engine/dialect.ts';
import type { Engine } from '../engine/engine.ts';
import { agentFlags, browserOf, deviceOf, stateOf, systemOf } from './agent.ts';
import { eventColumns, mergedColumns } from './columns.ts';

const profile = new Set(['location', 'agent']);

/**
 * Makes the table `ledger` (a row a user and UTC day; every column merges over days by sum, min or max, but for `plan`,
 * the plan at the day's last event that knows one) of the relations that `tallyEvents` tells of.
 */
export async function buildLedger(definition: Definition, engine: Engine): Promise<void> {
  // Read once: on Spark a table would cost a job and a round trip through the disk.
  await engine.createView('slices', slices(definition, engine.dialect));
  const byUser = engine.dialect.clustered(ledger(definition), ['user', 'day']);
  await engine.createTransientAs('ledger', byUser, 'ledger');
  for (const name of ['slices', 'firsts', 'parts']) await engine.drop(name);
}

/** A row a user, session and day. Of its plans the latest, and of several at once the last by name, whatever the order of the input. */
function slices(definition: Definition, { record }: Dialect): string {
  const dated = record([
    ['dated', 'plan_order'],
    ['plan', 'plan'],
  ]);
  return `
    select "user", session, day, ${mergedColumns(eventColumns(definition))},
      max(case when plan is not null then ${dated} end) as dated_plan
    from parts group by "user", session, day`;
}

function ledger(definition: Definition): string {
  const merged = mergedColumns(eventColumns(definition).filter(({ name }) => !profile.has(name)));
  const flags = agentFlags.map(([name, sql]) => `${sql} as ${name}`);
  return `
    with linked as (
      select *, ${deviceOf('agent')} as device, ${systemOf('agent')} as system, ${browserOf('agent')} as browser,
        lag(last_time) over (partition by "user", session order by day) as session_before,
        lag(last_time) over (partition by "user" order by first_time, session) as before
      from slices),
    days as (
      select "user", day, ${merged},
        count(case when session_before is null then 1 end) as sessions,
        cast(sum(last_time - first_time + coalesce(first_time - session_before, 0)) as bigint) as session_ms,
        count(case when session_before is null then before end) as gaps,
        cast(coalesce(sum(${gap}), 0) as bigint) as gap_s,
        cast(coalesce(sum(${gap} * ${gap}), 0) as bigint) as gap_s_squared,
        max(${stateOf('location')}) as state,
        max(device) as device, max(system) as system, max(browser) as browser,
        ${flags.join(',\n        ')},
        (max(dated_plan)).plan as plan
      from linked group by "user", day)
    select days.*, cast(1 as bigint) as active_days,
      coalesce(firsts.new_creators, 0) as new_creators, coalesce(firsts.new_items, 0) as new_items
    from days left join firsts on days."user" = firsts."user" and days.day = firsts.day`;
}

/**
 * Whole seconds between a session's first event and the end of the one before; nine years at most, so that the squares of all
 * gaps between 1970 and 3000 add up within 64 bits.
 */
const gap = `case when session_before is null and before is not null
  then least(cast((greatest(first_time - before, 0) - greatest(first_time - before, 0) % 1000) / 1000 as bigint), 280000000) end`;
