/*
 * Derivatives of the weighted log loss, and what leaves add to log-odds. `exp` of `src/models/exponential.ts`, two rows at a time: the
 * same operations, so the same bits on every machine.
 */
import { order } from '../trees/rows.ts';
import { gradients, hessians, labels, logOdds, weights } from './memory.ts';

/** The host's table of 2^(k/64) for k = 0 … 63. */
let fractions: usize = 0;
let stepsPerUnit: f64 = 0;
let stepHigh: f64 = 0;
let stepLow: f64 = 0;

/** What gradients and second derivatives are multiplied by before they are rounded, and what each row counts in their sums. */
let gradientScale: f64 = 1;
let hessianScale: f64 = 1;
let countUnit: f64 = 1;

/** Sums over the rows that were differentiated last. */
export let sumG: f64 = 0;
export let sumV: f64 = 0;

/** Adding and taking away 1.5 · 2⁵² rounds to an integer. */
const ROUND: f64 = 6755399441055744;

/** Beyond it e^x is 0 or infinite. */
const FAR: f64 = 708;

/** Tells what exponentials are made with. */
export function setExponential(fractionsAt: usize, perUnit: f64, high: f64, low: f64): void {
  fractions = fractionsAt;
  stepsPerUnit = perUnit;
  stepHigh = high;
  stepLow = low;
}

export function setScales(ofGradients: f64, ofHessians: f64, unit: f64): void {
  gradientScale = ofGradients;
  hessianScale = ofHessians;
  countUnit = unit;
}

/** First and second derivatives of the first `count` rows of the order, at their log-odds. */
export function differentiate(count: u32): void {
  const last = order + ((<usize>count) << 2);
  let sums = f64x2.splat(0);
  for (let at = order; at < last; at += 8) {
    const one: usize = load<u32>(at);
    // Behind the last row the same once more, which is not summed.
    const other: usize = at + 4 < last ? <usize>load<u32>(at, 4) : one;
    const p = sigmoid(pair(logOdds, one, other));
    const w = pair(weights, one, other);
    const label = f64x2.replace_lane(f64x2.splat(load<u8>(labels + one)), 1, load<u8>(labels + other));
    const hessian = f64x2.mul(f64x2.mul(w, p), f64x2.sub(f64x2.splat(1), p));
    const g = rounded(f64x2.mul(f64x2.mul(w, f64x2.sub(p, label)), f64x2.splat(gradientScale)));
    const v = f64x2.add(f64x2.splat(countUnit), rounded(f64x2.mul(hessian, f64x2.splat(hessianScale))));
    const ofOne = v128.shuffle<f64>(g, v, 0, 2);
    const ofOther = v128.shuffle<f64>(g, v, 1, 3);
    store<f64>(hessians + (one << 3), f64x2.extract_lane(hessian, 0));
    store<f64>(hessians + (other << 3), f64x2.extract_lane(hessian, 1));
    v128.store(gradients + (one << 4), ofOne);
    v128.store(gradients + (other << 4), ofOther);
    sums = f64x2.add(sums, ofOne);
    if (at + 4 < last) sums = f64x2.add(sums, ofOther);
  }
  sumG = f64x2.extract_lane(sums, 0);
  sumV = f64x2.extract_lane(sums, 1);
}

/** The unrounded second derivatives of rows order[start … end − 1], added one after the other. */
export function sumHessians(start: u32, end: u32): f64 {
  const last = order + ((<usize>end) << 2);
  let sum: f64 = 0;
  for (let at = order + ((<usize>start) << 2); at < last; at += 4) {
    sum += load<f64>(hessians + ((<usize>load<u32>(at)) << 3));
  }
  return sum;
}

/** Adds a leaf's value to the log-odds of rows order[start … end − 1]. */
export function addToLogOdds(start: u32, end: u32, value: f64): void {
  const last = order + ((<usize>end) << 2);
  for (let at = order + ((<usize>start) << 2); at < last; at += 4) {
    const own = logOdds + ((<usize>load<u32>(at)) << 3);
    store<f64>(own, load<f64>(own) + value);
  }
}

function pair(at: usize, one: usize, other: usize): v128 {
  return f64x2.replace_lane(f64x2.splat(load<f64>(at + (one << 3))), 1, load<f64>(at + (other << 3)));
}

/** 1 / (1 + e⁻ˣ). */
function sigmoid(x: v128): v128 {
  const one = f64x2.splat(1);
  return f64x2.div(one, f64x2.add(one, exp(f64x2.neg(x))));
}

function exp(x: v128): v128 {
  const steps = rounded(f64x2.mul(x, f64x2.splat(stepsPerUnit)));
  const r = f64x2.sub(
    f64x2.sub(x, f64x2.mul(steps, f64x2.splat(stepHigh))),
    f64x2.mul(steps, f64x2.splat(stepLow)),
  );
  let polynomial = f64x2.add(f64x2.splat(1.0 / 24), f64x2.mul(r, f64x2.splat(1.0 / 120)));
  polynomial = f64x2.add(f64x2.splat(1.0 / 6), f64x2.mul(r, polynomial));
  polynomial = f64x2.add(f64x2.splat(1.0 / 2), f64x2.mul(r, polynomial));
  polynomial = f64x2.add(f64x2.splat(1), f64x2.mul(r, polynomial));
  polynomial = f64x2.mul(r, polynomial);
  const whole = i32x4.trunc_sat_f64x2_s_zero(steps);
  const first = i32x4.extract_lane(whole, 0);
  const second = i32x4.extract_lane(whole, 1);
  const fraction = f64x2.replace_lane(f64x2.splat(fractionOf(first)), 1, fractionOf(second));
  const power = f64x2.replace_lane(f64x2.splat(powerOfTwo(first >> 6)), 1, powerOfTwo(second >> 6));
  const near = f64x2.mul(f64x2.add(fraction, f64x2.mul(fraction, polynomial)), power);
  const small = f64x2.gt(x, f64x2.splat(-FAR));
  const large = f64x2.gt(x, f64x2.splat(FAR + 1));
  return v128.bitselect(f64x2.splat(Infinity), v128.and(near, small), large);
}

function fractionOf(steps: i32): f64 {
  return load<f64>(fractions + ((<usize>(steps & 63)) << 3));
}

/** Of an exponent from −1022 to 1023; of others something else, which is not used. */
function powerOfTwo(exponent: i32): f64 {
  return reinterpret<f64>((<i64>(exponent + 1023)) << 52);
}

function rounded(x: v128): v128 {
  const round = f64x2.splat(ROUND);
  return f64x2.sub(f64x2.add(x, round), round);
}
