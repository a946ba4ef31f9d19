import type { LeafPath } from './leaf-paths.ts';
import { brokenAt, type Subtree } from './subtrees.ts';

/** How a leaf's value is shared out among the conditions of its path. */
export interface LeafGame {
  /**
   * Adds what each condition is given to `out`, condition k's at `at` + k.
   * @param broken a bit set for each condition that the row breaks.
   */
  readonly share: (path: LeafPath, broken: number, out: Float64Array, at: number) => void;
}

/** Values of a pattern are padded to a multiple of so many. */
export const WIDTH = 4;

/** Sets of at most so many bits are looked up by index, others by key. */
const MAX_INDEXED = 12;

/**
 * What a subtree gives its features, computed once for each pattern of broken conditions and outcomes: many rows share
 * one. A pattern's values stand at an offset in `pool`, one a feature of the subtree and then zeros.
 */
export class SubtreeValues {
  readonly #game: LeafGame;
  readonly #patterns = new Remembered();
  #leaves: Remembered[] = [];
  #subtree: Subtree | undefined;

  constructor(game: LeafGame) {
    this.#game = game;
  }

  /** May be another array after each look-up. */
  get pool(): Float64Array {
    return this.#patterns.pool;
  }

  /** Turns to another subtree, and forgets the values of the one before. */
  turnTo(subtree: Subtree): void {
    const { conditions, inner, leaves, features } = subtree;
    this.#subtree = subtree;
    this.#patterns.forget(conditions + inner.length, Math.ceil(features.length / WIDTH) * WIDTH);
    leaves.forEach(({ places }, leaf) => {
      this.#leaves[leaf] ??= new Remembered();
      this.#leaves[leaf].forget(places.length, places.length);
    });
  }

  /** Where the values of each row's pattern stand; they stay there until the next subtree. */
  lookUp(patterns: Int32Array, rows: number, offsets: Int32Array): void {
    const known = this.#patterns;
    for (let i = 0; i < rows; i++) {
      const offset = known.find(patterns[i]);
      offsets[i] = offset < 0 ? this.#add(patterns[i]) : offset;
    }
  }

  #add(pattern: number): number {
    const { leaves, conditions } = this.#subtree ?? NO_SUBTREE;
    const offset = this.#patterns.add(pattern);
    const { pool } = this.#patterns;
    leaves.forEach((leaf, l) => {
      const broken = brokenAt(leaf, pattern, conditions);
      const known = this.#leaves[l];
      const found = known.find(broken);
      const from = found < 0 ? known.add(broken) : found;
      if (found < 0) this.#game.share(leaf.path, broken, known.pool, from);
      const { places } = leaf;
      const ofLeaf = known.pool;
      for (let k = 0; k < places.length; k++) pool[offset + places[k]] += ofLeaf[from + k];
    });
    return offset;
  }
}

const NO_SUBTREE: Pick<Subtree, 'leaves' | 'conditions'> = { leaves: [], conditions: 0 };

/** Stretches of one array, by sets of bits. */
class Remembered {
  pool = new Float64Array(1 << 10);
  #places = new Int32Array(0);
  #keyed: Map<number, number> | undefined;
  #length = 0;
  #used = 0;

  /** Forgets all. @param length of a stretch. */
  forget(bits: number, length: number): void {
    this.#length = length;
    this.#used = 0;
    this.#keyed = bits > MAX_INDEXED ? new Map() : undefined;
    if (bits > MAX_INDEXED) return;
    if (this.#places.length < 1 << bits) this.#places = new Int32Array(1 << bits);
    this.#places.fill(-1, 0, 1 << bits);
  }

  /** Where the stretch begins; −1 for an unknown one. */
  find(set: number): number {
    return this.#keyed ? (this.#keyed.get(set) ?? -1) : this.#places[set];
  }

  /** A new stretch of zeros. @returns where it begins. */
  add(set: number): number {
    const offset = this.#used;
    this.#used += this.#length;
    if (this.#used > this.pool.length) this.#grow();
    this.pool.fill(0, offset, this.#used);
    if (this.#keyed) this.#keyed.set(set, offset);
    else this.#places[set] = offset;
    return offset;
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#used);
    larger.set(this.pool);
    this.pool = larger;
  }
}
