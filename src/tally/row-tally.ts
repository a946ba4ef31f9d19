import type { Definition } from '../definition/schema.ts';
import { maxDurationUnits } from '../ingest/canonical.ts';
import { KindTable, type KindTexts, kindSlots } from './kind-table.ts';
import { LineReader } from './line-reader.ts';
import type { Slot } from './slots.ts';

/** What a log says of a user on every row: registration (ms since 1970, NaN for none), and codes of gender, location and agent. */
export type Profile = readonly [registered: number, gender: number, location: number, agent: number];

/** What rows come down to. Codes are the tally's own; texts, kinds, profiles and tracks that it had not met before come along. */
export interface RowCounts {
  readonly accepted: number;
  readonly anonymous: number;
  /** Rows with an empty user. */
  readonly nameless: number;
  /** Rows that have one. */
  readonly sequences: number;
  readonly durations: number;
  readonly items: number;
  readonly creators: number;
  /** By slot. */
  readonly texts: readonly (readonly string[])[];
  readonly kinds: readonly KindTexts[];
  /** Rows of users and of nobody, by kind. */
  readonly kindRows: Float64Array;
  /** User and kind, user and hour of the day: each pair once in the life of the tally. */
  readonly userKinds: Int32Array;
  readonly userHours: Int32Array;
  readonly profiles: readonly Profile[];
  readonly profileRows: Float64Array;
  /** Codes of creator and item of each, 0 for none. */
  readonly tracks: Int32Array;
  /** Hours since 1970, and events, plays and losses of each. */
  readonly hours: Int32Array;
  readonly hourCounts: Float64Array;
  /** User and time of each loss. */
  readonly losses: Float64Array;
}

/** Records in the order of their partitions, in the kernel's memory: they are valid until it is called. */
export interface Partitioned {
  readonly records: Uint8Array;
  /** The first record of each partition; behind them how many there are. */
  readonly starts: Int32Array;
}

/** How numbers become milliseconds, as `kernel/tally/units.ts` has it; ISO texts are milliseconds when they were read. */
const units = { ms: 0, iso: 0, s: 1, us: 2 };

/** Of a profile's record in the kernel, and of a kind's. */
const profileBytes = 20;
const kindBytes = 48;

/** Adds up the rows of a log, line by line, in the kernel. */
export class RowTally {
  readonly reader: LineReader;
  readonly #kinds: KindTable;
  #profiles = 0;
  /** Bytes of those that were told. */
  #tracks = 0;

  constructor(definition: Definition, slots: readonly Slot[]) {
    const { all } = kindSlots(definition, slots);
    this.reader = new LineReader(slots, new Set(all), (kind) =>
      this.#kinds.add(kind, this.reader.kernel, this.reader.kernel.row(slots.length).codes),
    );
    this.#kinds = new KindTable(definition, slots, this.reader.texts);
    const { call } = this.reader.kernel;
    const { columns, timeRange, roles } = definition;
    for (const slot of all) call.addKindSlot(slot);
    call.setRoles(Object.keys(roles).length);
    call.timeUnit.value = units[columns.time.unit];
    call.registeredUnit.value = units[columns.registered?.unit ?? 'ms'];
    call.earliest.value = Date.parse(timeRange.from);
    call.latest.value = Date.parse(timeRange.to);
    call.durationScale.value = columns.duration?.unit === 'ms' ? 100 : 100_000;
    call.longestDuration.value = maxDurationUnits;
  }

  /** Adds a row as the judge read it. @returns false when its values are not good. */
  add(record: Readonly<Record<string, string | number | null>>): boolean {
    this.reader.take(record);
    return this.reader.kernel.call.addRow() !== 0;
  }

  counts(): RowCounts {
    const { kernel, texts } = this.reader;
    const { call } = kernel;
    call.countRowsOfSpans();
    const kinds = new DataView(kernel.list('kindList'));
    const kindRows = Array.from({ length: kinds.byteLength / kindBytes }, (_, kind) => [
      kinds.getFloat64(kind * kindBytes, true),
      kinds.getFloat64(kind * kindBytes + 8, true),
    ]);
    const profileCounts = new Float64Array(kernel.list('profileCountList'));
    return {
      accepted: call.accepted.value,
      anonymous: call.anonymous.value,
      nameless: call.nameless.value,
      sequences: call.sequences.value,
      durations: call.durations.value,
      items: call.items.value,
      creators: call.creators.value,
      texts: texts.takeAdded(),
      kinds: this.#kinds.takeAdded(),
      kindRows: Float64Array.from(kindRows.flat()),
      userKinds: new Int32Array(kernel.list('userKindList')),
      userHours: new Int32Array(kernel.list('userHourList')),
      profiles: this.#newProfiles(),
      profileRows: Float64Array.from({ length: profileCounts.length / 2 }, (_, i) => profileCounts[2 * i]),
      tracks: this.#newTracks(),
      hours: new Int32Array(kernel.list('hourList')),
      hourCounts: new Float64Array(kernel.list('hourCountList')),
      losses: new Float64Array(kernel.list('lossList')),
    };
  }

  /** The columns of `part-rows.ts`; valid until the kernel is called. */
  parts(): Uint8Array {
    const { kernel } = this.reader;
    kernel.call.layOut();
    return kernel.view('partColumnList');
  }

  /** User, track and day of each play, by what the user is called. @param partitions a power of 2. */
  plays(partitions: number): Partitioned {
    this.reader.kernel.call.sortPlays(partitions, shiftOf(partitions));
    return this.#sorted();
  }

  /** Two halves of a hash of every row, by the hash. */
  hashes(partitions: number): Partitioned {
    this.reader.kernel.call.sortHashes(partitions, shiftOf(partitions));
    return this.#sorted();
  }

  #sorted(): Partitioned {
    const { kernel } = this.reader;
    return { records: kernel.view('sortedList'), starts: new Int32Array(kernel.list('partitionStartList')) };
  }

  /** Forgets what was counted, but for what gives codes their meaning, and which pairs were told. */
  clear(): void {
    this.reader.kernel.call.clear();
  }

  #newProfiles(): Profile[] {
    const keys = new DataView(this.reader.kernel.list('profileList'));
    const count = keys.byteLength / profileBytes;
    const added = Array.from({ length: count - this.#profiles }, (_, i): Profile => {
      const at = (this.#profiles + i) * profileBytes;
      const registered = keys.getFloat64(at, true);
      const code = (j: number) => keys.getInt32(at + 8 + 4 * j, true);
      // A half is no time: it stands for none.
      return [Number.isInteger(registered) ? registered : Number.NaN, code(0), code(1), code(2)];
    });
    this.#profiles = count;
    return added;
  }

  #newTracks(): Int32Array {
    const { buffer, byteOffset, byteLength } = this.reader.kernel.view('trackList');
    const known = this.#tracks;
    this.#tracks = byteLength;
    return new Int32Array(buffer.slice(byteOffset + known, byteOffset + byteLength));
  }
}

/** How many bits of 32 do not name a partition. */
function shiftOf(partitions: number): number {
  return 32 - Math.log2(partitions);
}
