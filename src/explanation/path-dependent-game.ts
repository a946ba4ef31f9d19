import type { AttributionKernel } from './attribution-kernel.ts';
import { gaussLegendre, type Quadrature } from './gauss-legendre.ts';
import type { LeafPath } from './leaf-paths.ts';
import type { LeafGame } from './subtree-values.ts';
import type { SubtreeLeaf } from './subtrees.ts';

/**
 * The Shapley values of the game in which a coalition is worth value · Π share over the absent conditions, or
 * 0 when it holds a broken one (path-dependent TreeSHAP, Lundberg et al. 2020). With m conditions, a coalition of k
 * weighs k! (m − k − 1)! / m! = ∫ tᵏ (1 − t)^(m−k−1) dt from 0 to 1, so the value of condition i is the integral of
 * (oᵢ − zᵢ) Π (t oⱼ + (1 − t) zⱼ) over j ≠ i, with o = 1 where the condition is kept and z its share: a polynomial of
 * degree m − 1, for which ⌈m / 2⌉ nodes of Gauss and Legendre are exact. The kernel does the sum, from the factors of a
 * leaf that are written here.
 */
export function pathDependentGame(kernel: AttributionKernel): LeafGame {
  return (leaf, subtree) => {
    const { nodes, weights } = quadrature(Math.ceil(leaf.path.shares.length / 2));
    const { conditions, steps, factors, bytes } = layoutOf(leaf, nodes.length);
    const address = kernel.allocate(bytes);
    kernel.ints.set([conditions, (1 << subtree.conditions) - 1, steps, nodes.length], address / 4);
    writeWords(kernel.ints, address / 4 + 4, leaf);
    writeFactors(kernel.floats, (address + factors) / 8, leaf.path, nodes, weights);
    return (fresh, count) => kernel.call.shareOut(address, fresh, count);
  };
}

/** Where things stand in what the kernel is told of a leaf, in bytes (see `kernel/attribution/share.ts`). */
function layoutOf({ path, steps }: SubtreeLeaf, nodes: number) {
  const conditions = path.shares.length;
  const factors = Math.ceil((16 + 12 * steps.length + 4 * conditions) / 16) * 16;
  const numbers = (2 * conditions + 1) * even(nodes) + nodes * even(conditions) + nodes;
  return { conditions, steps: steps.length, factors, bytes: factors + 8 * numbers };
}

function writeWords(out: Int32Array, start: number, { steps, places }: SubtreeLeaf): void {
  let at = start;
  for (const { bit, right, condition } of steps) {
    out[at] = bit;
    out[at + 1] = right;
    out[at + 2] = condition;
    at += 3;
  }
  for (const place of places) out[at++] = 8 * place;
}

/**
 * With z the share and t the node: t + (1 − t) z where a condition is kept, (1 − t) z where it is broken; weight · value; what a
 * kept condition gets of the product of all, (1 − z) / (t + (1 − t) z); what a broken one gets, −1 / (1 − t).
 */
function writeFactors(
  out: Float64Array,
  start: number,
  { value, shares }: LeafPath,
  nodes: Float64Array,
  weights: Float64Array,
): void {
  const width = even(nodes.length);
  const row = even(shares.length);
  const first = start + 2 * shares.length * width;
  const gains = first + width;
  const losses = gains + nodes.length * row;
  out.fill(0, start, losses);
  for (let q = 0; q < nodes.length; q++) {
    const t = nodes[q];
    for (let k = 0; k < shares.length; k++) {
      const kept = t + (1 - t) * shares[k];
      out[start + 2 * k * width + q] = kept;
      out[start + (2 * k + 1) * width + q] = (1 - t) * shares[k];
      out[gains + q * row + k] = (1 - shares[k]) / kept;
    }
    out[first + q] = weights[q] * value;
    out[losses + q] = -1 / (1 - t);
  }
}

function even(count: number): number {
  return count + (count % 2);
}

const rules: Quadrature[] = [];

function quadrature(nodes: number): Quadrature {
  rules[nodes] ??= gaussLegendre(nodes);
  return rules[nodes];
}
