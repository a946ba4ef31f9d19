import { EngineError } from '../../errors.ts';
import { readModule } from '../../webassembly-module.ts';
import type { Gradients } from './gradients.ts';
import type { SplitRule, Sums } from './split.ts';

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
  /** Nodes that have a histogram at the same time. */
  readonly histograms: number;
}

/** A node whose splits are looked for. */
export interface OpenedNode extends Sums {
  /** Where its histogram is. */
  readonly slot: number;
  /** What a split must score more than; Infinity where the kernel need not look. */
  readonly bar: number;
}

/** What `kernel/histogram/` exports; addresses are into its memory. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  freeFrom(): number;
  place(
    side: number,
    features: number,
    picks: number,
    order: number,
    gradients: number,
    spans: number,
    ids: number,
    isWide: number,
    histograms: number,
    slotBytes: number,
    found: number,
  ): void;
  setRule(minSamplesLeaf: number, minHessian: number, l2: number, countUnit: number): void;
  layOut(rows: number, features: number): void;
  sum(slot: number, start: number, end: number, size: number): number;
  open(
    features: number,
    slot: number,
    g: number,
    v: number,
    bar: number,
    siblingSlot: number,
    siblingG: number,
    siblingV: number,
    siblingBar: number,
  ): void;
}

/** Numbers of a pick: a feature, the id of its bin 0, the bin that is left out, its bins, and 1 where they are in order. */
export const PICK = 5;

/**
 * Numbers of what is found for a feature: 1 where there is a split and else 0, numerator and denominator of its score, the bin, 1 where
 * missing values go left, and g and v of the left side.
 */
export const FOUND = 7;

/**
 * Memory that WebAssembly lays rows out in, sums histograms of and finds splits in, with the methods that do so. SIMD adds gradient and
 * second derivative at once and scores two splits at once, and no access is checked: the same bits as the same loops in TypeScript.
 */
export class HistogramKernel {
  /** Feature f's bin of row i at i · features + f. */
  readonly side: Uint8Array;
  readonly picks: Int32Array;
  /** The rows that are to be laid out, first; then those of the tree, which may be put in another order. */
  readonly order: Int32Array;
  /** Of row i, g at 2 i and v at 2 i + 1. */
  readonly gradients: Float64Array;
  /** Addresses of the ids of row i, from 2 i to 2 i + 1; of rows that are not laid out meaningless. */
  readonly spans: Uint32Array;
  /** By feature that is laid out, of the first node that was opened and then of the second: what is found. */
  readonly found: Float64Array;
  readonly #histograms: readonly Float64Array[];
  readonly #exports: Exports;
  readonly #isWide: boolean;

  /** @throws EngineError where 4 GB, or what the machine has left, do not hold it, or the module has not been built. */
  constructor({ rows, features, ids, bins, histograms }: KernelRoom) {
    // The module is built with this one, and the compiler of each knows its own half alone.
    this.#exports = new WebAssembly.Instance(readModule('models/tree/histogram.wasm'), {})
      .exports as unknown as Exports;
    const { memory, freeFrom, place } = this.#exports;
    this.#isWide = bins > 65_536;
    // One id more may be written, where a row ends with a bin that is left out.
    const idBytes = (ids + 1) * (this.#isWide ? 4 : 2);
    const slotBytes = wholeLines(bins * 16);
    const sizes = [
      ...[rows * features, features * PICK * 4, rows * 4, rows * 16, rows * 8, idBytes],
      ...[histograms * slotBytes, NODES * features * FOUND * 8],
    ];
    const starts: number[] = [];
    let end = freeFrom();
    for (const size of sizes) {
      starts.push(end);
      end += wholeLines(size);
    }
    const pages = Math.ceil((end - memory.buffer.byteLength) / 65_536);
    if (end > MOST_BYTES) throw noRoom(rows, features);
    try {
      if (pages > 0) memory.grow(pages);
    } catch {
      throw noRoom(rows, features);
    }
    const [side, picks, order, gradients, spans, idsAt, sums, found] = starts;
    const wide = this.#isWide ? 1 : 0;
    place(side, features, picks, order, gradients, spans, idsAt, wide, sums, slotBytes, found);
    const { buffer } = memory;
    this.side = new Uint8Array(buffer, side, rows * features);
    this.picks = new Int32Array(buffer, picks, features * PICK);
    this.order = new Int32Array(buffer, order, rows);
    this.gradients = new Float64Array(buffer, gradients, 2 * rows);
    this.spans = new Uint32Array(buffer, spans, 2 * rows);
    this.found = new Float64Array(buffer, found, NODES * features * FOUND);
    this.#histograms = Array.from(
      { length: histograms },
      (_, slot) => new Float64Array(buffer, sums + slot * slotBytes, 2 * bins),
    );
  }

  /** Sums by id: g at 2 · id, v beside it. */
  histogram(slot: number): Float64Array {
    return this.#histograms[slot];
  }

  /** What splits are to keep to from now on. */
  setRule({ minSamplesLeaf, minHessian, l2, countUnit }: SplitRule): void {
    this.#exports.setRule(minSamplesLeaf, minHessian, l2, countUnit);
  }

  /** Takes the gradients of some rows, before a tree's first sum. */
  load(rows: Int32Array, { g, v }: Gradients): void {
    const { gradients } = this;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      gradients[2 * row] = g[row];
      gradients[2 * row + 1] = v[row];
    }
  }

  /** Lays out the first so many of `order` and `picks`, row after row. */
  layOut(rows: number, features: number): void {
    this.#exports.layOut(rows, features);
  }

  /** Sums rows order[start … end − 1] over ids below `size` into a slot; bins that are left out stay 0 until the node is opened. */
  sum(slot: number, start: number, end: number, size: number): void {
    this.#exports.sum(slot, start, end, size);
  }

  /**
   * Makes a summed histogram whole, takes it from that of the parent, which becomes the sibling's, and finds for the first so many
   * picks the best split in either node. As `scanFeature` would, for each feature alone.
   * @param sibling its slot holds the parent's histogram; absent for a root.
   */
  open(features: number, { slot, g, v, bar }: OpenedNode, sibling: OpenedNode = NONE): void {
    this.#exports.open(features, slot, g, v, bar, sibling.slot, sibling.g, sibling.v, sibling.bar);
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

/** Nodes that are opened together. */
const NODES = 2;

const NONE: OpenedNode = { slot: -1, g: 0, v: 0, bar: Number.POSITIVE_INFINITY };

/** What 32-bit addresses reach, less the last page. */
const MOST_BYTES = 2 ** 32 - 65_536;

/** So many bytes that what stands behind them begins a cache line. */
function wholeLines(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

function noRoom(rows: number, features: number): EngineError {
  return new EngineError(
    `Boosting on ${rows} rows × ${features} features does not fit into memory, of which it can use 4 GB: learn from fewer rows or with fewer leaves.`,
    { rows, features },
  );
}
