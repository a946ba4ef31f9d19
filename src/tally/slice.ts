import type { Definition } from '../definition/schema.ts';
import { lineJudge } from '../ingest/judge.ts';
import type { Slice } from './cut.ts';
import type { Kernel } from './kernel.ts';
import { type LineCounts, LineTally } from './line-tally.ts';
import { type RowCounts, RowTally } from './row-tally.ts';
import type { Slot } from './slots.ts';
import { type Extent, writeNew } from './spill.ts';

/** What a slice comes down to. */
export interface SliceTally extends LineCounts, RowCounts {
  /** The columns of `part-rows.ts`. */
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
  readonly #rows: RowTally;
  readonly #lines: LineTally;

  constructor(definition: Definition, slots: readonly Slot[]) {
    this.#rows = new RowTally(definition, slots);
    this.#lines = new LineTally(lineJudge(definition), this.#rows);
  }

  /** Where slices are tallied. */
  get kernel(): Kernel {
    return this.#rows.reader.kernel;
  }

  /** @throws Refusal for a slice that this cannot do. */
  tally(slice: Slice): SliceTally {
    const lines = this.#lines.tally(slice);
    const result = { ...lines, ...this.#rows.counts(), ...this.#spill(slice) };
    this.#rows.clear();
    return result;
  }

  #spill({ spillPath: path, partitions }: Slice): Pick<SliceTally, 'parts' | 'plays' | 'hashes'> {
    const rows = this.#rows;
    return writeNew(path, (write) => {
      const parts = write(rows.parts());
      const plays = rows.plays(partitions);
      const playsAt = write(plays.records).offset;
      const hashes = rows.hashes(partitions);
      const hashesAt = write(hashes.records).offset;
      return {
        parts,
        plays: extents(path, playsAt, plays.starts, playWidth),
        hashes: extents(path, hashesAt, hashes.starts, hashWidth),
      };
    });
  }
}

function extents(path: string, offset: number, starts: Int32Array, width: number): Extent[] {
  return Array.from({ length: starts.length - 1 }, (_, p) => ({
    path,
    offset: offset + 4 * width * starts[p],
    length: width * (starts[p + 1] - starts[p]),
  }));
}
