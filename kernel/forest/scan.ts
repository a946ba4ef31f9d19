/*
 * The best split of a feature by Gini impurity: lost² / draws of its left side plus that of its right one. `scanFeature` of `test/models/tree/` is the same in plain loops.
 */
import { found, HISTOGRAM, histograms } from './memory.ts';

/** The fewest draws of a side. */
let least: u32 = 1;

/** The node: draws and lost draws in one, then each. */
let whole: u64 = 0;
let nodeDraws: u32 = 0;
let nodeG: f64 = 0;

let bestNumerator: f64 = 0;
let bestDenominator: f64 = 1;
let isBetter: bool = false;

export function setLeast(draws: u32): void {
  least = draws;
}

/** The node whose features are scanned from now on. */
export function setNode(draws: u32, lost: u32): void {
  whole = ((<u64>draws) << 32) | <u64>lost;
  nodeDraws = draws;
  nodeG = <f64>lost;
}

/** All draws are in one bin; they are in several, but none of their splits is better; one is. */
const CONSTANT: u32 = 0;
const VARYING: u32 = 1;
const BETTER: u32 = 2;

/**
 * Looks for a split of the feature that was summed as the `place`-th, with `bins` bins, that scores more than `numerator` / `denominator`.
 * Where there is one, leaves in `found` its score as numerator and denominator, the bin, 1 where missing values go left, and the
 * left side's lost draws and draws.
 */
export function scan(place: u32, bins: u32, numerator: f64, denominator: f64): u32 {
  const histogram = histograms + <usize>place * HISTOGRAM;
  const end = histogram + ((<usize>bins) << 3);
  const first = firstFilled(histogram, end);
  if (load<u64>(first) === whole) return CONSTANT;
  bestNumerator = numerator;
  bestDenominator = denominator;
  isBetter = false;
  const missing = load<u64>(histogram);
  scanBins(histogram, end, 0, false);
  if (missing > 0) scanBins(histogram, end, missing, true);
  if (!isBetter) return VARYING;
  store<f64>(found, bestNumerator);
  store<f64>(found, bestDenominator, 8);
  if (missing === 0) store<f64>(found, 2 * load<f64>(found, 40) >= <f64>nodeDraws ? 1 : 0, 24);
  return BETTER;
}

/** The first bin with draws; the node has some. */
function firstFilled(histogram: usize, end: usize): usize {
  let at = histogram;
  while (at + 8 < end && load<u64>(at) === 0) at += 8;
  return at;
}

/** Tries every split of the bins behind that of missing values. @param left what goes left before any of them. */
function scanBins(histogram: usize, end: usize, left: u64, missingLeft: bool): void {
  for (let at = histogram + 8; at < end; at += 8) {
    if (load<u64>(at) === 0) at = nextFilled(at, end);
    left += load<u64>(at);
    const draws = <u32>(left >> 32);
    if (draws < least) continue;
    const rest = nodeDraws - draws;
    if (rest < least) return;
    const g = <f64>(<u32>left);
    const restG = nodeG - g;
    const leftD = <f64>draws;
    const rightD = <f64>rest;
    const numerator = g * g * rightD + restG * restG * leftD;
    const denominator = leftD * rightD;
    if (!(numerator * bestDenominator > bestNumerator * denominator)) continue;
    bestNumerator = numerator;
    bestDenominator = denominator;
    isBetter = true;
    store<f64>(found, <f64>((at - histogram) >> 3), 16);
    store<f64>(found, missingLeft ? 1 : 0, 24);
    store<f64>(found, g, 32);
    store<f64>(found, leftD, 40);
  }
}

/** The first bin with draws from `at` on, or the last, where the same split once more is not better than itself. */
function nextFilled(at: usize, end: usize): usize {
  while (at + 64 < end) {
    const low = v128.or(v128.load(at), v128.load(at, 16));
    const high = v128.or(v128.load(at, 32), v128.load(at, 48));
    if (v128.any_true(v128.or(low, high))) break;
    at += 64;
  }
  while (at + 8 < end && load<u64>(at) === 0) at += 8;
  return at;
}
