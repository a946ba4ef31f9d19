import type { Engine } from '../engine/engine.ts';
import { kaplanMeier } from '../evaluation/survival.ts';
import { dayMillis } from '../ledger/columns.ts';
import { numbersOf } from '../table/table.ts';

/** Points of the Kaplan–Meier estimate of staying, a row a day with a loss or an end of observation. */
export type SurvivalCurve = ReturnType<typeof kaplanMeier>;

/**
 * Staying by days since the log first saw the user. Days since registration would be more to the point, but whoever left before
 * the log began is not in it: at most ages only a handful would be at risk, and one loss among three would halve the curve.
 * Users who were not lost are watched to the end of the log, however long they are silent: to end with their own last
 * event would leave the silent out of those at risk, and losses would seem more likely than they are.
 */
export async function lifetimes(engine: Engine): Promise<SurvivalCurve> {
  const people = await engine.query(
    `select lost, case when lost = 1 then seen_ms else max(last_time) over () - first_time end as watched
    from people order by "user"`,
  );
  const watched = numbersOf(people, 'watched').map((millis) => Math.ceil(millis / dayMillis));
  return kaplanMeier(watched, Uint8Array.from(numbersOf(people, 'lost')));
}
