import type { EmbeddedEngine } from '../engine/engine.ts';
import { tableOf, textColumn, wholeColumn } from './columns.ts';
import type { Firsts } from './firsts.ts';
import type { LogTally } from './log-tally.ts';
import { type Played, trackPlays, trackUsers, trackWidth } from './play-sets.ts';

/** Makes those of the relations of `tallyEvents` that tell what was played: `creators`, `items`, `first_heard` and `first_played`. */
export async function createPlays(
  log: LogTally,
  { counts, creators, items }: Played,
  engine: EmbeddedEngine,
): Promise<void> {
  const { tracks, texts } = log;
  const countOf = (track: number, which: number) => counts.tracks[trackWidth * track + which];
  const creatorPlays = new Float64Array(texts.creator.things.length + 1);
  tracks.things.forEach(([creator], i) => {
    creatorPlays[creator] += countOf(i + 1, trackPlays);
  });
  const text = (name: 'creator' | 'item', code: number) => (code === 0 ? null : texts[name].things[code - 1]);
  const isKnown = tracks.things.map(([, item], i) => item > 0 && countOf(i + 1, trackPlays) > 0);
  const known = tracks.things.flatMap((track, i) => (isKnown[i] ? [{ track, code: i + 1 }] : []));
  await engine.createTable(
    'items',
    tableOf({
      creator: textColumn(known.map(({ track }) => text('creator', track[0]))),
      item: textColumn(known.map(({ track }) => text('item', track[1]))),
      plays: wholeColumn(known.map(({ code }) => countOf(code, trackPlays))),
      users: wholeColumn(known.map(({ code }) => countOf(code, trackUsers))),
    }),
  );
  const heard = texts.creator.things.flatMap((name, i) =>
    creatorPlays[i + 1] > 0 ? [{ name, code: i + 1 }] : [],
  );
  await engine.createTable(
    'creators',
    tableOf({
      creator: textColumn(heard.map(({ name }) => name)),
      plays: wholeColumn(heard.map(({ code }) => creatorPlays[code])),
      users: wholeColumn(heard.map(({ code }) => counts.creatorUsers[code])),
    }),
  );
  await createFirsts('first_heard', creators, engine);
  await createFirsts('first_played', items, engine);
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
    `select tally_users.name as "user", cast(day as bigint) as day, cast(n as bigint) as n from ${table} join tally_users on ${table}."user" = tally_users.code`,
  );
}
