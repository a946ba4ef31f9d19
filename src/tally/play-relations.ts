import type { EmbeddedEngine } from '../engine/engine.ts';
import type { LogTally } from './log-tally.ts';
import {
  type Firsts,
  type PlayCounts,
  type Played,
  trackPlays,
  trackUsers,
  trackWidth,
} from './play-sets.ts';

/**
 * Makes those of the relations of `tallyEvents` that tell what was played: `creators`, `items`, `first_heard` and `first_played`. The tables
 * of texts that `createRelations` makes are there.
 */
export async function createPlays(
  log: LogTally,
  { counts, creators, items }: Played,
  engine: EmbeddedEngine,
): Promise<void> {
  await createItems(log, counts, engine);
  await createCreators(log, counts, engine);
  await createFirsts('first_heard', creators, engine);
  await createFirsts('first_played', items, engine);
}

async function createItems({ tracks }: LogTally, counts: PlayCounts, engine: EmbeddedEngine): Promise<void> {
  const countOf = (track: number, which: number) => counts.tracks[trackWidth * track + which];
  const known = tracks.things.flatMap(([, item], i) =>
    item > 0 && countOf(i + 1, trackPlays) > 0 ? [i + 1] : [],
  );
  await engine.createNumbers('tally_played', {
    creator: Int32Array.from(known, (track) => tracks.things[track - 1][0]),
    item: Int32Array.from(known, (track) => tracks.things[track - 1][1]),
    plays: Int32Array.from(known, (track) => countOf(track, trackPlays)),
    users: Int32Array.from(known, (track) => countOf(track, trackUsers)),
  });
  await engine.createView(
    'items',
    `select tally_creators.name as creator, tally_items.name as item,
      cast(plays as bigint) as plays, cast(users as bigint) as users
    from tally_played join tally_items on tally_played.item = tally_items.code
    left join tally_creators on tally_played.creator = tally_creators.code`,
  );
}

async function createCreators(
  { tracks, texts }: LogTally,
  counts: PlayCounts,
  engine: EmbeddedEngine,
): Promise<void> {
  const plays = new Float64Array(texts.creator.things.length + 1);
  tracks.things.forEach(([creator], i) => {
    plays[creator] += counts.tracks[trackWidth * (i + 1) + trackPlays];
  });
  const heard = texts.creator.things.flatMap((_, i) => (plays[i + 1] > 0 ? [i + 1] : []));
  await engine.createNumbers('tally_heard', {
    creator: Int32Array.from(heard),
    plays: Float64Array.from(heard, (creator) => plays[creator]),
    users: Int32Array.from(heard, (creator) => counts.creatorUsers[creator]),
  });
  await engine.createView(
    'creators',
    `select name as creator, cast(plays as bigint) as plays, cast(users as bigint) as users
    from tally_heard join tally_creators on tally_heard.creator = tally_creators.code`,
  );
}

async function createFirsts(name: string, parts: readonly Firsts[], engine: EmbeddedEngine): Promise<void> {
  const none = new Int32Array(0);
  const table = `tally_${name}`;
  await engine.createNumbers(table, { user: none, day: none, n: none });
  await engine.append(
    table,
    parts.map(({ users, days, counts }) => ({ user: users, day: days, n: counts })),
  );
  await engine.createView(
    name,
    `select tally_users.name as "user", cast(day as bigint) as day, cast(n as bigint) as n
    from ${table} join tally_users on ${table}."user" = tally_users.code`,
  );
}
