import { EngineError } from '../../errors.ts';
import { readModule } from '../../webassembly-module.ts';
import type { BinnedColumns } from '../tree/bins.ts';
import type { Test } from '../tree/growing.ts';
import { reserve } from '../tree/kernel-memory.ts';
import { columnsAt, MARKS, partRows, type RowExports } from '../tree/kernel-rows.ts';

/** What `kernel/forest/` exports; addresses are into its memory. */
interface ForestExports extends RowExports {
  place(packed: number, histograms: number, found: number): void;
  setLeast(draws: number): void;
  setNode(draws: number, lost: number): void;
  sum(a: number, b: number, c: number, d: number, start: number, end: number): void;
  sumTwo(a: number, b: number, start: number, end: number): void;
  scan(place: number, bins: number, numerator: number, denominator: number): Scanned;
}

/** Features whose histograms are summed at once. */
export const WIDTH = 4;

/** What a scan tells of a feature: all draws are in one bin; they are in several, but no split is better; one is. */
export const CONSTANT = 0;
const VARYING = 1;
export const BETTER = 2;
type Scanned = typeof CONSTANT | typeof VARYING | typeof BETTER;

/**
 * Memory that WebAssembly grows a forest in: it sums histograms of draws, finds splits in them and parts rows. Numbers of draws are
 * below 2³². No access is checked.
 */
export class ForestKernel {
  /** The rows of the tree, first. */
  readonly order: Int32Array;
  /** Of row i, its lost draws at 2 i and all of them at 2 i + 1. */
  readonly draws: Uint32Array;
  /** Of the features that were summed last: the k-th one's bin b has its lost draws at 512 k + 2 b, and all of them beside. */
  readonly histograms: Uint32Array;
  /** The better split: numerator and denominator of its score, the bin, 1 where missing values go left, the left side's lost draws and draws. */
  readonly found: Float64Array;
  readonly #marks: Uint8Array;
  readonly #exports: ForestExports;

  /**
   * @param minDraws of a side of a split.
   * @throws EngineError where 4 GB, or what the machine has left, do not hold it, or the module has not been built.
   */
  constructor({ rows, bins }: BinnedColumns, minDraws: number) {
    const exports = instantiate();
    this.#exports = exports;
    const features = bins.length;
    const at = reserve(exports.memory, exports.freeFrom(), {
      columns: rows * features,
      order: rows * 4,
      scratch: rows * 4,
      draws: rows * 8,
      histograms: 2 * WIDTH * MARKS * 8,
      found: FOUND * 8,
      marks: MARKS,
    });
    if (!at) throw noRoom(rows, features);
    const { buffer } = exports.memory;
    columnsAt(buffer, at.columns, rows, features).forEach((column, f) => {
      column.set(bins[f]);
    });
    this.order = new Int32Array(buffer, at.order, rows);
    this.draws = new Uint32Array(buffer, at.draws, 2 * rows);
    this.histograms = new Uint32Array(buffer, at.histograms, WIDTH * MARKS * 2);
    this.found = new Float64Array(buffer, at.found, FOUND);
    this.#marks = new Uint8Array(buffer, at.marks, MARKS);
    exports.placeRows(at.columns, rows, at.order, at.scratch, at.marks);
    exports.place(at.draws, at.histograms, at.found);
    exports.setLeast(minDraws);
  }

  /** The node whose features are scanned from now on. */
  setNode(draws: number, lost: number): void {
    this.#exports.setNode(draws, lost);
  }

  /** Sums the histograms of one to four features over rows order[start … end − 1]. */
  sum(features: Int32Array, start: number, end: number): void {
    const [a, b = a, c, d = c] = features;
    if (c === undefined) this.#exports.sumTwo(a, b, start, end);
    else this.#exports.sum(a, b, c, d, start, end);
  }

  /**
   * Looks in the node for a split of the feature that was summed as the k-th, whose bins are in order, that scores more than
   * `numerator` / `denominator`; a better one is left in `found`, of equals the first.
   */
  scan(k: number, bins: number, numerator: number, denominator: number): Scanned {
    return this.#exports.scan(k, bins, numerator, denominator);
  }

  /** As `partRows` does. */
  part(start: number, end: number, test: Test): number {
    return partRows(this.#exports, this.#marks, start, end, test);
  }
}

/** Numbers of what is found. */
const FOUND = 6;

function instantiate(): ForestExports {
  // The module is built with this one, and the compiler of each knows its own half alone.
  return new WebAssembly.Instance(readModule('models/random-forest/forest.wasm'), {})
    .exports as unknown as ForestExports;
}

function noRoom(rows: number, features: number): EngineError {
  return new EngineError(
    `A forest on ${rows} rows × ${features} features does not fit into memory, of which it can use 4 GB: learn from fewer rows.`,
    { rows, features },
  );
}
