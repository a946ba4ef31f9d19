import type { EmbeddedEngine } from '../engine/engine.ts';
import { numberColumn, tableOf, textColumn, wholeColumn } from './columns.ts';
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
  const empty = { users: new Int32Array(0), days: new Int32Array(0), counts: new Int32Array(0) };
  const table = `tally_${name}`;
  for (const [i, { users, days, counts }] of [empty, ...parts].entries()) {
    const rows = tableOf({ user: numberColumn(users), day: wholeColumn(days), n: wholeColumn(counts) });
    if (i === 0) await engine.createTable(table, rows);
    else await engine.append(table, [rows]);
  }
  await engine.createView(
    name,
    `select tally_users.name as "user", day, n from ${table} join tally_users on ${table}."user" = tally_users.code`,
  );
}
