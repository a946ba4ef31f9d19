import { EngineError } from '../../errors.ts';
import { readModule } from '../../webassembly-module.ts';
import { type KernelMemory, reserve, wholeLines } from './kernel-memory.ts';

/** What `kernel/prediction/` exports; addresses are into its memory. */
interface Exports {
  readonly memory: KernelMemory;
  freeFrom(): number;
  sendMissingRight(from: number, to: number, rows: number): void;
  addTrees(trees: number, count: number, block: number, rows: number, sums: number): void;
}

/** Addresses of trees and of how many, of a block of rows, and of what they sum up to. */
export interface TreesAndBlock {
  readonly trees: number;
  readonly count: number;
  readonly block: number;
  readonly sums: number;
}

/**
 * Memory that trees are laid out and walked in. It is given out from its beginning on; when much of it is, all is taken back, and what
 * was laid out there is gone.
 */
export class PredictionKernel {
  /** All of the memory, in each of its forms; other arrays after an `allocate`. */
  bytes = new Uint8Array();
  codes = new Uint32Array();
  numbers = new Float64Array();
  readonly #exports: Exports;
  #free: number;
  #generation = 0;

  /** @throws EngineError when the module has not been built. */
  constructor() {
    // The module is built with this one, and the compiler of each knows its own half alone.
    this.#exports = new WebAssembly.Instance(readModule('models/tree/prediction.wasm'), {})
      .exports as unknown as Exports;
    this.#free = this.#exports.freeFrom();
  }

  /** How often all memory was taken back. */
  get generation(): number {
    return this.#generation;
  }

  /**
   * Gives out so many bytes for each name. What they hold is left from before.
   * @returns the address of each, a multiple of 64.
   * @throws EngineError where 4 GB, or what the machine has left, do not hold them.
   */
  allocate<Name extends string>(sizes: Readonly<Record<Name, number>>): Readonly<Record<Name, number>> {
    const { memory, freeFrom } = this.#exports;
    const bytes = Object.values<number>(sizes).reduce((sum, size) => sum + wholeLines(size), 0);
    if (this.#free + bytes > MOST_KEPT) {
      this.#free = freeFrom();
      this.#generation++;
    }
    const places = reserve(memory, this.#free, sizes);
    if (!places) {
      throw new EngineError(
        `Trees of ${bytes} bytes are more than memory holds, which is 4 GB at most: predict with fewer trees, or where more is free.`,
        { bytes },
      );
    }
    this.#free += bytes;
    if (this.bytes.buffer !== memory.buffer) this.#view();
    return places;
  }

  /** Copies a column of so many rows, with Infinity for what is missing. */
  sendMissingRight(from: number, to: number, rows: number): void {
    this.#exports.sendMissingRight(from, to, rows);
  }

  /** Adds what each tree predicts to the sums of so many rows of the block, and of those that fill up eight. */
  addTrees({ trees, count, block, sums }: TreesAndBlock, rows: number): void {
    this.#exports.addTrees(trees, count, block, rows, sums);
  }

  #view(): void {
    const { buffer } = this.#exports.memory;
    this.bytes = new Uint8Array(buffer);
    this.codes = new Uint32Array(buffer);
    this.numbers = new Float64Array(buffer);
  }
}

/** Bytes that are kept, of some thirty models of 200 trees with the blocks of their rows. */
const MOST_KEPT = 2 ** 25;
