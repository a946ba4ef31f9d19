import type { Outcome } from '../definition/outcomes.ts';
import type { Definition } from '../definition/schema.ts';
import { literals } from '../engine/sql.ts';
import { dayMillis, roleCount, roleLast } from '../ledger/columns.ts';
import type { AtRisk } from './examples.ts';

/** Who is at risk of an outcome; undefined for the definition's loss. */
export function atRiskOf(outcome: Outcome, { paidPlans }: Definition): AtRisk | undefined {
  if (outcome.kind === 'loss') return undefined;
  const isOfPlans = outcome.kind === 'unpaid' || (outcome.kind === 'roles' && outcome.onlyPaid);
  return isOfPlans ? { plans: paidPlans } : {};
}

/**
 * SQL for the first time of an outcome by user, from the ledger and the times of the loss: `user`, `time` in milliseconds. What comes after the loss counts for nothing.
 *
 * The day is exact. Within it, of actions it is the time of the day's last one, and of a change of plan the end of what the day holds: a ledger knows
 * no more, and labels ask for no more.
 *
 * @param losses relation with the time of each user's loss.
 */
export function outcomeTimesSql(outcome: Outcome, definition: Definition, losses: string): string {
  if (outcome.kind === 'loss') return `select "user", time from ${losses}`;
  const times = timesOf(outcome, definition);
  const lost =
    outcome.kind === 'roles' && outcome.withLoss ? ` union all select "user", time from ${losses}` : '';
  return `
    select "user", cast(min(time) as bigint) as time
    from (select happened."user", happened.time from (${times}) as happened
        left join ${losses} as endings on happened."user" = endings."user"
        where endings.time is null or happened.began < endings.time${lost}) as times
    group by "user"`;
}

/** SQL for every time of the outcome, and when it began. */
function timesOf(outcome: Exclude<Outcome, { kind: 'loss' }>, { paidPlans }: Definition): string {
  switch (outcome.kind) {
    case 'roles':
      return outcome.roles
        .map(
          (role) =>
            `select "user", ${roleLast(role)} as time, ${roleLast(role)} as began from ledger where ${roleCount(role)} > 0`,
        )
        .join(' union all ');
    case 'unpaid':
      return `select "user", last_time as time, first_time as began
        from (select "user", first_time, last_time, plan, lag(plan) over (partition by "user" order by day) as plan_before
          from ledger where plan is not null) as plans
        where plan_before in ${literals(paidPlans)} and plan not in ${literals(paidPlans)}`;
    case 'silence':
      return `select "user", last_time + ${outcome.days * dayMillis} as time, last_time as began
        from (select "user", last_time, lead(first_time) over (partition by "user" order by day) as next_time
          from ledger) as gaps
        where last_time + ${outcome.days * dayMillis} <= coalesce(next_time, (select max(last_time) from ledger))`;
  }
}
