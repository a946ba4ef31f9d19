import type { KindTexts } from './kind-table.ts';
import { NumberList } from './number-list.ts';
import type { Profile } from './row-tally.ts';
import type { SliceTally } from './slice.ts';
import type { Slot } from './slots.ts';
import { TrackNumbers } from './track-numbers.ts';

/** The parts of a definition whose texts the whole log has codes for. */
const coded = ['user', 'session', 'plan', 'item', 'creator', 'gender', 'location', 'agent'] as const;
type Coded = (typeof coded)[number];

/** What one thread's codes stand for in the whole log. */
export interface ThreadCodes {
  readonly texts: Readonly<Record<Coded, number[]>>;
  readonly kinds: number[];
  readonly profiles: number[];
  readonly tracks: number[];
}

/** What the slices of a log come down to together. Codes count from 1, as they are met; 0 is none. Kinds and profiles count from 0. */
export class LogTally {
  readonly texts: Readonly<Record<Coded, Texts>>;
  readonly kinds = new Numbering<KindTexts>((kind) => JSON.stringify(kind), 0);
  readonly kindRows: number[] = [];
  readonly profiles = new Numbering<Profile>((profile) => profile.join(' '), 0);
  readonly profileRows: number[] = [];
  readonly tracks = new TrackNumbers();
  readonly userKinds = new NumberList(Int32Array);
  readonly userHours = new NumberList(Int32Array);
  readonly losses = new NumberList(Float64Array);
  /** Events, plays and losses by hour since 1970. */
  readonly hours = new Map<number, Float64Array>();
  readonly sums = {
    accepted: 0,
    anonymous: 0,
    nameless: 0,
    sequences: 0,
    durations: 0,
    items: 0,
    creators: 0,
  };
  readonly #slotOf: Readonly<Record<Coded, number>>;
  readonly #threads = new Map<number, ThreadCodes>();

  constructor(slots: readonly Slot[]) {
    this.#slotOf = record((name) => slots.findIndex(({ names }) => names.includes(name)));
    this.texts = record(() => new Numbering<string>((text) => text, 1));
  }

  /** Adds a slice's; those of one thread must come in the order in which it read them. */
  add(thread: number, slice: SliceTally): void {
    const codes = this.codesOf(thread);
    for (const name of coded) {
      for (const text of slice.texts[this.#slotOf[name]] ?? [])
        codes.texts[name].push(this.texts[name].of(text));
    }
    for (const kind of slice.kinds) codes.kinds.push(this.kinds.of(kind));
    for (const [registered, gender, location, agent] of slice.profiles) {
      const { texts } = codes;
      const own: Profile = [registered, texts.gender[gender], texts.location[location], texts.agent[agent]];
      codes.profiles.push(this.profiles.of(own));
    }
    const { creator, item } = codes.texts;
    for (let i = 0; i < slice.tracks.length; i += 2) {
      codes.tracks.push(this.tracks.of(creator[slice.tracks[i]], item[slice.tracks[i + 1]]));
    }
    slice.kindRows.forEach((rows, i) => {
      addAt(this.kindRows, 2 * codes.kinds[i >> 1] + (i & 1), rows);
    });
    slice.profileRows.forEach((rows, i) => {
      addAt(this.profileRows, codes.profiles[i], rows);
    });
    this.#addPairs(slice, codes);
    slice.hours.forEach((hour, i) => {
      const counts = slice.hourCounts.subarray(3 * i, 3 * i + 3);
      this.hours.set(hour, this.hours.get(hour)?.map((sum, j) => sum + counts[j]) ?? counts.slice());
    });
    for (const name of sumNames) this.sums[name] += slice[name];
  }

  codesOf(thread: number): ThreadCodes {
    const codes = this.#threads.get(thread) ?? {
      texts: record(() => [0]),
      kinds: [],
      profiles: [],
      tracks: [0],
    };
    this.#threads.set(thread, codes);
    return codes;
  }

  #addPairs({ userKinds, userHours, losses }: SliceTally, { texts, kinds }: ThreadCodes): void {
    for (let i = 0; i < userKinds.length; i += 2) {
      this.userKinds.push2(texts.user[userKinds[i]], kinds[userKinds[i + 1]]);
    }
    for (let i = 0; i < userHours.length; i += 2)
      this.userHours.push2(texts.user[userHours[i]], userHours[i + 1]);
    for (let i = 0; i < losses.length; i += 2) this.losses.push2(texts.user[losses[i]], losses[i + 1]);
  }
}

const sumNames = [
  'accepted',
  'anonymous',
  'nameless',
  'sequences',
  'durations',
  'items',
  'creators',
] as const;

/** Numbers things as they come. */
class Numbering<T> {
  readonly things: T[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #keyOf: (thing: T) => string;
  readonly #first: number;

  constructor(keyOf: (thing: T) => string, first: number) {
    this.#keyOf = keyOf;
    this.#first = first;
  }

  of(thing: T): number {
    const key = this.#keyOf(thing);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#first + this.things.push(thing) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }
}

type Texts = Numbering<string>;

function record<T>(make: (name: Coded) => T): Record<Coded, T> {
  const [user, session, plan, item, creator, gender, location, agent] = coded.map(make);
  return { user, session, plan, item, creator, gender, location, agent };
}

function addAt(sums: number[], at: number, value: number): void {
  while (sums.length <= at) sums.push(0);
  sums[at] += value;
}
