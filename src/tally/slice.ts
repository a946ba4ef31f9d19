import { closeSync, openSync, readSync } from 'node:fs';
import type { Definition } from '../definition/schema.ts';
import { hasByteOrderMark } from '../ingest/each-line.ts';
import { type Judge, lineJudge } from '../ingest/judge.ts';
import { judgeBytes } from '../ingest/judge-bytes.ts';
import type { KindTexts } from './kind-table.ts';
import { LineReader, margin, padding } from './line-reader.ts';
import type { Profile } from './profile-table.ts';
import { Refusal } from './refusal.ts';
import { type HourCounts, RowTally } from './row-tally.ts';
import type { Slot } from './slots.ts';
import { type Extent, partitioned, writeArrays } from './spill.ts';
import type { Track } from './track-table.ts';

/** A piece of a file of JSON lines: the lines whose first byte is in `start … end`. */
export interface Slice {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** The file's size. */
  readonly bytes: number;
  /** File for what is sorted out later; a new one each slice. */
  readonly spillPath: string;
  readonly partitions: number;
}

/** A bad line; `line` counts from 1 in the slice, `offset` from the beginning of the file. */
export interface BadLine {
  readonly line: number;
  readonly offset: number;
  readonly reason: string;
  readonly text: string;
}

/** What a slice comes down to. Codes are the thread's own; texts, kinds, profiles and tracks that it had not met before come along. */
export interface SliceTally {
  readonly bytes: number;
  readonly lines: number;
  readonly blank: number;
  readonly bad: readonly BadLine[];
  readonly accepted: number;
  readonly anonymous: number;
  readonly nameless: number;
  readonly sequences: number;
  readonly durations: number;
  readonly items: number;
  readonly creators: number;
  /** By slot. */
  readonly texts: readonly (readonly string[])[];
  readonly kinds: readonly KindTexts[];
  readonly kindRows: Float64Array;
  readonly userKinds: Int32Array;
  readonly userHours: Int32Array;
  readonly profiles: readonly Profile[];
  readonly profileRows: Float64Array;
  readonly tracks: readonly Track[];
  readonly hours: HourCounts;
  readonly losses: Float64Array;
  /** Doubles, `partWidth` of them a part. */
  readonly parts: Extent;
  /** By partition: user, track and day of each play. */
  readonly plays: readonly Extent[];
  /** By partition: two halves of each row's hash. */
  readonly hashes: readonly Extent[];
}

/** Numbers of a play and of a row's hash. */
export const playWidth = 3;
export const hashWidth = 2;

const bufferBytes = 4 << 20;
/** A slice with more bad lines is settled in another way, which holds none of them in memory. */
const maxBadLines = 20_000;
/** Lines of odd shapes beyond which no more shapes are taken up. */
const maxLessons = 1000;

/** Tallies slices of a log, one after the other; remembers what texts it has met. */
export class SliceTallier {
  readonly #slots: readonly Slot[];
  readonly #reader: LineReader;
  readonly #tally: RowTally;
  readonly #judge: Judge;
  readonly #buffer = Buffer.alloc(bufferBytes + padding + margin);
  readonly #data: DataView;
  #lessons = 0;

  constructor(definition: Definition, slots: readonly Slot[]) {
    this.#slots = slots;
    this.#reader = new LineReader(slots);
    this.#tally = new RowTally(definition, slots, this.#reader);
    this.#judge = lineJudge(definition);
    this.#data = new DataView(this.#buffer.buffer, this.#buffer.byteOffset, this.#buffer.length);
  }

  /** @throws Refusal for a slice that this cannot do. */
  tally(slice: Slice): SliceTally {
    const counts = this.#readLines(slice);
    const tally = this.#tally;
    const { texts } = this.#reader;
    const result: SliceTally = {
      ...counts,
      accepted: tally.accepted,
      anonymous: tally.anonymous,
      nameless: tally.nameless,
      sequences: tally.sequences,
      durations: tally.durations,
      items: tally.items,
      creators: tally.creators,
      texts: texts.takeAdded(),
      kinds: tally.kinds.takeAdded(),
      kindRows: tally.kinds.rows.slice(0, 2 * tally.kinds.count),
      userKinds: tally.kinds.userKinds.values().slice(),
      userHours: tally.userHours.values().slice(),
      profiles: tally.profiles.takeAdded(),
      profileRows: tally.profiles.rows.slice(0, tally.profiles.count),
      tracks: tally.tracks.takeAdded(),
      hours: tally.hours,
      losses: tally.losses.values().slice(),
      ...this.#spill(slice),
    };
    tally.clear();
    return result;
  }

  #readLines({ path, start, end, bytes }: Slice) {
    const buffer = this.#buffer;
    const bad: BadLine[] = [];
    const counts = { bytes: 0, lines: 0, blank: 0, bad };
    const file = openSync(path, 'r');
    try {
      // The byte before a slice tells whether a line begins with it.
      let at = Math.max(start - 1, 0);
      let isInside = start === 0;
      let held = 0;
      for (;;) {
        const count = readSync(file, buffer, held, bufferBytes - 1 - held, at + held);
        let length = held + count;
        const isEnd = at + length >= bytes || count === 0;
        if (isEnd && length > 0 && buffer[length - 1] !== 10) buffer[length++] = 10;
        buffer.fill(34, length, length + padding);
        let p = 0;
        if (!isInside) {
          p = buffer.subarray(0, length).indexOf(10) + 1;
          if (p === 0 && !isEnd) throw new Refusal(`${path} has a line of more than ${bufferBytes} bytes`);
          isInside = true;
          if (at + p >= end) return counts;
        }
        if (at === 0 && hasByteOrderMark(buffer.subarray(0, length))) p = 3;
        const first = p;
        p = this.#addLines(p, length, at, end, counts);
        // The LF that was added to a last line is none of the file's.
        counts.bytes += Math.min(at + p, bytes) - (at + first) + (at === 0 && first === 3 ? 3 : 0);
        if (at + p >= end || isEnd) return counts;
        if (p === first && p === 0) throw new Refusal(`${path} has a line of more than ${bufferBytes} bytes`);
        buffer.copyWithin(0, p, length);
        held = length - p;
        at += p;
      }
    } finally {
      closeSync(file);
    }
  }

  /** Adds the whole lines from `p` on that begin before `end`; gives where the first one begins that it did not add. */
  #addLines(
    from: number,
    length: number,
    at: number,
    end: number,
    counts: { lines: number; blank: number; bad: BadLine[] },
  ): number {
    const reader = this.#reader;
    const tally = this.#tally;
    const data = this.#data;
    const stop = Math.min(this.#buffer.subarray(0, length).lastIndexOf(10) + 1, end - at);
    let p = from;
    while (p < stop) {
      const next = reader.read(data, p);
      counts.lines++;
      if (next >= 0 && tally.add()) {
        p = next;
        continue;
      }
      const lineEnd = this.#buffer.indexOf(10, p);
      this.#addJudged(p, lineEnd, at, next < 0, counts);
      p = lineEnd + 1;
    }
    return p;
  }

  /** A line that the reader says nothing of, or that is bad. */
  #addJudged(
    from: number,
    lineEnd: number,
    at: number,
    isOdd: boolean,
    counts: { lines: number; blank: number; bad: BadLine[] },
  ): void {
    const end = lineEnd > from && this.#buffer[lineEnd - 1] === 13 ? lineEnd - 1 : lineEnd;
    const bytes = this.#buffer.subarray(from, end);
    const verdict = judgeBytes({ bytes, length: bytes.length }, this.#judge);
    if (verdict.kind === 'blank') counts.blank++;
    else if (verdict.kind === 'bad') {
      if (counts.bad.length === maxBadLines)
        throw new Refusal(`more than ${maxBadLines} lines of a slice are bad`);
      counts.bad.push({
        line: counts.lines,
        offset: at + from,
        reason: verdict.reason,
        text: bytes.toString(),
      });
    } else {
      if (isOdd && this.#lessons++ < maxLessons) this.#reader.shapes.learn(bytes);
      this.#take(verdict.record);
      if (!this.#tally.add()) throw new RangeError(`The judge and the tally differ on ${bytes.toString()}`);
    }
  }

  /** Puts what the judge read in the place of what the reader read. */
  #take(record: Readonly<Record<string, string | number | null>>): void {
    const { codes, numbers } = this.#reader;
    this.#reader.pair = 0;
    codes.fill(0);
    numbers.fill(Number.NaN);
    for (const [slot, { key, type }] of this.#slots.entries()) {
      const value = record[key] ?? null;
      if (value === null) continue;
      if (type === 'text' || type === 'id') codes[slot] = this.#codeOf(slot, String(value));
      else numbers[slot] = type === 'iso' ? Date.parse(String(value)) : Number(value);
    }
  }

  #codeOf(slot: number, text: string): number {
    const written = Buffer.from(`${JSON.stringify(text)}${'"'.repeat(padding)}`);
    const data = new DataView(written.buffer, written.byteOffset, written.length);
    const { texts } = this.#reader;
    return texts.codeOf(texts.find(slot, data, 1, written.length - padding - 2));
  }

  #spill({ spillPath: path, partitions }: Slice): Pick<SliceTally, 'parts' | 'plays' | 'hashes'> {
    const { texts } = this.#reader;
    const shift = 32 - Math.log2(partitions);
    const partitionOf = (hash: number) => (partitions === 1 ? 0 : hash >>> shift);
    const rows = this.#tally.plays.values();
    const users = texts.hashes[this.#slots.findIndex(({ names }) => names.includes('user'))];
    const plays = partitioned(rows, playWidth, partitions, (i) => partitionOf(users[2 * rows[i]]));
    const keys = this.#tally.hashes.values();
    const hashes = partitioned(keys, hashWidth, partitions, (i) => partitionOf(keys[i]));
    const parts = this.#tally.parts.values();
    writeArrays(path, [parts, plays.sorted, hashes.sorted]);
    const playsAt = parts.byteLength;
    return {
      parts: { path, offset: 0, length: 2 * parts.length },
      plays: extents(path, playsAt, plays.starts, playWidth),
      hashes: extents(path, playsAt + plays.sorted.byteLength, hashes.starts, hashWidth),
    };
  }
}

function extents(path: string, offset: number, starts: Int32Array, width: number): Extent[] {
  return Array.from({ length: starts.length - 1 }, (_, p) => ({
    path,
    offset: offset + 4 * width * starts[p],
    length: width * (starts[p + 1] - starts[p]),
  }));
}
