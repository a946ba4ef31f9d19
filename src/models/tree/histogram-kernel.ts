import { EngineError } from '../../errors.ts';
import { readModule } from '../../webassembly-module.ts';

/** How much a kernel has room for. */
export interface KernelRoom {
  /** Of the whole. */
  readonly rows: number;
  /** Bins of a row, side by side. */
  readonly features: number;
  /** Ids of a layout at most, with padding. */
  readonly ids: number;
  /** Ids that differ at most. */
  readonly bins: number;
}

/** What `kernel/histogram/` exports; addresses are into its memory. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  freeFrom(): number;
  place(
    side: number,
    features: number,
    picks: number,
    rows: number,
    gradients: number,
    spans: number,
    ids: number,
    isWide: number,
    histogram: number,
  ): void;
  layOut(rows: number, features: number): void;
  sum(rows: number, size: number): number;
}

/** Numbers of a pick: a feature, the id of its bin 0, and the bin that is left out. */
export const PICK = 3;

/**
 * Memory that WebAssembly lays rows out in and sums histograms of, with the methods that do so. SIMD adds gradient and second derivative
 * at once, and no access is checked: two thirds of the time of the same loops in TypeScript, and the same bits.
 */
export class HistogramKernel {
  /** Feature f's bin of row i at i · features + f. */
  readonly side: Uint8Array;
  readonly picks: Int32Array;
  /** The rows that are to be laid out or summed, first. */
  readonly rows: Int32Array;
  /** Of row i, g at 2 i and v at 2 i + 1. */
  readonly gradients: Float64Array;
  /** Addresses of the ids of row i, from 2 i to 2 i + 1; of rows that are not laid out meaningless. */
  readonly spans: Uint32Array;
  /** Sums by id: g at 2 · id, v beside it. */
  readonly histogram: Float64Array;
  readonly #exports: Exports;
  readonly #isWide: boolean;

  /** @throws EngineError where 4 GB, or what the machine has left, do not hold it, or the module has not been built. */
  constructor({ rows, features, ids, bins }: KernelRoom) {
    // The module is built with this one, and the compiler of each knows its own half alone.
    this.#exports = new WebAssembly.Instance(readModule('models/tree/histogram.wasm'), {})
      .exports as unknown as Exports;
    const { memory, freeFrom, place } = this.#exports;
    this.#isWide = bins > 65_536;
    // One id more may be written, where a row ends with a bin that is left out.
    const idBytes = (ids + 1) * (this.#isWide ? 4 : 2);
    const sizes = [rows * features, features * PICK * 4, rows * 4, rows * 16, rows * 8, idBytes, bins * 16];
    const starts: number[] = [];
    let end = freeFrom();
    for (const size of sizes) {
      starts.push(end);
      end += Math.ceil(size / 64) * 64;
    }
    const pages = Math.ceil((end - memory.buffer.byteLength) / 65_536);
    if (end > MOST_BYTES) throw noRoom(rows, features);
    try {
      if (pages > 0) memory.grow(pages);
    } catch {
      throw noRoom(rows, features);
    }
    const [side, picks, order, gradients, spans, idsAt, histogram] = starts;
    place(side, features, picks, order, gradients, spans, idsAt, this.#isWide ? 1 : 0, histogram);
    const { buffer } = memory;
    this.side = new Uint8Array(buffer, side, rows * features);
    this.picks = new Int32Array(buffer, picks, features * PICK);
    this.rows = new Int32Array(buffer, order, rows);
    this.gradients = new Float64Array(buffer, gradients, 2 * rows);
    this.spans = new Uint32Array(buffer, spans, 2 * rows);
    this.histogram = new Float64Array(buffer, histogram, 2 * bins);
  }

  /** Lays out the first so many of `rows` and `picks`, row after row. */
  layOut(rows: number, features: number): void {
    this.#exports.layOut(rows, features);
  }

  /** Sums the histogram of the first so many of `rows` over ids below `size`. */
  sum(rows: number, size: number): void {
    this.#exports.sum(rows, size);
  }

  /** The ids of a row that is laid out. */
  idsOf(row: number): Uint16Array | Uint32Array {
    const [start, end] = this.spans.subarray(2 * row, 2 * row + 2);
    const { buffer } = this.#exports.memory;
    return this.#isWide
      ? new Uint32Array(buffer, start, (end - start) / 4)
      : new Uint16Array(buffer, start, (end - start) / 2);
  }
}

/** What 32-bit addresses reach, less the last page. */
const MOST_BYTES = 2 ** 32 - 65_536;

function noRoom(rows: number, features: number): EngineError {
  return new EngineError(
    `Boosting on ${rows} rows × ${features} features does not fit into memory, of which it can use 4 GB: learn from fewer rows.`,
    { rows, features },
  );
}
