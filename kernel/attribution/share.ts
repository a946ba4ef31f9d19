/*
 * Shares out a leaf's value by path-dependent TreeSHAP: the formula is that of `path-dependent-game.ts`, in the same order of additions.
 *
 * A leaf is told as four words (its conditions; a bit for each of them above the subtree; the steps below its root; the nodes of the
 * quadrature), three words a step (the bit of its outcome, which outcome is kept, the condition), a word a condition (where its value
 * stands, in bytes), and, from the next multiple of 16 bytes on, numbers: by condition the factor of each node where it is kept, then
 * where it is broken; by node the weight; by node the gain of each condition; by node the loss. Each list of numbers is padded to two.
 */

/** As many nodes and conditions as a tree of the greatest depth needs. */
const products: usize = memory.data(16 * 8, 16);
const shares: usize = memory.data(32 * 8, 16);

/** Adds what a leaf gives to the values of so many patterns, listed with the addresses of their values. */
export function shareOut(leaf: usize, patterns: usize, count: u32): void {
  const conditions: usize = load<u32>(leaf);
  const above = load<u32>(leaf, 4);
  const nodes: usize = load<u32>(leaf, 12);
  const steps = leaf + 16;
  const places = steps + <usize>load<u32>(leaf, 8) * 12;
  const factors = (places + (conditions << 2) + 15) & ~15;
  const nodeBytes = ((nodes + 1) & ~1) << 3;
  const conditionBytes = ((conditions + 1) & ~1) << 3;
  const weights = factors + 2 * conditions * nodeBytes;
  const gains = weights + nodeBytes;
  const losses = gains + nodes * conditionBytes;
  const last = patterns + ((<usize>count) << 3);
  for (let at = patterns; at < last; at += 8) {
    const broken = brokenBits(load<u32>(at), above, steps, places);
    multiply(broken, factors, weights, conditions, nodeBytes);
    integrate(broken, gains, losses, nodes, conditionBytes);
    const values: usize = load<u32>(at, 4);
    for (let k: usize = 0; k < conditions; k++) {
      const value = values + load<u32>(places + (k << 2));
      store<f64>(value, load<f64>(value) + load<f64>(shares + (k << 3)));
    }
  }
}

/** The conditions that a row of a pattern breaks, a bit each. */
function brokenBits(pattern: u32, above: u32, steps: usize, end: usize): u32 {
  let broken = pattern & above;
  for (let step = steps; step < end; step += 12) {
    const isBroken = ((pattern >>> load<u32>(step)) & 1) ^ load<u32>(step, 4);
    broken |= isBroken << load<u32>(step, 8);
  }
  return broken;
}

/** The product of all conditions' factors, by node; four nodes at a time, and then two. */
function multiply(broken: u32, factors: usize, weights: usize, conditions: usize, nodeBytes: usize): void {
  let node: usize = 0;
  for (; node + 16 < nodeBytes; node += 32) {
    let product = v128.load(weights + node);
    let next = v128.load(weights + node, 16);
    let factor = factors + node;
    let rest: usize = broken;
    for (let k: usize = 0; k < conditions; k++) {
      const chosen = factor + (nodeBytes & (0 - (rest & 1)));
      product = f64x2.mul(product, v128.load(chosen));
      next = f64x2.mul(next, v128.load(chosen, 16));
      factor += 2 * nodeBytes;
      rest >>= 1;
    }
    v128.store(products + node, product);
    v128.store(products + node, next, 16);
  }
  if (node === nodeBytes) return;
  let product = v128.load(weights + node);
  let factor = factors + node;
  let rest: usize = broken;
  for (let k: usize = 0; k < conditions; k++) {
    product = f64x2.mul(product, v128.load(factor + (nodeBytes & (0 - (rest & 1)))));
    factor += 2 * nodeBytes;
    rest >>= 1;
  }
  v128.store(products + node, product);
}

/** What each condition gets, summed over the nodes; those that are broken get the same. */
function integrate(broken: u32, gains: usize, losses: usize, nodes: usize, conditionBytes: usize): void {
  let loss: f64 = 0;
  for (let node: usize = 0; node < nodes; node++) {
    loss += load<f64>(products + (node << 3)) * load<f64>(losses + (node << 3));
  }
  const ofBroken = f64x2.splat(loss);
  const lastGain = gains + nodes * conditionBytes;
  let rest: u64 = broken;
  for (let k: usize = 0; k < conditionBytes; k += 16) {
    let sum = f64x2(0, 0);
    let product = products;
    for (let gain = gains + k; gain < lastGain; gain += conditionBytes) {
      sum = f64x2.add(sum, f64x2.mul(v128.load64_splat(product), v128.load(gain)));
      product += 8;
    }
    const isBroken = i64x2.ne(v128.and(i64x2.splat(rest), i64x2(1, 2)), i64x2(0, 0));
    v128.store(shares + k, v128.bitselect(ofBroken, sum, isBroken));
    rest >>= 2;
  }
}
