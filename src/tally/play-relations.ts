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
 * Makes those of the relations of `tallyEvents` that tell what was played: `creators`, `items` and `firsts`. The tables
 * of texts that `createRelations` makes are there.
 */
export async function createPlays(
  log: LogTally,
  { counts, creators, items }: Played,
  engine: EmbeddedEngine,
): Promise<void> {
  await createItems(log, counts, engine);
  await createCreators(log, counts, engine);
  await createFirsts(creators, items, engine);
}

async function createItems({ tracks }: LogTally, counts: PlayCounts, engine: EmbeddedEngine): Promise<void> {
  const countOf = (track: number, which: number) => counts.tracks[trackWidth * track + which];
  const known = Array.from({ length: tracks.size }, (_, i) => i + 1).filter(
    (track) => tracks.itemOf(track) > 0 && countOf(track, trackPlays) > 0,
  );
  await engine.createNumbers('tally_played', {
    creator: Int32Array.from(known, (track) => tracks.creatorOf(track)),
    item: Int32Array.from(known, (track) => tracks.itemOf(track)),
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
  for (let track = 1; track <= tracks.size; track++) {
    plays[tracks.creatorOf(track)] += counts.tracks[trackWidth * track + trackPlays];
  }
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

async function createFirsts(
  creators: readonly Firsts[],
  items: readonly Firsts[],
  engine: EmbeddedEngine,
): Promise<void> {
  const none = new Int32Array(0);
  await engine.createNumbers('tally_firsts', { user: none, day: none, creators: none, items: none });
  const zeros = (counts: Int32Array) => new Int32Array(counts.length);
  await engine.append('tally_firsts', [
    ...creators.map(({ users, days, counts }) => ({
      user: users,
      day: days,
      creators: counts,
      items: zeros(counts),
    })),
    ...items.map(({ users, days, counts }) => ({
      user: users,
      day: days,
      creators: zeros(counts),
      items: counts,
    })),
  ]);
  await engine.createView(
    'firsts',
    `select name as "user", cast(day as bigint) as day, new_creators, new_items
    from (select "user", day, cast(sum(creators) as bigint) as new_creators, cast(sum(items) as bigint) as new_items
      from tally_firsts group by "user", day) as firsts
    join tally_users on firsts."user" = tally_users.code`,
  );
}
