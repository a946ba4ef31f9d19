import type { AttributionKernel } from './attribution-kernel.ts';
import type { BackgroundMasks } from './background-masks.ts';
import type { LeafPath } from './leaf-paths.ts';
import type { LeafGame } from './subtree-values.ts';
import { brokenAt } from './subtrees.ts';

/**
 * The Shapley values of the game in which a row's absent features take those of a background row, averaged over the
 * background (interventional TreeSHAP, Lundberg et al. 2020). Where the row alone keeps a conditions, the background row
 * alone b, and both the others, a condition of the row gets (a − 1)! b! / (a + b)! of the leaf's value, one of the
 * background row −a! (b − 1)! / (a + b)!; a condition that neither keeps makes the leaf unreachable. Background rows
 * that break the same conditions are counted together.
 */
export function interventionalGame(
  kernel: AttributionKernel,
  masks: BackgroundMasks,
  backgroundRows: number,
): LeafGame {
  return (leaf, { conditions }) => {
    const { path, places } = leaf;
    const ofLeaf = masks.get(path.node) ?? new Map<number, number>();
    const known = new Map<number, Float64Array>();
    const valuesOf = (broken: number): Float64Array => {
      const values = known.get(broken) ?? shareOut(path, broken, ofLeaf, backgroundRows);
      known.set(broken, values);
      return values;
    };
    return (fresh, count) => {
      const { ints, floats } = kernel;
      for (let i = fresh / 4; i < fresh / 4 + 2 * count; i += 2) {
        const values = valuesOf(brokenAt(leaf, ints[i], conditions));
        const at = (ints[i + 1] >>> 0) / 8;
        for (let k = 0; k < places.length; k++) floats[at + places[k]] += values[k];
      }
    };
  };
}

/** What each condition gets. */
function shareOut(
  { value: ofLeaf, features }: LeafPath,
  broken: number,
  masks: ReadonlyMap<number, number>,
  backgroundRows: number,
): Float64Array {
  const out = new Float64Array(features.length);
  const ofRow = bitCount(broken);
  for (const [brokenByOther, count] of masks) {
    if ((broken & brokenByOther) !== 0) continue;
    const ofOther = bitCount(brokenByOther);
    const value = (ofLeaf * count) / backgroundRows;
    const gain = ofOther > 0 ? value * WEIGHTS[(ofOther - 1) * SIDE + ofRow] : 0;
    const loss = ofRow > 0 ? value * WEIGHTS[ofOther * SIDE + ofRow - 1] : 0;
    for (let k = 0; k < features.length; k++) {
      if ((brokenByOther >>> k) & 1) out[k] += gain;
      else if ((broken >>> k) & 1) out[k] -= loss;
    }
  }
  return out;
}

/** At i · SIDE + j: i! j! / (i + j + 1)!, for all that a path of 30 conditions needs. */
const SIDE = 31;
const WEIGHTS = Float64Array.from({ length: SIDE * SIDE }, (_, k) => {
  const [i, j] = [Math.floor(k / SIDE), k % SIDE];
  let inverse = i + j + 1;
  for (let step = 1; step <= j; step++) inverse *= (i + step) / step;
  return 1 / inverse;
});

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
