import type { Engine } from '../engine/engine.ts';
import { kaplanMeier } from '../evaluation/survival.ts';
import { dayMillis } from '../ledger/columns.ts';
import { numbersOf } from '../table/table.ts';

/** Points of the Kaplan–Meier estimate of staying, a row a day with a loss or an end of observation. */
export type SurvivalCurve = ReturnType<typeof kaplanMeier>;

/**
 * Staying by days since registration, or since the first event where the log knows no registration. Users enter when the log
 * first sees them: whoever left before it began is not in it, and must not count as having been at risk. Users who were not
 * lost are watched to the end of the log, however long they are silent: to end with their own last event would leave the
 * silent out of those at risk, and losses would seem more likely than they are.
 */
export async function lifetimes(engine: Engine): Promise<SurvivalCurve> {
  const people = await engine.query(
    `select lost, first_time, registered,
      case when lost = 1 then first_time + seen_ms else max(last_time) over () end as ended
    from people order by "user"`,
  );
  const first = numbersOf(people, 'first_time');
  const registered = numbersOf(people, 'registered');
  const ended = numbersOf(people, 'ended');
  const lost = Uint8Array.from(numbersOf(people, 'lost'));
  const origin = registered.map((time, i) => (time < first[i] ? time : first[i]));
  const entries = origin.map((time, i) => Math.floor((first[i] - time) / dayMillis));
  const durations = origin.map((time, i) =>
    Math.max(Math.ceil((ended[i] - time) / dayMillis), entries[i] + 1),
  );
  return kaplanMeier(durations, lost, entries);
}
