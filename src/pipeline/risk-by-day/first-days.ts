import type { Outcome } from '../../definition/outcomes.ts';
import type { Engine } from '../../engine/engine.ts';
import type { ExampleRows } from '../../features/examples.ts';
import { numbersOf, stringsOf } from '../../table/table.ts';

const clock = 'days_since_last_event';

/**
 * Of a silence the first day on which it can be there: so many days after the last event, which a cutoff knows. Undefined of outcomes that can
 * come on any day.
 */
export function firstDays(
  outcome: Outcome | undefined,
  { matrix }: Pick<ExampleRows, 'matrix'>,
): Int32Array | undefined {
  if (outcome?.kind !== 'silence') return undefined;
  return firstDaysOf(matrix.columns[matrix.names.indexOf(clock)], outcome.days);
}

/** The same of everyone scored, whose rows are in the table `at_risk`. @param users in the order that is wanted. */
export async function firstDaysScored(
  outcome: Outcome | undefined,
  users: readonly string[],
  engine: Engine,
): Promise<Int32Array | undefined> {
  if (outcome?.kind !== 'silence') return undefined;
  const rows = await engine.query(`select "user", ${clock} from at_risk`);
  const since = numbersOf(rows, clock);
  const ofUser = new Map(stringsOf(rows, 'user').map((user, i) => [user, since[i]]));
  return firstDaysOf(
    Float64Array.from(users, (user) => ofUser.get(user) ?? Number.NaN),
    outcome.days,
  );
}

/** @param since days from the last event to the cutoff, less than `days`. */
function firstDaysOf(since: Float64Array, days: number): Int32Array {
  return Int32Array.from(since, (quiet) => Math.max(1, Math.floor(days - quiet) + 1));
}
