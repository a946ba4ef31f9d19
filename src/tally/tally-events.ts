import type { Definition } from '../definition/schema.ts';
import type { Engine } from '../engine/engine.ts';
import { identifier, literals } from '../engine/sql.ts';
import { dayMillis, eventColumns, mergedColumns } from '../ledger/columns.ts';
import { kindColumns } from './kind-columns.ts';

const hourMillis = 3_600_000;
const day = `cast((time - time % ${dayMillis}) / ${dayMillis} as bigint)`;
const hour = `cast((time % ${dayMillis} - time % ${hourMillis}) / ${hourMillis} as bigint)`;

/**
 * Makes, from the rows in `log` and `events`, what the ledger and the statistics are made of:
 *
 * | relation | a row | columns beside its key |
 * |---|---|---|
 * | `losses` | user | `time` of the first loss |
 * | `parts` | user, session, day, plan; perhaps more than one, which merge | `eventColumns`, `plan_order` |
 * | `firsts` | user, day | `new_creators` and `new_items`, met for the first time |
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
  await engine.createTableAs('runs', runs(definition), 'ledger');
  await engine.createTableAs(
    'losses',
    `select "user", min(first_time) as time from runs
    where not anonymous and action in ${literals(definition.loss.actions)} group by "user"`,
    'ledger',
  );
  await engine.createView('parts', parts(definition));
  // Each of these is read once: on Spark a table would cost a job and a round trip through the disk.
  await engine.createView('firsts', firsts);
  const kinds = kindColumns(definition).map(identifier).join(', ');
  await engine.createView(
    'kinds',
    `select ${kinds}, n_rows, case when anonymous then n_rows else 0 end as anonymous_rows from runs`,
  );
  await engine.createView('user_kinds', `select "user", ${kinds} from runs where not anonymous`);
  await engine.createView('hours', hours(definition));
  await engine.createView('user_hours', `select "user", ${hour} as hour from events`);
  await engine.createView('present', present(definition));
  await engine.createView('creators', played('creator', 'creator'));
  await engine.createView('items', played('creator, item', 'item'));
}

/**
 * A row a user, session, day, kind and texts of the user's profile: a tenth or so of the log's rows, and all that is read of most of its
 * columns. Texts are keys here, since an aggregate that keeps one would make Spark sort the whole log.
 */
function runs(definition: Definition): string {
  // Events of one millisecond follow each other by their position in the session.
  const order = 'time * 65536 + greatest(least(coalesce(sequence, 0), 65535), 0)';
  const keys = ['user', 'session', 'day', ...kindColumns(definition), ...profile, 'anonymous'];
  return `
    select ${keys.map(identifier).join(', ')}, count(*) as n_rows, min(time) as first_time, max(time) as last_time,
      max(${order}) as plan_order, cast(sum(duration) as bigint) as duration, max(registered) as registered,
      count(case when time % ${dayMillis} < ${6 * hourMillis} then 1 end) as night_rows,
      ${counted.map((name) => `count(${name}) as ${countOf(name)}`).join(', ')}
    from (select *, ${day} as day from log)
    group by ${keys.map(identifier).join(', ')}`;
}

const profile = ['gender', 'location', 'agent'];
/** Canonical columns in which rows of a run differ in whether they have a value. */
const counted = ['sequence', 'duration', 'registered', 'item', 'creator'];

function countOf(column: string): string {
  return `n_${column}`;
}

/**
 * What the ledger asks of runs, whatever their action: texts are keys here too, so that the ledger, which keeps texts, sorts a seventh of
 * the rows. The hint is to Spark alone: all that the ledger does is by user, and needs no further exchange.
 */
function parts(definition: Definition): string {
  const keys = ['user', 'session', 'day', 'plan', ...profile].map(identifier).join(', ');
  const columns = eventColumns(definition).filter(({ name }) => !profile.includes(name));
  return `select ${keys}, ${mergedColumns(columns, ({ sql }) => sql)}, max(plan_order) as plan_order
    from (select /*+ REPARTITION("user") */ * from runs where not anonymous) as runs_of_users
    group by ${keys}`;
}

/**
 * A row a user and day with what was met for the first time: creators and items, two rows a play, are grouped in one pass. The hint is to
 * Spark alone: grouping the plays of each task before they go to others hardly makes them fewer, and costs more than it saves.
 */
const firsts = `
  select "user", day, count(case when is_creator then 1 end) as new_creators, count(case when not is_creator then 1 end) as new_items
  from (select "user", is_creator, thing, min(day) as day
    from (select "user", day, is_creator, case when is_creator then creator else item end as thing
      from (select /*+ REPARTITION("user") */ "user", ${day} as day, creator, item
        from events where creator is not null or item is not null) as met
      cross join (values (true), (false)) as sides (is_creator)) as things
    where thing is not null group by "user", is_creator, thing) as firsts
  group by "user", day`;

function hours({ roles, loss }: Definition): string {
  const count = (actions: readonly string[]) => `count(case when action in ${literals(actions)} then 1 end)`;
  const plays = roles.play === undefined ? 'cast(0 as bigint)' : count(roles.play);
  return `select ${day} as day, ${hour} as hour, count(*) as events, ${plays} as plays, ${count(loss.actions)} as losses
    from events group by ${day}, ${hour}`;
}

function present(definition: Definition): string {
  const named = ['session', ...kindColumns(definition), ...profile].map((name) => [name, identifier(name)]);
  // Of these a run's rows all have a value, or none has.
  const shared = [['user', `nullif("user", '')`], ['time', 'first_time'], ...named].map(([name, value]) => [
    name,
    `case when ${value} is not null then n_rows end`,
  ]);
  const sums = [['n_rows', 'n_rows'], ...shared, ...counted.map((name) => [name, countOf(name)])].map(
    ([name, count]) => `cast(coalesce(sum(${count}), 0) as bigint) as ${identifier(name)}`,
  );
  return `select ${sums.join(', ')} from runs`;
}

function played(columns: string, column: string): string {
  return `select ${columns}, count(*) as plays, count(distinct "user") as users
    from events where ${column} is not null group by ${columns}`;
}
