import { LOSS, type Outcome, outcomeNamed } from '../definition/outcomes.ts';
import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { cumulativeIncidence } from '../evaluation/survival-incidence.ts';
import { outcomeTimesSql } from '../features/outcome-times.ts';
import { dayMillis } from '../ledger/columns.ts';
import { numbersOf } from '../table/table.ts';

/** The share of users to whom each outcome comes first, by days since the log first saw them. */
export interface CompetingIncidence {
  /** The loss first. */
  readonly causes: readonly Outcome[];
  readonly points: ReturnType<typeof cumulativeIncidence>;
}

/**
 * Aalen–Johansen estimate over the definition's outcomes, each user with the one that came first; of several at once the one that is
 * named first. Users with none are watched to the end of the log. Undefined where there is no outcome but the loss. Needs the relations
 * `ledger` and `losses`, the times of the loss.
 */
export async function competingIncidence(
  definition: Definition,
  engine: Engine,
): Promise<CompetingIncidence | undefined> {
  const others = Object.keys(definition.outcomes ?? {})
    .map((name) => outcomeNamed(definition, name))
    .filter(({ kind }) => kind !== 'loss');
  if (others.length === 0) return undefined;
  const outcomes = [outcomeNamed(definition, LOSS), ...others];
  const users = await engine.query(timesSql(outcomes, definition));
  const first = numbersOf(users, 'first_time');
  const last = numbersOf(users, 'last_time');
  const times = outcomes.map((_, j) => numbersOf(users, `time_${j}`));
  const causes = Uint8Array.from(first, (_, user) => firstCause(times.map((ofCause) => ofCause[user])));
  const days = first.map((began, user) => {
    const end = causes[user] === 0 ? last[user] : times[causes[user] - 1][user];
    return Math.ceil((end - began) / dayMillis);
  });
  return { causes: outcomes, points: cumulativeIncidence(days, causes, outcomes.length) };
}

/** From 1 up; 0 where none has a time. */
function firstCause(times: readonly number[]): number {
  const earliest = Math.min(...times.filter((time) => !Number.isNaN(time)));
  return times.indexOf(earliest) + 1;
}

function timesSql(outcomes: readonly Outcome[], definition: Definition): string {
  const columns = outcomes.map((_, j) => `cause_${j}.time as time_${j}`).join(', ');
  const joins = outcomes
    .map((outcome, j) => {
      const times = outcomeTimesSql(outcome, definition, 'losses');
      return `left join (${times}) as cause_${j} on seen."user" = cause_${j}."user"`;
    })
    .join('\n    ');
  return `
    select seen."user", seen.first_time, (select max(last_time) from ledger) as last_time, ${columns}
    from (select "user", min(first_time) as first_time from ledger group by "user") as seen
    ${joins}
    order by seen."user"`;
}
