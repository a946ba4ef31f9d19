import { EngineError } from '../../errors.ts';
import { FRACTIONS, STEP_HIGH, STEP_LOW, STEPS_PER_UNIT } from '../exponential.ts';
import { type BoostingExports, instantiateBoosting } from './boosting-exports.ts';
import type { GradientScales } from './gradients.ts';
import type { Test } from './growing.ts';
import { reserve, wholeLines } from './kernel-memory.ts';
import { columnsAt, MARKS, partRows } from './kernel-rows.ts';
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

/** Numbers of a pick: a feature, the id of its bin 0, the bin that is left out, its bins, and 1 where they are in order. */
export const PICK = 5;

/**
 * Numbers of what is found for a feature: 1 where there is a split and else 0, numerator and denominator of its score, the bin, 1 where
 * missing values go left, and g and v of the left side.
 */
export const FOUND = 7;

/**
 * Memory that WebAssembly boosts in: it takes derivatives, lays rows out, sums histograms, finds splits in them and parts rows. SIMD
 * adds gradient and second derivative at once, and scores two splits and takes two rows' derivatives at once, and no access is checked:
 * the same bits as the same loops in TypeScript.
 */
export class BoostingKernel {
  /** Feature f's bin of row i at i · features + f. */
  readonly side: Uint8Array;
  /** The same by feature. */
  readonly columns: readonly Uint8Array[];
  readonly picks: Int32Array;
  /** The rows of the tree, first, which may be put in another order; behind them there is room for the others. */
  readonly order: Int32Array;
  /** Of row i, g at 2 i and v at 2 i + 1. */
  readonly gradients: Float64Array;
  /** By row. */
  readonly logOdds: Float64Array;
  /** By row, to be set once, as labels and log-odds. */
  readonly weights: Float64Array;
  readonly labels: Uint8Array;
  /** Addresses of the ids of row i, from 2 i to 2 i + 1; of rows that are not laid out meaningless. */
  readonly spans: Uint32Array;
  /** By feature that is laid out, of the first node that was opened and then of the second: what is found. */
  readonly found: Float64Array;
  readonly #marks: Uint8Array;
  readonly #histograms: readonly Float64Array[];
  readonly #exports: BoostingExports;
  readonly #isWide: boolean;

  /** @throws EngineError where 4 GB, or what the machine has left, do not hold it, or the module has not been built. */
  constructor({ rows, features, ids, bins, histograms }: KernelRoom) {
    const exports = instantiateBoosting();
    this.#exports = exports;
    this.#isWide = bins > 65_536;
    const slotBytes = wholeLines(bins * 16);
    const at = reserve(exports.memory, exports.freeFrom(), {
      side: rows * features,
      columns: rows * features,
      picks: features * PICK * 4,
      spans: rows * 8,
      // One id more may be written, where a row ends with a bin that is left out.
      ids: (ids + 1) * (this.#isWide ? 4 : 2),
      histograms: histograms * slotBytes,
      found: NODES * features * FOUND * 8,
      marks: MARKS,
      fractions: FRACTIONS.byteLength,
      order: rows * 4,
      scratch: rows * 4,
      gradients: rows * 16,
      hessians: rows * 8,
      logOdds: rows * 8,
      weights: rows * 8,
      labels: rows,
    });
    if (!at) throw noRoom(rows, features);
    const { buffer } = exports.memory;
    this.side = new Uint8Array(buffer, at.side, rows * features);
    this.columns = columnsAt(buffer, at.columns, rows, features);
    this.picks = new Int32Array(buffer, at.picks, features * PICK);
    this.spans = new Uint32Array(buffer, at.spans, 2 * rows);
    this.found = new Float64Array(buffer, at.found, NODES * features * FOUND);
    this.order = new Int32Array(buffer, at.order, rows);
    this.gradients = new Float64Array(buffer, at.gradients, 2 * rows);
    this.logOdds = new Float64Array(buffer, at.logOdds, rows);
    this.weights = new Float64Array(buffer, at.weights, rows);
    this.labels = new Uint8Array(buffer, at.labels, rows);
    this.#marks = new Uint8Array(buffer, at.marks, MARKS);
    this.#histograms = Array.from(
      { length: histograms },
      (_, slot) => new Float64Array(buffer, at.histograms + slot * slotBytes, 2 * bins),
    );
    exports.placeRows(at.columns, rows, at.order, at.scratch, at.marks);
    const { side, picks, spans, ids: idsAt, histograms: sums, found } = at;
    const wide = this.#isWide ? 1 : 0;
    exports.place(side, features, picks, spans, idsAt, wide, sums, slotBytes, found);
    const { gradients, hessians, logOdds, weights, labels } = at;
    exports.placeDerivatives(gradients, hessians, logOdds, weights, labels);
    new Float64Array(buffer, at.fractions, FRACTIONS.length).set(FRACTIONS);
    exports.setExponential(at.fractions, STEPS_PER_UNIT, STEP_HIGH, STEP_LOW);
  }

  /** Sums by id: g at 2 · id, v beside it. */
  histogram(slot: number): Float64Array {
    return this.#histograms[slot];
  }

  /** How derivatives are rounded from now on, and what splits are to keep to. */
  prepare({ gradientScale, hessianScale, countUnit }: GradientScales, rule: SplitRule): void {
    this.#exports.setScales(gradientScale, hessianScale, countUnit);
    this.#exports.setRule(rule.minSamplesLeaf, rule.minHessian, rule.l2, countUnit);
  }

  /** Takes gradients and second derivatives of the weighted log loss for the first so many of `order`. @returns their sums. */
  differentiate(rows: number): Sums {
    this.#exports.differentiate(rows);
    return { g: this.#exports.sumG.value, v: this.#exports.sumV.value };
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
   * picks the best split in either node. Of equals the first.
   * @param sibling its slot holds the parent's histogram; absent for a root.
   */
  open(features: number, { slot, g, v, bar }: OpenedNode, sibling: OpenedNode = NONE): void {
    this.#exports.open(features, slot, g, v, bar, sibling.slot, sibling.g, sibling.v, sibling.bar);
  }

  /** As `partRows` does. */
  part(start: number, end: number, test: Test): number {
    return partRows(this.#exports, this.#marks, start, end, test);
  }

  /** The second derivatives of rows order[start … end − 1], not rounded. */
  sumHessians(start: number, end: number): number {
    return this.#exports.sumHessians(start, end);
  }

  /** Adds to the log-odds of rows order[start … end − 1]. */
  addToLogOdds(start: number, end: number, value: number): void {
    this.#exports.addToLogOdds(start, end, value);
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

function noRoom(rows: number, features: number): EngineError {
  return new EngineError(
    `Boosting on ${rows} rows × ${features} features does not fit into memory, of which it can use 4 GB: learn from fewer rows or with fewer leaves.`,
    { rows, features },
  );
}
