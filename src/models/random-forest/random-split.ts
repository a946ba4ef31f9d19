import type { Random } from '../../random.ts';
import { improves, type SplitRule, type SplitSearch, type Sums } from '../tree/split.ts';

/**
 * Tries one split of a feature, drawn at random: of a number between the lowest and the highest bin with rows, all cuts
 * equally likely, so that a monotone transform of the feature changes nothing; of a category any two sets of the levels
 * that the node has. Missing values go to either side (Geurts, Ernst and Wehenkel 2006, who draw among values).
 * @param histogram as `scanCategory` reads it, from place 0 on; at least two bins have rows.
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
  const hasMissing = histogram[1] > 0;
  const isLeft = isCategory ? drawSet(histogram, binCount, random) : undefined;
  const bin = isCategory ? 0 : drawCut(histogram, binCount, random);
  const onlyMissingRight = !isCategory && bin === lastFilled(histogram, binCount);
  const missingLeft = isLeft ? isLeft[0] === 1 : !onlyMissingRight && hasMissing && random.uint32() % 2 === 1;
  let g = missingLeft ? histogram[0] : 0;
  let v = missingLeft ? histogram[1] : 0;
  const last = isLeft ? binCount - 1 : bin;
  for (let b = 1; b <= last; b++) {
    if (isLeft && isLeft[b] === 0) continue;
    g += histogram[2 * b];
    v += histogram[2 * b + 1];
  }
  if (!improves(search, rule, node, g, v, rule.l2)) return;
  search.feature = feature;
  search.bin = bin;
  search.isLeft = isLeft;
  search.missingLeft = hasMissing || isLeft ? missingLeft : 2 * v >= node.v;
  search.leftG = g;
  search.leftV = v;
}

/** A bin that goes left with all lower ones; the only one with values, where others are missing, goes alone. */
function drawCut(histogram: Float64Array, binCount: number, random: Random): number {
  let low = 1;
  while (histogram[2 * low + 1] === 0) low++;
  const high = lastFilled(histogram, binCount);
  return low === high ? low : low + random.integer(high - low);
}

/** The highest bin with rows. */
function lastFilled(histogram: Float64Array, binCount: number): number {
  let bin = binCount - 1;
  while (bin > 0 && histogram[2 * bin + 1] === 0) bin--;
  return bin;
}

/** Sides of the bins with rows, neither of them empty. */
function drawSet(histogram: Float64Array, binCount: number, random: Random): Uint8Array {
  const filled: number[] = [];
  for (let bin = 0; bin < binCount; bin++) if (histogram[2 * bin + 1] > 0) filled.push(bin);
  random.shuffle(filled);
  const isLeft = new Uint8Array(256);
  const size = 1 + random.integer(filled.length - 1);
  for (const bin of filled.slice(0, size)) isLeft[bin] = 1;
  return isLeft;
}
