import { EngineError } from '../../errors.ts';
import { readModule } from '../../webassembly-module.ts';
import type { CountedValues } from './bin-edges.ts';
import { type KernelMemory, reserve } from './kernel-memory.ts';

/** What `kernel/bins/` exports; addresses are into its memory. */
interface Exports {
  readonly memory: KernelMemory;
  freeFrom(): number;
  place(
    column: number,
    counts: number,
    keys: number,
    sorted: number,
    tallies: number,
    edges: number,
    bins: number,
  ): void;
  countDistinct(count: number): number;
  fillBins(count: number, edges: number): void;
}

/** Values that fit into the kernel's memory at once. */
export const MOST_VALUES = 65_536;

/** Edges of the most bins that a byte tells apart. */
const MOST_EDGES = 255;

/** Memory that WebAssembly bins a column in, stretch after stretch. */
class BinsKernel {
  /** The values that are worked on, `MOST_VALUES` at most. */
  readonly column: Float64Array;
  readonly #counts: Int32Array;
  readonly #edges: Float64Array;
  readonly #bins: Uint8Array;
  readonly #exports: Exports;

  /** @throws EngineError where memory is short, or the module has not been built. */
  constructor() {
    // The module is built with this one, and the compiler of each knows its own half alone.
    const exports = new WebAssembly.Instance(readModule('models/tree/bins.wasm'), {})
      .exports as unknown as Exports;
    const at = reserve(exports.memory, exports.freeFrom(), {
      ...{ column: MOST_VALUES * 8, counts: MOST_VALUES * 4, bins: MOST_VALUES },
      ...{ keys: MOST_VALUES * 8, sorted: MOST_VALUES * 8, tallies: 8 * 256 * 4, edges: MOST_EDGES * 8 },
    });
    if (!at) throw new EngineError('There is no memory left to bin features in: leave more free.');
    exports.place(at.column, at.counts, at.keys, at.sorted, at.tallies, at.edges, at.bins);
    const { buffer } = exports.memory;
    this.column = new Float64Array(buffer, at.column, MOST_VALUES);
    this.#counts = new Int32Array(buffer, at.counts, MOST_VALUES);
    this.#edges = new Float64Array(buffer, at.edges, MOST_EDGES);
    this.#bins = new Uint8Array(buffer, at.bins, MOST_VALUES);
    this.#exports = exports;
  }

  /** The distinct values among the first `count` of `column`, without missing ones; it is overwritten. */
  countDistinct(count: number): CountedValues {
    const distinct = this.#exports.countDistinct(count);
    return { values: this.column.slice(0, distinct), counts: this.#counts.slice(0, distinct) };
  }

  /** Writes the bin of each value of a column: 0 for a missing one, for others 1 + the number of edges below. */
  fillBins(column: Float64Array, edges: Float64Array, bins: Uint8Array): void {
    const all = edges.length < 16 ? 15 : MOST_EDGES;
    this.#edges.fill(Number.POSITIVE_INFINITY).set(edges);
    for (let start = 0; start < column.length; start += MOST_VALUES) {
      const stretch = column.subarray(start, start + MOST_VALUES);
      this.column.set(stretch);
      this.#exports.fillBins(stretch.length, all);
      bins.set(this.#bins.subarray(0, stretch.length), start);
    }
  }
}

/** One a thread. */
let kernel: BinsKernel | undefined;

export function binsKernel(): BinsKernel {
  kernel ??= new BinsKernel();
  return kernel;
}
