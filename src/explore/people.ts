import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { dayMillis, eventColumns, mergedColumns } from '../ledger/columns.ts';

const attributes = ['gender', 'plan', 'device', 'system', 'browser', 'state'] as const;

/** Attributes of users that this log knows, beside the month of registration. */
export function knownAttributes(definition: Definition): string[] {
  const { columns } = definition;
  const present = {
    gender: columns.gender,
    plan: columns.plan,
    device: columns.agent,
    system: columns.agent,
    browser: columns.agent,
    state: columns.location,
  };
  const known: string[] = attributes.filter((attribute) => present[attribute] !== undefined);
  return columns.registered === undefined ? known : [...known, 'registration_month'];
}

/** Makes the table `people`: a row a user with totals of the ledger, the latest attributes and `lost` (0 or 1). */
export async function buildPeople(definition: Definition, engine: Engine): Promise<void> {
  const totals = mergedColumns(eventColumns(definition).filter(({ merge }) => merge === 'sum'));
  const latest = attributes.map(
    (name) => `max_by(${name}, case when ${name} is not null then day end) as ${name}`,
  );
  await engine.createTransientAs(
    'people',
    `select totals.*, case when losses.time is null then 0 else 1 end as lost,
      substr(${engine.dialect.dateText('registered')}, 1, 7) as registration_month,
      cast((coalesce(losses.time, last_time) - first_time) as bigint) as seen_ms,
      cast((coalesce(losses.time, last_time) - registered) as bigint) as tenure_ms
    from (select "user", ${totals}, ${latest.join(', ')},
        cast(sum(sessions) as bigint) as sessions, cast(sum(session_ms) as bigint) as session_ms,
        count(*) as active_days, min(first_time) as first_time, max(last_time) as last_time,
        max(registered) as registered
      from ledger group by "user") as totals
    left join losses on totals."user" = losses."user"`,
    'exploring',
  );
}

/** Days as a fraction from a column of milliseconds. */
export function daysOf(millis: string): string {
  return `cast(${millis} as double) / ${dayMillis}`;
}
