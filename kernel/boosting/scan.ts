/*
 * The best split of a feature, two bins at a time. Its score is G²/(H + λ) of its left side plus that of its right one (Chen and Guestrin 2016,
 * equation 7). `scanFeature` of `test/models/tree/` is the same in plain loops.
 */

/**
 * Bytes of what is found for a feature, a number each: 1 where there is a split, its score as numerator and denominator, the bin,
 * whether missing values go left, and the sums of the left side.
 */
export const FOUND: usize = 56;

/** The rule that splits keep to, as `SplitRule`. */
let leastV: f64 = 0;
let minHessian: f64 = 0;
let l2: f64 = 0;
let countUnit: f64 = 1;
let perCount: f64 = 1;

/** The node, and the best split of a feature in it so far. */
let nodeG: f64 = 0;
let nodeV: f64 = 0;
let nodeH: f64 = 0;
let bestNumerator: f64 = 0;
let bestDenominator: f64 = 1;
let bestBin: usize = 0;
let bestMissingLeft: bool = false;
let bestG: f64 = 0;
let bestV: f64 = 0;

export function setRule(minSamplesLeaf: f64, hessian: f64, penalty: f64, unit: f64): void {
  leastV = minSamplesLeaf * unit;
  minHessian = hessian;
  l2 = penalty;
  countUnit = unit;
  perCount = 1 / unit;
}

/** Leaves the best split of a feature at `found`, unless its bins are in no order or the bar is infinite. */
export function scanFeature(pick: usize, histogram: usize, g: f64, v: f64, bar: f64, found: usize): void {
  store<f64>(found, 0);
  if (load<i32>(pick, 16) === 0 || bar === Infinity) return;
  const missing = histogram + ((<usize>load<u32>(pick, 4)) << 4);
  const end = missing + ((<usize>load<u32>(pick, 12)) << 4);
  const hasMissing = load<f64>(missing, 8) > 0;
  nodeG = g;
  nodeV = v;
  nodeH = hessianOf(v);
  bestNumerator = bar;
  bestDenominator = 1;
  bestBin = 0;
  scanBins(missing, end, false);
  if (hasMissing) scanBins(missing, end, true);
  store<f64>(found, bestBin > 0 ? 1 : 0);
  store<f64>(found, bestNumerator, 8);
  store<f64>(found, bestDenominator, 16);
  store<f64>(found, <f64>bestBin, 24);
  store<f64>(found, (hasMissing ? bestMissingLeft : 2 * bestV >= v) ? 1 : 0, 32);
  store<f64>(found, bestG, 40);
  store<f64>(found, bestV, 48);
}

/** Tries every split of the bins behind `missing`, which go left from the first on. */
function scanBins(missing: usize, end: usize, missingLeft: bool): void {
  const least = leastV;
  const whole = nodeV;
  const wholeG = f64x2.splat(nodeG);
  const wholeH = f64x2.splat(nodeH);
  const unit = f64x2.splat(countUnit);
  const perUnit = f64x2.splat(perCount);
  const penalty = f64x2.splat(l2);
  let numerator = f64x2.splat(bestNumerator);
  let denominator = f64x2.splat(bestDenominator);
  let left = missingLeft ? v128.load(missing) : f64x2.splat(0);
  let at = missing + 16;
  // Missing values alone are no left side: that they are the right one has been tried.
  while (at < end && load<f64>(at, 8) === 0) at += 16;
  for (; at < end; at += 16) {
    const next = f64x2.add(left, v128.load(at));
    if (f64x2.extract_lane(next, 1) >= least) break;
    left = next;
  }
  for (; at < end; at += 32) {
    const bin = v128.load(at);
    const first = f64x2.add(left, bin);
    if (whole - f64x2.extract_lane(first, 1) < least) return;
    // Behind the last bin the same split once more, which is not better than itself.
    left = at + 16 < end ? f64x2.add(left, f64x2.add(bin, v128.load(at, 16))) : first;
    const g = v128.shuffle<f64>(first, left, 0, 2);
    const v = v128.shuffle<f64>(first, left, 1, 3);
    const leftH = f64x2.sub(v, f64x2.mul(f64x2.floor(f64x2.mul(v, perUnit)), unit));
    const restG = f64x2.sub(wholeG, g);
    const leftD = f64x2.add(leftH, penalty);
    const rightD = f64x2.add(f64x2.sub(wholeH, leftH), penalty);
    const top = f64x2.add(f64x2.mul(f64x2.mul(g, g), rightD), f64x2.mul(f64x2.mul(restG, restG), leftD));
    const bottom = f64x2.mul(leftD, rightD);
    if (v128.any_true(f64x2.gt(f64x2.mul(top, denominator), f64x2.mul(numerator, bottom)))) {
      const number = (at - missing) >> 4;
      challenge(first, number, missingLeft);
      challenge(left, number + 1, missingLeft);
      numerator = f64x2.splat(bestNumerator);
      denominator = f64x2.splat(bestDenominator);
    }
  }
}

/** Takes a split that keeps to the rule and scores more than the best so far. */
function challenge(left: v128, bin: usize, missingLeft: bool): void {
  const g = f64x2.extract_lane(left, 0);
  const v = f64x2.extract_lane(left, 1);
  if (v < leastV || nodeV - v < leastV) return;
  const leftH = hessianOf(v);
  const rightH = nodeH - leftH;
  if (leftH < minHessian || rightH < minHessian) return;
  const restG = nodeG - g;
  const leftD = leftH + l2;
  const rightD = rightH + l2;
  const numerator = g * g * rightD + restG * restG * leftD;
  const denominator = leftD * rightD;
  if (!(numerator * bestDenominator > bestNumerator * denominator)) return;
  bestNumerator = numerator;
  bestDenominator = denominator;
  bestBin = bin;
  bestMissingLeft = missingLeft;
  bestG = g;
  bestV = v;
}

function hessianOf(v: f64): f64 {
  return v - Math.floor(v * perCount) * countUnit;
}
