import type { AttributionKernel } from './attribution-kernel.ts';
import { CHUNK } from './subtree-walk.ts';
import type { Subtree, SubtreeLeaf } from './subtrees.ts';

/** How a leaf's value is shared out among the conditions of its path: prepares the leaf. */
export type LeafGame = (leaf: SubtreeLeaf, subtree: Subtree) => AddLeaf;

/**
 * Adds what the leaf gives its features to the values of patterns of its subtree: `count` pairs, from the address `fresh`
 * on, of a pattern and the address of its values. That of a condition stands at the place which the leaf names for it.
 */
export type AddLeaf = (fresh: number, count: number) => void;

/** Sets of at most so many bits are looked up by index, others by key. */
const MAX_INDEXED = 10;

/** Twice as many slots as keys at most. */
const SLOT_BITS = Math.log2(CHUNK) + 1;

/** Where rows' look-ups leave what they found. */
export class LookUps {
  readonly kernel: AttributionKernel;
  /** By row: where the values of its pattern stand. */
  readonly addresses: number;
  readonly fresh: number;
  readonly slots: number;

  constructor(kernel: AttributionKernel) {
    this.kernel = kernel;
    this.addresses = kernel.allocate(CHUNK * 4);
    this.fresh = kernel.allocate(CHUNK * 8);
    this.slots = kernel.allocate(8 << SLOT_BITS);
  }
}

/**
 * What a subtree gives its features, computed once for each pattern of broken conditions and outcomes: many rows share
 * one. A pattern's values stand one after the other, one a feature of the subtree, and a zero where these are odd.
 */
export class SubtreeValues {
  readonly #lookUps: LookUps;
  readonly #leaves: readonly AddLeaf[];
  readonly #stride: number;
  /** Where the addresses of values stand by pattern; without it, patterns are found by key and forgotten each time. */
  readonly #places: number | undefined;

  constructor(lookUps: LookUps, game: LeafGame, subtree: Subtree) {
    const { kernel } = lookUps;
    this.#lookUps = lookUps;
    this.#leaves = subtree.leaves.map((leaf) => game(leaf, subtree));
    this.#stride = Math.ceil(subtree.features.length / 2) * 16;
    const bits = subtree.conditions + subtree.inner.length;
    if (bits > MAX_INDEXED) return;
    this.#places = kernel.allocate(4 << bits);
    kernel.ints.fill(0, this.#places / 4, this.#places / 4 + (1 << bits));
  }

  /** Finds where the values of each row's pattern stand. */
  lookUp(patterns: number, rows: number): void {
    const { kernel, addresses, fresh, slots } = this.#lookUps;
    const before = kernel.free;
    const free = kernel.allocate(rows * this.#stride);
    const places = this.#places;
    const count =
      places === undefined
        ? kernel.call.lookUpKeyed(patterns, rows, slots, SLOT_BITS, free, this.#stride, fresh, addresses)
        : kernel.call.lookUp(patterns, rows, places, free, this.#stride, fresh, addresses);
    if (count > 0) for (const add of this.#leaves) add(fresh, count);
    kernel.release(places === undefined || count === 0 ? before : free + count * this.#stride);
  }
}
