import { playWidth } from './slice.ts';
import { type Extent, readNumbers } from './spill.ts';

/** Plays of one slice and partition, and what its codes stand for in the whole log. */
export interface SlicePlays {
  readonly extent: Extent;
  /** Codes of the whole log by those of the slice's thread. */
  readonly users: Int32Array;
  readonly tracks: Int32Array;
}

/** How often each track was played, by how many users, and how many users played each creator; memory that threads share. */
export interface PlayCounts {
  readonly plays: Int32Array;
  readonly users: Int32Array;
  readonly creatorUsers: Int32Array;
}

/** Users and days on which something was met for the first time, and how many things. */
export interface Firsts {
  readonly users: Int32Array;
  readonly days: Int32Array;
  readonly counts: Int32Array;
}

/** What users met for the first time, by partition, and how often each thing was played. */
export interface Played {
  readonly counts: PlayCounts;
  readonly creators: readonly Firsts[];
  readonly items: readonly Firsts[];
}

/**
 * What the users of one partition played for the first time, creators and items; adds to the counts.
 * @param creators, items codes by track, 0 for none.
 */
export function countPlays(
  slices: readonly SlicePlays[],
  { creators, items }: { readonly creators: Int32Array; readonly items: Int32Array },
  counts: PlayCounts,
): { readonly creators: Firsts; readonly items: Firsts } {
  const rows = slices.reduce((sum, { extent }) => sum + extent.length / playWidth, 0);
  const tracks = new FirstDays(rows);
  for (const { extent, users, tracks: codes } of slices) {
    const records = readNumbers(extent);
    for (let at = 0; at < records.length; at += playWidth) {
      const track = codes[records[at + 1]];
      Atomics.add(counts.plays, track, 1);
      if (tracks.add(users[records[at]], track, records[at + 2])) Atomics.add(counts.users, track, 1);
    }
  }
  const byCreator = new FirstDays(tracks.size);
  const byItem = new FirstDays(tracks.size);
  tracks.forEach((user, track, day) => {
    const creator = creators[track];
    const item = items[track];
    if (creator > 0 && byCreator.add(user, creator, day)) Atomics.add(counts.creatorUsers, creator, 1);
    if (item > 0) byItem.add(user, item, day);
  });
  return { creators: firstsOf(byCreator), items: firstsOf(byItem) };
}

/** The first day of each user with each thing, by open addressing; users and things count from 1. */
class FirstDays {
  size = 0;
  readonly #table: Int32Array;
  readonly #mask: number;

  /** @param most pairs that may be added. */
  constructor(most: number) {
    const places = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.#table = new Int32Array(3 * places);
    this.#mask = places - 1;
  }

  /** @returns whether the pair is new. */
  add(user: number, thing: number, day: number): boolean {
    const table = this.#table;
    const mask = this.#mask;
    let hash = Math.imul(user, 0x9e3779b1) ^ Math.imul(thing, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
    for (let place = (hash ^ (hash >>> 13)) & mask; ; place = (place + 1) & mask) {
      const at = 3 * place;
      if (table[at] === 0) {
        table[at] = user;
        table[at + 1] = thing;
        table[at + 2] = day;
        this.size++;
        return true;
      }
      if (table[at] === user && table[at + 1] === thing) {
        if (day < table[at + 2]) table[at + 2] = day;
        return false;
      }
    }
  }

  forEach(visit: (user: number, thing: number, day: number) => void): void {
    const table = this.#table;
    for (let at = 0; at < table.length; at += 3) {
      if (table[at] !== 0) visit(table[at], table[at + 1], table[at + 2]);
    }
  }
}

function firstsOf(days: FirstDays): Firsts {
  // Users are fewer than 2^31, days than 2^21.
  const counts = new Map<number, number>();
  days.forEach((user, _, day) => {
    const key = user * 2 ** 21 + day;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  const keys = [...counts.keys()];
  return {
    users: Int32Array.from(keys, (key) => Math.floor(key / 2 ** 21)),
    days: Int32Array.from(keys, (key) => key % 2 ** 21),
    counts: Int32Array.from(counts.values()),
  };
}
