import { gaussLegendre, type Quadrature } from './gauss-legendre.ts';
import type { LeafPath } from './leaf-paths.ts';
import type { LeafGame } from './subtree-values.ts';

/**
 * The Shapley values of the game in which a coalition is worth value · Π share over the absent conditions, or
 * 0 when it holds a broken one (path-dependent TreeSHAP, Lundberg et al. 2020). With m conditions, a coalition of k
 * weighs k! (m − k − 1)! / m! = ∫ tᵏ (1 − t)^(m−k−1) dt from 0 to 1, so the value of condition i is the integral of
 * (oᵢ − zᵢ) Π (t oⱼ + (1 − t) zⱼ) over j ≠ i, with o = 1 where the condition is kept and z its share: a polynomial of
 * degree m − 1, for which ⌈m / 2⌉ nodes of Gauss and Legendre are exact.
 */
export function pathDependentGame(): LeafGame {
  const factors = new WeakMap<LeafPath, Factors>();
  return {
    share: (path, broken, out, at) => {
      let own = factors.get(path);
      if (!own) {
        own = factorsOf(path);
        factors.set(path, own);
      }
      share(own, broken, path.shares.length, out, at);
    },
  };
}

/** By node of the quadrature, and where they differ by condition within it. */
interface Factors {
  /** weight · value. */
  readonly first: Float64Array;
  /** t + (1 − t) z: a kept condition. */
  readonly kept: Float64Array;
  /** (1 − t) z: a broken condition. */
  readonly broken: Float64Array;
  /** (1 − z) / (t + (1 − t) z): what a kept condition gets of the product of all. */
  readonly gain: Float64Array;
  /** −1 / (1 − t): what a broken one gets. */
  readonly loss: Float64Array;
}

function factorsOf({ value, shares }: LeafPath): Factors {
  const { nodes, weights } = quadrature(Math.ceil(shares.length / 2));
  const byCondition = (f: (t: number, z: number) => number) =>
    Float64Array.from([...nodes].flatMap((t) => shares.map((z) => f(t, z))));
  return {
    first: weights.map((weight) => weight * value),
    kept: byCondition((t, z) => t + (1 - t) * z),
    broken: byCondition((t, z) => (1 - t) * z),
    gain: byCondition((t, z) => (1 - z) / (t + (1 - t) * z)),
    loss: nodes.map((t) => -1 / (1 - t)),
  };
}

function share(
  { first, kept, broken, gain, loss }: Factors,
  brokenBits: number,
  conditions: number,
  out: Float64Array,
  at: number,
): void {
  for (let q = 0; q < first.length; q++) {
    const from = q * conditions;
    let product = first[q];
    for (let k = 0; k < conditions; k++) {
      product *= (brokenBits >>> k) & 1 ? broken[from + k] : kept[from + k];
    }
    for (let k = 0; k < conditions; k++) {
      out[at + k] += product * ((brokenBits >>> k) & 1 ? loss[q] : gain[from + k]);
    }
  }
}

const rules: Quadrature[] = [];

function quadrature(nodes: number): Quadrature {
  rules[nodes] ??= gaussLegendre(nodes);
  return rules[nodes];
}
