import type { Definition } from '../definition/schema.ts';
import type { EmbeddedEngine } from '../engine/engine.ts';
import { identifier, literals } from '../engine/sql.ts';
import { dimensionName } from '../ingest/fields.ts';
import { dayMillis, eventColumns, roleLast } from '../ledger/columns.ts';
import { numberColumn, tableOf, textColumn, wholeColumn } from './columns.ts';
import { kindColumns } from './kind-columns.ts';
import type { LogTally } from './log-tally.ts';
import { noParts } from './part-rows.ts';

/** Makes the relations of `tallyEvents` from what the slices of a log came down to, but for those of `createPlays`; `tally_parts` is there. */
export async function createRelations(
  definition: Definition,
  log: LogTally,
  engine: EmbeddedEngine,
): Promise<void> {
  await createTexts(log, engine);
  await createParts(definition, log, engine);
  await createLosses(log, engine);
  await createKinds(definition, log, engine);
  await createHours(log, engine);
  await createPresent(definition, log, engine);
}

/** A table of codes and texts each. */
async function createTexts({ texts }: LogTally, engine: EmbeddedEngine): Promise<void> {
  for (const name of ['user', 'session', 'plan', 'creator', 'item'] as const) {
    const { things } = texts[name];
    await engine.createTable(
      `tally_${name}s`,
      tableOf({ code: wholeColumn(things.map((_, i) => i + 1)), name: textColumn(things) }),
    );
  }
}

async function createParts(definition: Definition, log: LogTally, engine: EmbeddedEngine): Promise<void> {
  const { profiles, texts } = log;
  const text = (name: 'gender' | 'location' | 'agent', code: number) =>
    code === 0 ? null : texts[name].things[code - 1];
  await engine.createTable(
    'tally_profiles',
    tableOf({
      code: wholeColumn(profiles.things.map((_, i) => i)),
      registered: numberColumn(profiles.things.map(([registered]) => registered)),
      gender: textColumn(profiles.things.map(([, gender]) => text('gender', gender))),
      location: textColumn(profiles.things.map(([, , location]) => text('location', location))),
      agent: textColumn(profiles.things.map(([, , , agent]) => text('agent', agent))),
    }),
  );
  const own = new Set(Object.keys(noParts(Object.keys(definition.roles))));
  const columns = eventColumns(definition).map(({ name }) => partColumn(name, own, definition));
  await engine.createView(
    'parts',
    `select tally_users.name as "user", tally_sessions.name as session, cast(tally_parts.day as bigint) as day,
      tally_plans.name as plan, ${columns.join(', ')},
      (${timeOf('order_time')}) * 65536 + order_sequence as plan_order
    from tally_parts
    join tally_users on tally_parts."user" = tally_users.code
    join tally_sessions on tally_parts.session = tally_sessions.code
    join tally_profiles on tally_parts.profile = tally_profiles.code
    left join tally_plans on tally_parts.plan = tally_plans.code`,
  );
}

/** SQL for a column of `eventColumns`; what hangs on the day, the plan or the profile alone is not kept with each part. */
function partColumn(name: string, own: ReadonlySet<string>, { paidPlans, roles }: Definition): string {
  const events = 'cast(tally_parts.events as bigint)';
  const times = ['first_time', 'last_time', ...Object.keys(roles).map(roleLast)];
  if (times.includes(name)) return `${timeOf(name)} as ${name}`;
  if (own.has(name)) return `cast(tally_parts.${name} as bigint) as ${name}`;
  switch (name) {
    case 'paid_events':
      return `case when tally_plans.name in ${literals(paidPlans)} then ${events} else 0 end as ${name}`;
    case 'weekend_events':
      return `case when cast(tally_parts.day as bigint) % 7 in (2, 3) then ${events} else 0 end as ${name}`;
    case 'registered':
      return 'cast(tally_profiles.registered as bigint) as registered';
    default:
      return `tally_profiles.${name}`;
  }
}

/** Milliseconds since 1970, of a column with those of the day. */
function timeOf(name: string): string {
  const time = `tally_parts.${name}`;
  return `case when ${time} >= 0 then cast(tally_parts.day as bigint) * ${dayMillis} + ${time} end`;
}

async function createLosses({ losses }: LogTally, engine: EmbeddedEngine): Promise<void> {
  await engine.createNumbers('tally_losses', {
    user: everyOther(losses.values(), 0),
    time: everyOther(losses.values(), 1),
  });
  await engine.createTableAs(
    'losses',
    `select tally_users.name as "user", cast(min(time) as bigint) as time
    from tally_losses join tally_users on tally_losses."user" = tally_users.code group by tally_users.name`,
  );
}

async function createKinds(definition: Definition, log: LogTally, engine: EmbeddedEngine): Promise<void> {
  const { kinds, kindRows, userKinds } = log;
  const names = kindColumns(definition);
  const texts = names.map((name, j) => [name, textColumn(kinds.things.map((kind) => kind[j]))]);
  const rows = kinds.things.map((_, i) => kindRows[2 * i] + kindRows[2 * i + 1]);
  await engine.createTable(
    'tally_kinds',
    tableOf({
      code: wholeColumn(kinds.things.map((_, i) => i)),
      ...Object.fromEntries(texts),
      n_rows: numberColumn(rows),
      anonymous_rows: numberColumn(rows.map((_, i) => kindRows[2 * i + 1])),
    }),
  );
  await engine.createNumbers('tally_user_kinds', {
    user: everyOther(userKinds.values(), 0),
    kind: everyOther(userKinds.values(), 1),
  });
  const list = names.map(identifier).join(', ');
  await engine.createView(
    'kinds',
    `select ${list}, cast(n_rows as bigint) as n_rows, cast(anonymous_rows as bigint) as anonymous_rows from tally_kinds`,
  );
  await engine.createView(
    'user_kinds',
    `select tally_users.name as "user", ${list} from tally_user_kinds
    join tally_users on tally_user_kinds."user" = tally_users.code
    join tally_kinds on tally_user_kinds.kind = tally_kinds.code`,
  );
}

async function createHours({ hours, userHours }: LogTally, engine: EmbeddedEngine): Promise<void> {
  const keys = [...hours.keys()];
  const counts = [...hours.values()];
  const bigint = (name: string) => `cast(${name} as bigint) as ${name}`;
  await engine.createTable(
    'tally_hours',
    tableOf({
      day: numberColumn(keys.map((key) => Math.floor(key / 24))),
      hour: numberColumn(keys.map((key) => key % 24)),
      events: numberColumn(counts.map(([events]) => events)),
      plays: numberColumn(counts.map(([, plays]) => plays)),
      losses: numberColumn(counts.map(([, , losses]) => losses)),
    }),
  );
  await engine.createNumbers('tally_user_hours', {
    user: everyOther(userHours.values(), 0),
    hour: everyOther(userHours.values(), 1),
  });
  await engine.createView(
    'hours',
    `select ${['day', 'hour', 'events', 'plays', 'losses'].map(bigint).join(', ')} from tally_hours`,
  );
  await engine.createView('user_hours', `select "user", ${bigint('hour')} from tally_user_hours`);
}

async function createPresent(definition: Definition, log: LogTally, engine: EmbeddedEngine): Promise<void> {
  const { sums, kinds, kindRows, profiles, profileRows } = log;
  const rows = sums.accepted + sums.anonymous;
  const ofKinds = (j: number) =>
    kinds.things.reduce(
      (sum, kind, i) => (kind[j] === null ? sum : sum + kindRows[2 * i] + kindRows[2 * i + 1]),
      0,
    );
  const ofProfiles = (isPresent: (profile: (typeof profiles.things)[number]) => boolean) =>
    profiles.things.reduce((sum, profile, i) => (isPresent(profile) ? sum + profileRows[i] : sum), 0);
  const counts: Record<string, number> = {
    n_rows: rows,
    user: rows - sums.nameless,
    time: rows,
    session: rows,
    action: rows,
    sequence: sums.sequences,
    duration: sums.durations,
    registered: ofProfiles(([registered]) => !Number.isNaN(registered)),
    plan: ofKinds(1),
    item: sums.items,
    creator: sums.creators,
    gender: ofProfiles(([, gender]) => gender > 0),
    location: ofProfiles(([, , location]) => location > 0),
    agent: ofProfiles(([, , , agent]) => agent > 0),
    ...Object.fromEntries(definition.dimensions.map((_, j) => [dimensionName(j), ofKinds(2 + j)])),
  };
  const columns = Object.entries(counts).map(
    ([name, count]) => `cast(${count} as bigint) as ${identifier(name)}`,
  );
  await engine.createView('present', `select ${columns.join(', ')}`);
}

/** The first number of each pair, or the second. */
function everyOther(numbers: Int32Array | Float64Array, from: 0 | 1): Int32Array | Float64Array {
  return numbers.filter((_, i) => i % 2 === from);
}
