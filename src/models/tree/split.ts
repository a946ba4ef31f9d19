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
