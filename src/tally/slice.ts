import type { Definition } from '../definition/schema.ts';
import { lineJudge } from '../ingest/judge.ts';
import type { Slice } from './cut.ts';
import { type LineCounts, LineTally } from './line-tally.ts';
import { type RowCounts, RowTally } from './row-tally.ts';
import type { Slot } from './slots.ts';
import { type Extent, partitioned, writeArrays } from './spill.ts';

/** What a slice comes down to. */
export interface SliceTally extends LineCounts, RowCounts {
  /** Doubles, a row of `partNames` a part. */
  readonly parts: Extent;
  /** By partition: user, track and day of each play. */
  readonly plays: readonly Extent[];
  /** By partition: two halves of each row's hash. */
  readonly hashes: readonly Extent[];
}

/** Numbers of a play and of a row's hash. */
export const playWidth = 3;
export const hashWidth = 2;

/** Tallies slices of a log, one after the other; remembers what texts it has met. */
export class SliceTallier {
  readonly #userSlot: number;
  readonly #rows: RowTally;
  readonly #lines: LineTally;

  constructor(definition: Definition, slots: readonly Slot[]) {
    this.#userSlot = slots.findIndex(({ names }) => names.includes('user'));
    this.#rows = new RowTally(definition, slots);
    this.#lines = new LineTally(lineJudge(definition), this.#rows);
  }

  /** @throws Refusal for a slice that this cannot do. */
  tally(slice: Slice): SliceTally {
    const lines = this.#lines.tally(slice);
    const result = { ...lines, ...this.#rows.counts(), ...this.#spill(slice) };
    this.#rows.clear();
    return result;
  }

  #spill({ spillPath: path, partitions }: Slice): Pick<SliceTally, 'parts' | 'plays' | 'hashes'> {
    const shift = 32 - Math.log2(partitions);
    const partitionOf = (hash: number) => (partitions === 1 ? 0 : hash >>> shift);
    const rows = this.#rows.records();
    const users = this.#rows.textHashes(this.#userSlot);
    const plays = partitioned(rows.plays, playWidth, partitions, (i) =>
      partitionOf(users[2 * rows.plays[i]]),
    );
    const hashes = partitioned(rows.hashes, hashWidth, partitions, (i) => partitionOf(rows.hashes[i]));
    writeArrays(path, [rows.parts, plays.sorted, hashes.sorted]);
    const playsAt = rows.parts.byteLength;
    return {
      parts: { path, offset: 0, length: 2 * rows.parts.length },
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
