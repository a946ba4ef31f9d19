import { EngineError } from '../errors.ts';
import { readModule } from '../webassembly-module.ts';

/** What `kernel/attribution/` exports; addresses are into its memory, counts of rows multiples of four. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  freeFrom(): number;
  /** Of each value, how many of the ascending thresholds are below it; of a missing one, `missing`. @returns how many are missing. */
  rank(
    values: number,
    rows: number,
    thresholds: number,
    count: number,
    missing: number,
    ranks: number,
  ): number;
  /** Of each row, the mark of its code. */
  readMarks(codes: number, marks: number, rows: number, ranks: number): void;
  /** Sets the bit of rows whose rank is above the bar, or of the others where `others` is −1 and not 0. */
  setBit(
    ranks: number,
    bar: number,
    others: number,
    bit: number,
    before: number,
    after: number,
    rows: number,
  ): void;
  /** Finds the address of each row's values by its pattern. @returns how many patterns were unknown. */
  lookUp(
    patterns: number,
    rows: number,
    places: number,
    free: number,
    stride: number,
    fresh: number,
    addresses: number,
  ): number;
  /** The same, where patterns are too wide for an index: `slots` are forgotten first. */
  lookUpKeyed(
    patterns: number,
    rows: number,
    slots: number,
    slotBits: number,
    free: number,
    stride: number,
    fresh: number,
    addresses: number,
  ): number;
  /** Adds what a leaf gives to the values of so many fresh patterns. */
  shareOut(leaf: number, fresh: number, count: number): void;
  /** Adds two values of each row's pattern, `at` bytes from its address, to two columns. */
  addTwo(addresses: number, at: number, rows: number, column0: number, column1: number): void;
  addFour(
    addresses: number,
    at: number,
    rows: number,
    column0: number,
    column1: number,
    column2: number,
    column3: number,
  ): void;
}

/** Memory grows by a multiple of so many bytes: each time, everything that looks at it is made anew. */
const GROWTH = 2 ** 22;

/** Memory that WebAssembly attributes trees in, and the functions that do so. It is given out from its beginning to its end. */
export class AttributionKernel {
  readonly call: Exports;
  /** All of the memory; other arrays after each `allocate`. */
  bytes = new Uint8Array();
  ints = new Int32Array();
  floats = new Float64Array();
  #free: number;

  /** @throws EngineError where the module has not been built. */
  constructor() {
    // The module is built with this one, and the compiler of each knows its own half alone.
    this.call = new WebAssembly.Instance(readModule('explanation/attribution.wasm'), {})
      .exports as unknown as Exports;
    this.#free = this.call.freeFrom();
    this.#view();
  }

  /** Where memory is not given out yet. */
  get free(): number {
    return this.#free;
  }

  /**
   * Gives out memory. What it holds is left from before.
   * @returns its address, a multiple of 64.
   * @throws EngineError where 4 GB, or what the machine has left, do not hold it.
   */
  allocate(bytes: number): number {
    const address = Math.ceil(this.#free / 64) * 64;
    this.#free = address + bytes;
    const { memory } = this.call;
    const lacking = this.#free - memory.buffer.byteLength;
    if (lacking <= 0) return address;
    try {
      memory.grow(Math.ceil(lacking / GROWTH) * (GROWTH / 65_536));
    } catch (cause) {
      throw new EngineError(
        `Attributions need ${this.#free} bytes of memory, more than can be had: attribute fewer rows at a time.`,
        { bytes: this.#free },
        { cause },
      );
    }
    this.#view();
    return address;
  }

  /** Takes back all that was given out since `free` was what it says. */
  release(free: number): void {
    this.#free = free;
  }

  #view(): void {
    const { buffer } = this.call.memory;
    this.bytes = new Uint8Array(buffer);
    this.ints = new Int32Array(buffer);
    this.floats = new Float64Array(buffer);
  }
}
