/**
 * eˣ to within four units in the last place. Made of additions, multiplications and square roots alone, which
 * IEEE 754 rounds correctly, so that no platform's `Math.exp` decides the bytes of a model. Below −708 the
 * result is 0, above 709 it is Infinity.
 */
export function exp(x: number): number {
  if (!(x > -708)) return Number.isNaN(x) ? x : 0;
  if (x > 709) return Number.POSITIVE_INFINITY;
  const steps = x * STEPS_PER_UNIT + ROUND - ROUND;
  const r = x - steps * STEP_HIGH - steps * STEP_LOW;
  const polynomial = r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120)))));
  const fraction = FRACTIONS[steps & 63];
  return (fraction + fraction * polynomial) * POWERS[(steps >> 6) + POWER_OFFSET];
}

/** The logistic function 1 / (1 + e⁻ˣ): log-odds to a probability. */
export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

/** Table steps are ln 2 / 64 wide. Adding and taking away 1.5 · 2⁵² rounds to an integer. */
export const STEPS_PER_UNIT = 92.33248261893024;
export const ROUND = 6755399441055744;
/** ln 2 / 64 in two parts (fdlibm's): the high one has so few bits that its multiples here are exact. */
export const STEP_HIGH = 0.6931471803691238 / 64;
export const STEP_LOW = 1.9082149292705877e-10 / 64;

/** 2^(k/64) for k = 0 … 63. */
export const FRACTIONS = fractionalPowersOfTwo();
const POWER_OFFSET = 1022;
const POWERS = Float64Array.from({ length: 2046 }, (_, k) => powerOfTwo(k - POWER_OFFSET));

/** As products of repeated square roots of two. */
function fractionalPowersOfTwo(): Float64Array {
  const table = new Float64Array(64).fill(1);
  let root = 2;
  for (let bit = 32; bit > 0; bit >>= 1) {
    root = Math.sqrt(root);
    for (let k = 0; k < 64; k++) if (k & bit) table[k] *= root;
  }
  return table;
}

function powerOfTwo(exponent: number): number {
  let power = 1;
  for (let k = Math.abs(exponent); k > 0; k--) power *= exponent < 0 ? 0.5 : 2;
  return power;
}
