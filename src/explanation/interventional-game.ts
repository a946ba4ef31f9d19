import type { LeafGame } from './subtree-values.ts';

/** By leaf node: how many of the background rows break which of its path's conditions, a count a set of bits. */
export type BackgroundMasks = ReadonlyMap<number, ReadonlyMap<number, number>>;

/**
 * The Shapley values of the game in which a row's absent features take those of a background row, averaged over the
 * background (interventional TreeSHAP, Lundberg et al. 2020). Where the row alone keeps a conditions, the background row
 * alone b, and both the others, a condition of the row gets (a − 1)! b! / (a + b)! of the leaf's value, one of the
 * background row −a! (b − 1)! / (a + b)!; a condition that neither keeps makes the leaf unreachable. Background rows
 * that break the same conditions are counted together.
 */
export function interventionalGame(masks: BackgroundMasks, backgroundRows: number): LeafGame {
  return {
    share: (path, broken, out, at) => {
      const ofRow = bitCount(broken);
      for (const [brokenByOther, count] of masks.get(path.node) ?? []) {
        if ((broken & brokenByOther) !== 0) continue;
        const ofOther = bitCount(brokenByOther);
        const value = (path.value * count) / backgroundRows;
        const gain = ofOther > 0 ? value * WEIGHTS[(ofOther - 1) * SIDE + ofRow] : 0;
        const loss = ofRow > 0 ? value * WEIGHTS[ofOther * SIDE + ofRow - 1] : 0;
        for (let k = 0; k < path.features.length; k++) {
          if ((brokenByOther >>> k) & 1) out[at + k] += gain;
          else if ((broken >>> k) & 1) out[at + k] -= loss;
        }
      }
    },
  };
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
