/**
 * The natural logarithm to within one unit in the last place, for a finite x > 0: fdlibm's algorithm, made of additions,
 * multiplications and divisions alone, so that no platform's `Math.log` decides the bytes of a model.
 * Source: https://www.netlib.org/fdlibm/e_log.c
 */
export function log(x: number): number {
  if (!(x > 0) || x === Number.POSITIVE_INFINITY) return Math.log(x);
  const subnormal = x < SMALLEST_NORMAL;
  double[0] = subnormal ? x * 2 ** 54 : x;
  let exponent = (words[HIGH] >>> 20) - 1023 - (subnormal ? 54 : 0);
  const fraction = words[HIGH] & 0xfffff;
  // Above the root of two the mantissa is halved, so that it lies between √½ and √2.
  const halve = (fraction + 0x95f64) & 0x100000;
  words[HIGH] = fraction | (halve ^ 0x3ff00000);
  exponent += halve >>> 20;
  const f = double[0] - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (L2 + w * (L4 + w * L6));
  const odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
  const square = 0.5 * f * f;
  return exponent * LN2_HIGH - (square - (s * (square + even + odd) + exponent * LN2_LOW) - f);
}

/** log(1 + x) for a finite x > −1, without the digits that 1 + x would lose. */
export function log1p(x: number): number {
  const sum = 1 + x;
  return sum === 1 ? x : log(sum) + (x - (sum - 1)) / sum;
}

const SMALLEST_NORMAL = 2 ** -1022;
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
const L1 = 0.6666666666666735;
const L2 = 0.3999999999940942;
const L3 = 0.2857142874366239;
const L4 = 0.22222198432149784;
const L5 = 0.1818357216161805;
const L6 = 0.15313837699209373;
const L7 = 0.14798198605116586;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
/** Which of the two words holds the exponent: the second where the machine is little-endian. */
const HIGH = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 1 : 0;
