import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { identifier, literals } from '../engine/sql.ts';
import { dimensionName, textColumns } from '../ingest/fields.ts';
import { dayMillis, eventColumns } from '../ledger/columns.ts';
import { kindColumns } from './kind-columns.ts';

const day = `cast((time - time % ${dayMillis}) / ${dayMillis} as bigint)`;
const hour = `cast((time % ${dayMillis} - time % 3600000) / 3600000 as bigint)`;

/**
 * Makes, from the rows in `log` and `events`, what the ledger and the statistics are made of:
 *
 * | relation | a row | columns beside its key |
 * |---|---|---|
 * | `losses` | user | `time` of the first loss |
 * | `parts` | user, session, day, plan; perhaps more than one, which merge | `eventColumns`, `plan_order` |
 * | `first_heard`, `first_played` | user, day | `n` creators and items met for the first time |
 * | `kinds` | action, plan, dimensions; perhaps more than one | `n_rows`, `anonymous_rows` |
 * | `user_kinds` | user, action, plan, dimensions; perhaps more than one | |
 * | `hours` | day, hour | `events`, `plays`, `losses` |
 * | `user_hours` | user, hour; perhaps more than one | |
 * | `present` | one | rows with a value, by canonical column, and `n_rows` |
 * | `creators`, `items` | creator; creator and item | `plays`, `users` |
 *
 * Days count from 1970.
 */
export async function tallyEvents(definition: Definition, engine: Engine): Promise<void> {
  await engine.createTableAs(
    'losses',
    `select "user", min(time) as time from events
    where action in ${literals(definition.loss.actions)} group by "user"`,
    'ledger',
  );
  await engine.createTableAs('parts', parts(definition), 'ledger');
  // Each of these is read once: on Spark a table would cost a job and a round trip through the disk.
  await engine.createView('first_heard', firstMet('creator'));
  await engine.createView('first_played', firstMet('item'));
  const kinds = kindColumns(definition).map(identifier).join(', ');
  await engine.createTableAs('log_kinds', logKinds(definition), 'ledger');
  await engine.createView('kinds', `select ${kinds}, n_rows, anonymous_rows from log_kinds`);
  await engine.createView('user_kinds', `select "user", ${kinds} from events`);
  await engine.createView('hours', hours(definition));
  await engine.createView('user_hours', `select "user", ${hour} as hour from events`);
  await engine.createView('present', present(definition));
  await engine.createView('creators', played('creator', 'creator'));
  await engine.createView('items', played('creator, item', 'item'));
}

/** A row a user, session, day, plan and texts of the user's profile. */
function parts(definition: Definition): string {
  const columns = eventColumns(definition).map(({ name, sql }) => `${sql} as ${name}`);
  const keys = eventColumns(definition).flatMap(({ name, key = false }) => (key ? [name] : []));
  // Events of one millisecond follow each other by their position in the session.
  const order = 'time * 65536 + greatest(least(coalesce(sequence, 0), 65535), 0)';
  return `
    select "user", session, day, plan, ${columns.join(',\n      ')}, max(${order}) as plan_order
    from (select *, ${day} as day from events)
    group by "user", session, day, plan, ${keys.join(', ')}`;
}

function firstMet(column: string): string {
  return `
    select "user", ${day} as day, count(*) as n
    from (select "user", ${column}, min(time) as time from events where ${column} is not null group by "user", ${column})
    group by "user", ${day}`;
}

function hours({ roles, loss }: Definition): string {
  const count = (actions: readonly string[]) => `count(case when action in ${literals(actions)} then 1 end)`;
  const plays = roles.play === undefined ? 'cast(0 as bigint)' : count(roles.play);
  return `select ${day} as day, ${hour} as hour, count(*) as events, ${plays} as plays, ${count(loss.actions)} as losses
    from events group by ${day}, ${hour}`;
}

/** A row a kind: what `kinds` and `present` both come from, so that the log is read once for them. */
function logKinds(definition: Definition): string {
  const kinds = kindColumns(definition).map(identifier).join(', ');
  const present = presentColumns(definition).map(
    ([name, value]) => `count(${value}) as ${identifier(`present_${name}`)}`,
  );
  return `select ${kinds}, count(*) as n_rows, count(case when anonymous then 1 end) as anonymous_rows,
      ${present.join(', ')}
    from log group by ${kinds}`;
}

function present(definition: Definition): string {
  const counts = [
    ['n_rows', 'n_rows'],
    ...presentColumns(definition).map(([name]) => [name, `present_${name}`]),
  ];
  const sums = counts.map(
    ([name, count]) => `cast(coalesce(sum(${identifier(count)}), 0) as bigint) as ${identifier(name)}`,
  );
  return `select ${sums.join(', ')} from log_kinds`;
}

/** Canonical columns, and what is null where a row has no value. */
function presentColumns({ dimensions }: Definition): (readonly [name: string, value: string])[] {
  const names = ['time', 'session', 'action', 'sequence', 'duration', 'registered', ...textColumns];
  const columns = [...names, ...dimensions.map((_, j) => dimensionName(j))];
  return [['user', `nullif("user", '')`], ...columns.map((name) => [name, identifier(name)] as const)];
}

function played(columns: string, column: string): string {
  return `select ${columns}, count(*) as plays, count(distinct "user") as users
    from events where ${column} is not null group by ${columns}`;
}
