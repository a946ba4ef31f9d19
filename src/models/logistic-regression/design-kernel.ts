import { EngineError } from '../../errors.ts';
import { readModule } from '../../webassembly-module.ts';
import { type KernelMemory, reserve, wholeLines } from '../tree/kernel-memory.ts';

/** Rows are worked on in blocks of this many, in order: what is summed depends on nothing but the data. */
export const BLOCK = 512;

/** Numbers from column to column of a block; see `kernel/linear/memory.ts`. */
export const COLUMN = BLOCK + 8;

/** What `kernel/linear/` exports; addresses are into its memory. */
interface Exports {
  readonly memory: KernelMemory;
  freeFrom(): number;
  place(terms: number, beta: number, gradient: number, eta: number, curvature: number): void;
  placeHessian(scaled: number, hessian: number): void;
  multiply(block: number): void;
  addGradient(block: number): void;
  addHessian(block: number): void;
}

/** Memory that WebAssembly works on blocks of a design in. The same bits on every machine. */
export class DesignKernel {
  /** By row of the block that is worked on: η, then the first derivatives in its place. */
  eta = new Float64Array();
  /** The second derivatives. */
  curvature = new Float64Array();
  /** The blocks, one behind the other. */
  #blocks = new Float64Array();
  #beta = new Float64Array();
  #gradient = new Float64Array();
  #hessian: Float64Array | undefined;
  readonly #exports: Exports;
  readonly #terms: number;
  /** Columns of a block: behind those of the terms some of zeros, which fill up the tiles of the Hessian. */
  readonly #columns: number;
  readonly #at: Readonly<Record<'beta' | 'gradient' | 'eta' | 'curvature' | 'blocks', number>>;
  readonly #end: number;

  /**
   * @param terms of the design, the intercept among them.
   * @param blocks that are kept at once.
   * @throws EngineError where 4 GB, or what the machine has left, do not hold them, or the module has not been built.
   */
  constructor(terms: number, blocks: number) {
    // The module is built with this one, and the compiler of each knows its own half alone.
    this.#exports = new WebAssembly.Instance(readModule('models/logistic-regression/linear.wasm'), {})
      .exports as unknown as Exports;
    this.#terms = terms;
    this.#columns = (terms + 3) & ~3;
    const ofBlocks = blocks * this.#columns * COLUMN * 8;
    const { memory, freeFrom, place } = this.#exports;
    const at = reserve(memory, freeFrom(), {
      ...{ beta: terms * 8, gradient: terms * 8 },
      ...{ eta: BLOCK * 8, curvature: BLOCK * 8, blocks: ofBlocks },
    });
    if (!at) throw noRoom(terms);
    this.#at = at;
    this.#end = at.blocks + wholeLines(ofBlocks);
    place(terms, at.beta, at.gradient, at.eta, at.curvature);
    this.#view();
  }

  /** The block at place k among those that are kept, column-major: the value of its row i in column j is at j · COLUMN + i. Zeros at first. */
  block(k: number): Float64Array {
    const size = this.#columns * COLUMN;
    return this.#blocks.subarray(k * size, (k + 1) * size);
  }

  /** What each pass is for: the coefficients of the terms. */
  setBeta(beta: Float64Array): void {
    this.#beta.set(beta);
  }

  /** η = Z β of block k. */
  multiply(k: number): void {
    this.#exports.multiply(this.#addressOf(k));
  }

  /** Begins a sum of zeros. */
  beginGradient(): void {
    this.#gradient.fill(0);
  }

  /** Adds Zᵀ times what stands in `eta`, of block k. */
  addGradient(k: number): void {
    this.#exports.addGradient(this.#addressOf(k));
  }

  get gradient(): Float64Array {
    return this.#gradient.slice();
  }

  /** Begins a sum of zeros. @throws EngineError where terms × terms numbers do not fit into 4 GB. */
  beginHessian(): void {
    if (this.#hessian) {
      this.#hessian.fill(0);
      return;
    }
    const { memory, placeHessian } = this.#exports;
    const numbers = this.#columns ** 2;
    const at = reserve(memory, this.#end, { scaled: 4 * COLUMN * 8, hessian: numbers * 8 });
    if (!at) throw noRoom(this.#terms);
    placeHessian(at.scaled, at.hessian);
    this.#view();
    this.#hessian = new Float64Array(memory.buffer, at.hessian, numbers);
  }

  /** Adds Zᵀ D Z of block k, with the diagonal D in `curvature`. */
  addHessian(k: number): void {
    this.#exports.addHessian(this.#addressOf(k));
  }

  /** The lower triangle of what was summed, terms × terms row by row; what is above it is 0. */
  get hessian(): Float64Array {
    const terms = this.#terms;
    const lower = new Float64Array(terms * terms);
    for (let j = 0; j < terms; j++) {
      const row = j * this.#columns;
      lower.set((this.#hessian ?? lower).subarray(row, row + j + 1), j * terms);
    }
    return lower;
  }

  #addressOf(k: number): number {
    return this.#at.blocks + k * this.#columns * COLUMN * 8;
  }

  #view(): void {
    const { buffer } = this.#exports.memory;
    const { beta, gradient, eta, curvature, blocks } = this.#at;
    this.#beta = new Float64Array(buffer, beta, this.#terms);
    this.#gradient = new Float64Array(buffer, gradient, this.#terms);
    this.eta = new Float64Array(buffer, eta, BLOCK);
    this.curvature = new Float64Array(buffer, curvature, BLOCK);
    this.#blocks = new Float64Array(buffer, blocks, (this.#end - blocks) / 8);
  }
}

function noRoom(terms: number): EngineError {
  return new EngineError(
    `A linear model of ${terms} terms does not fit into memory, of which it can use 4 GB: learn from fewer features.`,
    { terms },
  );
}
