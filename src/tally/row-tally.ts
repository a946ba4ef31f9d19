import type { Definition } from '../definition/schema.ts';
import { maxDurationUnits } from '../ingest/canonical.ts';
import { anonymousName, dimensionName } from '../ingest/fields.ts';
import { dayMillis } from '../ledger/columns.ts';
import { KindTable } from './kind-table.ts';
import type { LineReader } from './line-reader.ts';
import { factors, mix, mixAll } from './mix.ts';
import { NumberList } from './number-list.ts';
import { PartTable } from './part-table.ts';
import { ProfileTable } from './profile-table.ts';
import { Refusal } from './refusal.ts';
import type { Slot } from './slots.ts';
import { TrackTable } from './track-table.ts';

/** Durations of a slice of the log that add up to less than this are exact as doubles. */
const maxSum = Number.MAX_SAFE_INTEGER;

/** Counts by hour of a day: events, plays, losses. */
export type HourCounts = Map<number, Float64Array>;

/** Adds up the rows of a slice of the log, as a `LineReader` reads them. */
export class RowTally {
  readonly kinds: KindTable;
  readonly profiles: ProfileTable;
  readonly tracks: TrackTable;
  readonly parts: PartTable;
  accepted = 0;
  anonymous = 0;
  /** Rows with an empty user. */
  nameless = 0;
  /** Rows that have one. */
  sequences = 0;
  durations = 0;
  items = 0;
  creators = 0;
  /** Code of the user, track and day of each event with a creator or an item. */
  readonly plays = new NumberList(Int32Array);
  /** Two halves of a hash of each row: equal rows have equal ones, whatever thread reads them. */
  readonly hashes = new NumberList(Int32Array);
  /** User and time of each loss. */
  readonly losses = new NumberList(Float64Array);
  /** User and hour (0…23), each pair once in the life of this tally. */
  readonly userHours = new NumberList(Int32Array);
  hours: HourCounts = new Map();
  readonly #reader: LineReader;
  readonly #at: ReturnType<typeof placesOf>;
  readonly #millis: { readonly time: ToNumber; readonly registered: ToNumber; readonly duration: ToNumber };
  readonly #from: number;
  readonly #to: number;
  /** Time, sequence and duration of the row: a double that is handed to a function would be put on the heap. */
  readonly #values = new Float64Array(3);
  /** Hours of the day that each user was seen in, a bit each. */
  #hoursOf: Int32Array = new Int32Array(1 << 10);
  #hourKey = -1;
  #hourCounts: Float64Array = new Float64Array(3);

  constructor(definition: Definition, slots: readonly Slot[], reader: LineReader) {
    this.#reader = reader;
    this.#at = placesOf(definition, slots);
    this.kinds = new KindTable(definition, slots, reader.texts);
    const { texts } = reader;
    const { gender, location, agent, creator, item } = this.#at;
    const hashOf = (slot: number, code: number, half: number) =>
      code === 0 ? 0 : texts.hashes[slot][2 * code + half];
    this.profiles = new ProfileTable(([registered, ...codes], half) => {
      bits.setFloat64(0, Number.isNaN(registered) ? absent : registered + 0);
      const own = [gender, location, agent].map((slot, i) => hashOf(slot, codes[i], half));
      return mixAll([bits.getInt32(0), bits.getInt32(4), ...own], half);
    });
    this.tracks = new TrackTable((track, half) =>
      mixAll(
        [creator, item].map((slot, i) => hashOf(slot, track[i], half)),
        half,
      ),
    );
    this.parts = new PartTable(Object.keys(definition.roles).length);
    const { columns, timeRange } = definition;
    const scale = columns.duration?.unit === 'ms' ? 100 : 100_000;
    this.#millis = {
      time: toMillis(columns.time.unit),
      registered: toMillis(columns.registered?.unit ?? 'ms'),
      duration: (value) => Math.round(value * scale),
    };
    this.#from = Date.parse(timeRange.from);
    this.#to = Date.parse(timeRange.to);
  }

  /**
   * Adds the row that the reader has read.
   * @returns false when its values are not good, and nothing is added.
   * @throws Refusal for what only rows can hold.
   */
  add(): boolean {
    const { codes, numbers, texts, pair } = this.#reader;
    const at = this.#at;
    const user = codes[at.user];
    const session = codes[at.session];
    if (user === 0 || session === 0 || codes[at.action] === 0) return false;
    const time = this.#millis.time(numbers[at.time]);
    if (!(time >= this.#from && time < this.#to)) return false;
    const registered = numbers[at.registered];
    const registration = this.#millis.registered(registered);
    if (!Number.isNaN(registered) && !(registration >= this.#from && registration < this.#to)) return false;
    const sequence = numbers[at.sequence];
    if (!Number.isNaN(sequence) && !Number.isSafeInteger(sequence)) return false;
    const duration = this.#millis.duration(numbers[at.duration]);
    if (duration > maxDurationUnits) return false;
    const kind = this.kinds.find(codes);
    if (kind < 0) return false;
    const isAnonymous = this.kinds.isAnonymous(kind, user);
    const profile = this.profiles.find(
      user,
      registration,
      codes[at.gender],
      codes[at.location],
      codes[at.agent],
    );
    this.profiles.rows[profile]++;
    if (!Number.isNaN(sequence)) this.sequences++;
    if (!Number.isNaN(duration)) this.durations++;
    const item = codes[at.item];
    const creator = codes[at.creator];
    const track = item === 0 && creator === 0 ? 0 : this.tracks.find(pair, creator, item);
    if (user === texts.emptyCodes[at.user]) this.nameless++;
    if (item !== 0) this.items++;
    if (creator !== 0) this.creators++;
    this.kinds.tally(kind, user, isAnonymous);
    const values = this.#values;
    values[0] = time;
    values[1] = sequence;
    values[2] = duration;
    this.#addHash(user, session, kind, profile, track);
    if (isAnonymous) {
      this.anonymous++;
      return true;
    }
    this.accepted++;
    const day = Math.floor(time / dayMillis);
    const hour = Math.floor((time - day * dayMillis) / 3_600_000);
    if (track > 0) this.plays.push3(user, track, day);
    this.#addHour(user, day * 24 + hour, hour, kind);
    if (this.kinds.isLoss[kind] === 1) this.losses.push2(user, time);
    const part = this.parts.find(user, session, day, this.kinds.planCode(kind), profile);
    this.parts.add(part, values, hour < 6, this.kinds.isLoss[kind] === 1, this.kinds.roles[kind]);
    if (this.parts.durationOf(part) > maxSum) {
      throw new Refusal('durations of one user and day add up to more than 2^53 units of 10 µs');
    }
    return true;
  }

  #addHour(user: number, key: number, hour: number, kind: number): void {
    if (key !== this.#hourKey) {
      this.#hourKey = key;
      this.#hourCounts = this.hours.get(key) ?? new Float64Array(3);
      this.hours.set(key, this.#hourCounts);
    }
    const counts = this.#hourCounts;
    counts[0]++;
    counts[1] += this.kinds.isPlay[kind];
    counts[2] += this.kinds.isLoss[kind];
    if (user >= this.#hoursOf.length) {
      const larger = new Int32Array(2 * user);
      larger.set(this.#hoursOf);
      this.#hoursOf = larger;
    }
    const bit = 1 << hour;
    if ((this.#hoursOf[user] & bit) !== 0) return;
    this.#hoursOf[user] |= bit;
    this.userHours.push2(user, hour);
  }

  #addHash(user: number, session: number, kind: number, profile: number, track: number): void {
    const { kinds, profiles } = this;
    const users = this.#reader.texts.hashes[this.#at.user];
    const sessions = this.#reader.texts.hashes[this.#at.session];
    const tracks = this.tracks.hashes;
    // No NaN, whose bits differ, and no −0.
    const values = this.#values;
    doubles[0] = values[0] + 0;
    doubles[1] = Number.isNaN(values[1]) ? absent : values[1] + 0;
    doubles[2] = Number.isNaN(values[2]) ? absent : values[2] + 0;
    const lowFactor = factors[0];
    const highFactor = factors[1];
    let low = mix(users[2 * user], sessions[2 * session], lowFactor);
    let high = mix(users[2 * user + 1], sessions[2 * session + 1], highFactor);
    for (let i = 0; i < words.length; i++) {
      low = mix(low, words[i], lowFactor);
      high = mix(high, words[i], highFactor);
    }
    low = mix(mix(low, kinds.hashLow[kind], lowFactor), profiles.hashLow[profile], lowFactor);
    high = mix(mix(high, kinds.hashHigh[kind], highFactor), profiles.hashHigh[profile], highFactor);
    this.hashes.push2(mix(low, tracks[2 * track], lowFactor), mix(high, tracks[2 * track + 1], highFactor));
  }

  /** Forgets what was counted, but for what gives codes their meaning, and which pairs were told. */
  clear(): void {
    this.accepted = 0;
    this.anonymous = 0;
    this.nameless = 0;
    this.sequences = 0;
    this.durations = 0;
    this.items = 0;
    this.creators = 0;
    for (const list of [this.plays, this.hashes, this.losses, this.userHours]) list.clear();
    this.hours = new Map();
    this.#hourKey = -1;
    this.parts.clear();
    this.kinds.clear();
    this.profiles.clear();
  }
}

/** No value that is a whole number. */
const absent = -0.5;
const bits = new DataView(new ArrayBuffer(8));
const doubles = new Float64Array(3);
const words = new Int32Array(doubles.buffer);
type ToNumber = (value: number) => number;

/** Milliseconds since 1970 of a number as it is written; NaN where that has no such meaning. */
function toMillis(unit: 's' | 'ms' | 'us' | 'iso'): ToNumber {
  const whole = (value: number) => (Number.isSafeInteger(value) ? value : Number.NaN);
  switch (unit) {
    case 's':
      return (value) => Math.round(value * 1000);
    case 'us':
      return (value) =>
        whole(value) === value ? (value - (((value % 1000) + 1000) % 1000)) / 1000 : Number.NaN;
    default:
      return whole;
  }
}

/** The slot of each part of the definition; one behind the last where it has none. */
function placesOf({ dimensions, anonymous }: Definition, slots: readonly Slot[]) {
  const slotOf = (name: string) => {
    const slot = slots.findIndex(({ names }) => names.includes(name));
    return slot < 0 ? slots.length : slot;
  };
  const [user, time, session, action, sequence, duration] = [
    'user',
    'time',
    'session',
    'action',
    'sequence',
    'duration',
  ].map(slotOf);
  const [registered, plan, item, creator, gender, location, agent] = [
    'registered',
    'plan',
    'item',
    'creator',
    'gender',
    'location',
    'agent',
  ].map(slotOf);
  return {
    ...{ user, time, session, action, sequence, duration },
    ...{ registered, plan, item, creator, gender, location, agent },
    dimensions: dimensions.map((_, j) => slotOf(dimensionName(j))),
    anonymous: anonymous.map((_, j) => slotOf(anonymousName(j))),
  };
}
