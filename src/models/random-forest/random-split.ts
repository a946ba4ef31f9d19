import type { Random } from '../../random.ts';
import { improves, type SplitRule, type SplitSearch, type Sums } from '../tree/split.ts';

/**
 * Tries one split of a feature, drawn at random: of a number between the lowest and the highest bin with rows, all cuts
 * equally likely, so that a monotone transform of the feature changes nothing; of a category any two sets of the levels
 * that the node has. Missing values go to either side (Geurts, Ernst and Wehenkel 2006, who draw among values).
 * @param histogram as `scanFeature` reads it, from place 0 on; at least two bins have rows.
 */
export function tryRandomSplit(
  search: SplitSearch,
  rule: SplitRule,
  node: Sums,
  histogram: Float64Array,
  binCount: number,
  feature: number,
  isCategory: boolean,
  random: Random,
): void {
  const filled = filledBins(histogram, binCount);
  const isLeft = isCategory ? drawSet(filled, random) : undefined;
  const bin = isCategory ? 0 : drawCut(filled, random);
  const missingLeft = isLeft ? isLeft[0] === 1 : bin < filled[filled.length - 1] && random.uint32() % 2 === 1;
  let g = 0;
  let v = 0;
  for (const b of filled) {
    const goesLeft = isLeft ? isLeft[b] === 1 : b === 0 ? missingLeft : b <= bin;
    if (!goesLeft) continue;
    g += histogram[2 * b];
    v += histogram[2 * b + 1];
  }
  if (!improves(search, rule, node, g, v, rule.l2)) return;
  search.feature = feature;
  search.bin = bin;
  search.isLeft = isLeft;
  search.missingLeft = filled[0] === 0 || isLeft ? missingLeft : 2 * v >= node.v;
  search.leftG = g;
  search.leftV = v;
}

function filledBins(histogram: Float64Array, binCount: number): number[] {
  const bins: number[] = [];
  for (let bin = 0; bin < binCount; bin++) if (histogram[2 * bin + 1] > 0) bins.push(bin);
  return bins;
}

/** A bin that goes left with all lower ones; the only one with values, where others are missing, goes alone. */
function drawCut(filled: readonly number[], random: Random): number {
  const low = filled[0] === 0 ? filled[1] : filled[0];
  const high = filled[filled.length - 1];
  return low === high ? low : low + random.integer(high - low);
}

/** Sides of the bins with rows, neither of them empty. */
function drawSet(filled: readonly number[], random: Random): Uint8Array {
  const isLeft = new Uint8Array(256);
  const order = random.shuffle([...filled]);
  const size = 1 + random.integer(filled.length - 1);
  for (const bin of order.slice(0, size)) isLeft[bin] = 1;
  return isLeft;
}
