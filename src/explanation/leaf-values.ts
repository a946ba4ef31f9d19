import { gaussLegendre, type Quadrature } from './gauss-legendre.ts';
import type { LeafPath } from './leaf-paths.ts';

/** Room for this many numbers is kept; when it is used up, what was remembered is forgotten. */
const POOL = 2 ** 22;

/** Leaves with at most this many conditions look a set of broken ones up by index, others by key. */
const MAX_INDEXED = 10;

/**
 * Shapley values of the conditions of leaves, each set of broken conditions computed once: many rows break
 * the same ones. Rows of one leaf stand at an offset in `pool`, a number a condition.
 */
export class LeafValues {
  readonly pool = new Float64Array(POOL);
  #used = 0;
  #indexed: Int32Array[] = [];
  #keyed: Map<number, number>[] = [];
  #leaves: readonly LeafPath[] = [];

  /** Turns to the leaves of another tree. */
  setLeaves(leaves: readonly LeafPath[]): void {
    this.#leaves = leaves;
    this.#forget();
  }

  /**
   * Where the values of a leaf stand for each row; they stay there until the next call.
   * @param broken by row: a bit set for each condition that it breaks.
   * @param offsets receives the result; must be no longer than the pool holds paths.
   */
  lookUp(leaf: number, broken: Int32Array, start: number, rows: number, offsets: Int32Array): void {
    const path = this.#leaves[leaf];
    if (this.#used + rows * path.features.length > POOL) this.#forget();
    const indexed = this.#indexed[leaf];
    const keyed = this.#keyed[leaf];
    for (let i = 0; i < rows; i++) {
      const key = broken[start + i];
      let offset = keyed ? (keyed.get(key) ?? -1) : indexed[key];
      if (offset < 0) {
        offset = this.#used;
        this.#used += path.features.length;
        if (keyed) keyed.set(key, offset);
        else indexed[key] = offset;
        shapleyValues(path, key, this.pool, offset);
      }
      offsets[i] = offset;
    }
  }

  #forget(): void {
    this.#used = 0;
    this.#indexed = [];
    this.#keyed = [];
    this.#leaves.forEach(({ features }, leaf) => {
      if (features.length > MAX_INDEXED) this.#keyed[leaf] = new Map();
      else this.#indexed[leaf] = new Int32Array(2 ** features.length).fill(-1);
    });
  }
}

/**
 * The Shapley values of the game in which a coalition is worth value · Π share over the absent conditions, or
 * 0 when it holds a broken one. With m conditions, a coalition of k weighs k! (m − k − 1)! / m! = ∫ tᵏ (1 −
 * t)^(m−k−1) dt from 0 to 1, so the value of condition i is the integral of (oᵢ − zᵢ) Π (t oⱼ + (1 − t) zⱼ)
 * over j ≠ i, with o = 1 where the condition is kept and z its share: a polynomial of degree m − 1, for which
 * ⌈m / 2⌉ nodes of Gauss and Legendre are exact.
 */
function shapleyValues({ value, shares }: LeafPath, broken: number, out: Float64Array, at: number): void {
  const conditions = shares.length;
  const { nodes, weights } = quadrature(Math.ceil(conditions / 2));
  out.fill(0, at, at + conditions);
  for (let q = 0; q < nodes.length; q++) {
    const t = nodes[q];
    let product = value * weights[q];
    for (let k = 0; k < conditions; k++) {
      product *= broken & (1 << k) ? (1 - t) * shares[k] : t + (1 - t) * shares[k];
    }
    for (let k = 0; k < conditions; k++) {
      const z = shares[k];
      out[at + k] += product * (broken & (1 << k) ? -1 / (1 - t) : (1 - z) / (t + (1 - t) * z));
    }
  }
}

const rules: Quadrature[] = [];

function quadrature(nodes: number): Quadrature {
  rules[nodes] ??= gaussLegendre(nodes);
  return rules[nodes];
}
