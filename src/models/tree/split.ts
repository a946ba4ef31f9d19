/** What a split must keep to; second derivatives in the units of the gradients. */
export interface SplitRule {
  readonly minSamplesLeaf: number;
  readonly minHessian: number;
  readonly l2: number;
  readonly countUnit: number;
  readonly category: CategoryRule;
}

/** How splits of a category are kept from fitting noise; second derivatives in the units of the gradients. */
interface CategoryRule {
  /** Levels with fewer rows in a node are not put in order. */
  readonly minRows: number;
  /** The fewest rows on a side, and between two cuts of the order that are tried. */
  readonly minGroupRows: number;
  /** The most levels that are told from all others. */
  readonly maxLevels: number;
  /** Added to a level's second derivatives before levels are put in order. */
  readonly smoothing: number;
  /** Added to the penalty on the squared value of a leaf. */
  readonly l2: number;
}

/** Sums over the rows of a node: the gradient, and count and second derivative packed as in `Gradients`. */
export interface Sums {
  readonly g: number;
  readonly v: number;
}

/**
 * The best split found so far. Rows with 1 ≤ bin ≤ `bin` go left; rows with a missing value where
 * `missingLeft` says. The gain is kept as a fraction, so that no rounded quotient decides between two splits.
 */
export class SplitSearch {
  numerator: number;
  denominator: number;
  /** −1 while nothing beats the score that the search began with. */
  feature = -1;
  bin = 0;
  /** Of a category, in place of `bin`: 1 for the bins that go left. */
  isLeft: Uint8Array | undefined;
  missingLeft = false;
  leftG = 0;
  leftV = 0;

  /** Only a split that scores more than numerator / denominator will be taken. */
  constructor(numerator: number, denominator: number) {
    this.numerator = numerator;
    this.denominator = denominator;
  }
}

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

/**
 * Whether rows with the sums g and v may stand against the node's others, and part better than what the search holds,
 * which then gets their score.
 * @param l2 penalty on the squared value of a leaf.
 */
export function improves(
  search: SplitSearch,
  rule: SplitRule,
  node: Sums,
  g: number,
  v: number,
  l2: number,
): boolean {
  const { minSamplesLeaf, minHessian, countUnit } = rule;
  const restV = node.v - v;
  const left = Math.floor(v / countUnit);
  const right = Math.floor(restV / countUnit);
  if (left < minSamplesLeaf || right < minSamplesLeaf) return false;
  const leftH = v - left * countUnit;
  const rightH = restV - right * countUnit;
  if (leftH < minHessian || rightH < minHessian) return false;
  const restG = node.g - g;
  const numerator = g * g * (rightH + l2) + restG * restG * (leftH + l2);
  const denominator = (leftH + l2) * (rightH + l2);
  if (numerator * search.denominator <= search.numerator * denominator) return false;
  search.numerator = numerator;
  search.denominator = denominator;
  return true;
}
