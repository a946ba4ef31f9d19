import type { SplitRule, SplitSearch, Sums } from '../../../src/models/tree/split.ts';

/**
 * Tries every split of one feature and keeps the best of them and of what `search` holds; the earlier one of
 * equals. Where the node has no missing value, one that comes later goes to the side with more rows. The
 * score of a split is G²/(H + λ) of its left side plus that of its right one (Chen and Guestrin 2016,
 * equation 7); with counts of losses for G, counts for H and λ = 0 this orders splits as Gini impurity does.
 * @param histogram sums by bin: g at 2 · (base + bin), v beside it; `base` itself holds the missing values.
 * @param low the lowest bin of values with rows, `high` the highest.
 */
export function scanFeature(
  search: SplitSearch,
  rule: SplitRule,
  node: Sums,
  histogram: Float64Array,
  base: number,
  low: number,
  high: number,
  feature: number,
): void {
  scanBins(search, rule, node, histogram, base, low, high, feature, false);
  if (histogram[2 * base + 1] > 0) {
    scanBins(search, rule, node, histogram, base, low, high, feature, true);
  } else if (search.feature === feature) {
    search.missingLeft = 2 * search.leftV >= node.v;
  }
}

function scanBins(
  search: SplitSearch,
  rule: SplitRule,
  node: Sums,
  histogram: Float64Array,
  base: number,
  low: number,
  high: number,
  feature: number,
  missingLeft: boolean,
): void {
  const { minSamplesLeaf, minHessian, l2, countUnit } = rule;
  const perCount = 1 / countUnit;
  const nodeG = node.g;
  const nodeV = node.v;
  const nodeH = nodeV - Math.floor(nodeV * perCount) * countUnit;
  // What a side must have for its count to reach the minimum: second derivatives add up to less than a count.
  const leastV = minSamplesLeaf * countUnit;
  let bestNumerator = search.numerator;
  let bestDenominator = search.denominator;
  let g = missingLeft ? histogram[2 * base] : 0;
  let v = missingLeft ? histogram[2 * base + 1] : 0;
  for (let bin = low; bin <= high; bin++) {
    const at = 2 * (base + bin);
    const binV = histogram[at + 1];
    if (binV === 0) continue;
    g += histogram[at];
    v += binV;
    if (v < leastV) continue;
    if (nodeV - v < leastV) break;
    const leftH = v - Math.floor(v * perCount) * countUnit;
    const rightH = nodeH - leftH;
    if (leftH < minHessian || rightH < minHessian) continue;
    const rightG = nodeG - g;
    const leftD = leftH + l2;
    const rightD = rightH + l2;
    const numerator = g * g * rightD + rightG * rightG * leftD;
    const denominator = leftD * rightD;
    if (numerator * bestDenominator > bestNumerator * denominator) {
      bestNumerator = numerator;
      bestDenominator = denominator;
      search.feature = feature;
      search.bin = bin;
      search.isLeft = undefined;
      search.missingLeft = missingLeft;
      search.leftG = g;
      search.leftV = v;
    }
  }
  search.numerator = bestNumerator;
  search.denominator = bestDenominator;
}
