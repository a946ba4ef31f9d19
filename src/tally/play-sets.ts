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
  const byTrack = new FirstDays(rows);
  for (const { extent, users, tracks } of slices) {
    const records = readNumbers(extent);
    for (let at = 0; at < records.length; at += playWidth) {
      const track = tracks[records[at + 1]];
      Atomics.add(counts.plays, track, 1);
      if (byTrack.add(users[records[at]], track, records[at + 2])) Atomics.add(counts.users, track, 1);
    }
  }
  const byCreator = new FirstDays(byTrack.pairs.size);
  const byItem = new FirstDays(byTrack.pairs.size);
  byTrack.pairs.forEach((user, track, day) => {
    const creator = creators[track];
    const item = items[track];
    if (creator > 0 && byCreator.add(user, creator, day)) Atomics.add(counts.creatorUsers, creator, 1);
    if (item > 0) byItem.add(user, item, day);
  });
  return { creators: firstsOf(byCreator), items: firstsOf(byItem) };
}

/** The first day of each user with each thing; users count from 1. */
class FirstDays {
  readonly pairs: PairTable;

  /** @param most pairs that may be added. */
  constructor(most: number) {
    this.pairs = new PairTable(most);
  }

  /** @returns whether the pair is new. */
  add(user: number, thing: number, day: number): boolean {
    const { pairs } = this;
    const known = pairs.size;
    const at = pairs.find(user, thing);
    const isNew = pairs.size > known;
    if (isNew || day < pairs.table[at]) pairs.table[at] = day;
    return isNew;
  }
}

function firstsOf({ pairs }: FirstDays): Firsts {
  const days = new PairTable(pairs.size);
  pairs.forEach((user, _, day) => {
    days.table[days.find(user, day)]++;
  });
  const firsts = {
    users: new Int32Array(days.size),
    days: new Int32Array(days.size),
    counts: new Int32Array(days.size),
  };
  let row = 0;
  days.forEach((user, day, count) => {
    firsts.users[row] = user;
    firsts.days[row] = day;
    firsts.counts[row++] = count;
  });
  return firsts;
}

/** A number for each pair of numbers, by open addressing; the first of a pair is not 0. */
class PairTable {
  size = 0;
  /** Three numbers a place: the pair, and its own, which is 0 at first. */
  readonly table: Int32Array;
  readonly #mask: number;

  /** @param most pairs that it may have. */
  constructor(most: number) {
    const places = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.table = new Int32Array(3 * places);
    this.#mask = places - 1;
  }

  /** Where in the table the number of the pair stands. */
  find(a: number, b: number): number {
    const table = this.table;
    const mask = this.#mask;
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
    for (let place = (hash ^ (hash >>> 13)) & mask; ; place = (place + 1) & mask) {
      const at = 3 * place;
      if (table[at] === a && table[at + 1] === b) return at + 2;
      if (table[at] !== 0) continue;
      table[at] = a;
      table[at + 1] = b;
      this.size++;
      return at + 2;
    }
  }

  forEach(visit: (a: number, b: number, number: number) => void): void {
    const { table } = this;
    for (let at = 0; at < table.length; at += 3) {
      if (table[at] !== 0) visit(table[at], table[at + 1], table[at + 2]);
    }
  }
}
