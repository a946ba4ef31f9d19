import type { Outcome } from '../../definition/outcomes.ts';
import type { Definition } from '../../definition/schema.ts';
import type { Engine } from '../../engine/engine.ts';
import { outcomeTimesSql } from '../../features/outcome-times.ts';
import { dayMillis } from '../../ledger/columns.ts';
import { numbersOf } from '../../table/table.ts';

/**
 * Keeps what the log says of the loss, before any outcome takes its place: `endings` is `losses`, and `hours_of_loss` is `hours`.
 * Needed once, before the first `useOutcome`.
 */
export async function keepLoss(engine: Engine): Promise<void> {
  await engine.createTableAs('endings', 'select "user", time from losses');
  await engine.createTableAs('hours_of_loss', 'select day, hour, events, plays, losses from hours');
}

/**
 * From here on `losses`, and the losses in `hours`, are those of an outcome: so all that is explored, learned and scored is of it.
 * @returns how many users had it.
 */
export async function useOutcome(outcome: Outcome, definition: Definition, engine: Engine): Promise<number> {
  await engine.createTableAs('losses', outcomeTimesSql(outcome, definition, 'endings'));
  await engine.drop('hours');
  await engine.createView('hours', outcome.kind === 'loss' ? 'select * from hours_of_loss' : hoursOfOutcome);
  const [lost] = numbersOf(await engine.query('select count(*) as lost from losses'), 'lost');
  return lost;
}

/** A silence may become one in an hour without an event. */
const hoursOfOutcome = `
  select day, hour, sum(events) as events, sum(plays) as plays, sum(losses) as losses
  from (select day, hour, events, plays, 0 as losses from hours_of_loss
    union all
    select cast((time - time % ${dayMillis}) / ${dayMillis} as bigint) as day,
      cast((time % ${dayMillis} - time % 3600000) / 3600000 as bigint) as hour, 0 as events, 0 as plays, 1 as losses from losses) as counted
  group by day, hour`;
