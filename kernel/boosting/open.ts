import { found, histogramAt, PICK, picks } from './memory.ts';
import { FOUND, scanFeature } from './scan.ts';

/**
 * Makes the histogram of a node whole that has been summed, that of its sibling out of their parent's, and leaves the best split
 * of every feature of either in `found`. One feature after the other, so that its bins stay in the cache.
 * @param slot of the node's histogram; `g` and `v` are its sums.
 * @param bar what a split must score more than; Infinity where none is looked for.
 * @param siblingSlot of the parent's histogram, then of the sibling's; −1 for a root, which has none.
 */
export function open(
  features: u32,
  slot: u32,
  g: f64,
  v: f64,
  bar: f64,
  siblingSlot: i32,
  siblingG: f64,
  siblingV: f64,
  siblingBar: f64,
): void {
  const histogram = histogramAt(slot);
  const sibling = siblingSlot < 0 ? <usize>0 : histogramAt(siblingSlot);
  const totals = f64x2.replace_lane(f64x2.splat(g), 1, v);
  const siblingFound = <usize>features * FOUND;
  const last = picks + <usize>features * PICK;
  let at = found;
  for (let pick = picks; pick < last; pick += PICK, at += FOUND) {
    restoreOmitted(pick, histogram, totals);
    scanFeature(pick, histogram, g, v, bar, at);
    if (sibling === 0) continue;
    subtract(pick, sibling, histogram);
    scanFeature(pick, sibling, siblingG, siblingV, siblingBar, at + siblingFound);
  }
}

/** Gives the bin that is left out what the feature's others leave of the totals. */
function restoreOmitted(pick: usize, histogram: usize, totals: v128): void {
  const omitted = load<i32>(pick, 8);
  if (omitted < 0) return;
  const first = histogram + ((<usize>load<u32>(pick, 4)) << 4);
  const last = first + ((<usize>load<u32>(pick, 12)) << 4);
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let at = first;
  for (; at + 16 < last; at += 32) {
    even = f64x2.add(even, v128.load(at));
    odd = f64x2.add(odd, v128.load(at, 16));
  }
  if (at < last) even = f64x2.add(even, v128.load(at));
  v128.store(first + ((<usize>omitted) << 4), f64x2.sub(totals, f64x2.add(even, odd)));
}

/** Turns a feature's bins of a parent into those of one child, given the other's. */
function subtract(pick: usize, parent: usize, other: usize): void {
  const first = (<usize>load<u32>(pick, 4)) << 4;
  const last = first + ((<usize>load<u32>(pick, 12)) << 4);
  for (let at = first; at < last; at += 16) {
    v128.store(parent + at, f64x2.sub(v128.load(parent + at), v128.load(other + at)));
  }
}
