/**
 * How gradients become what trees are grown from, one number pair a row, both integers in Float64 so small that the sum over all
 * rows stays under 2⁵³: sums are exact, and so are the same in any order, and differences lose nothing. The gradient g is in units of
 * 1 / gradientScale. The other number, v, is countUnit + the second derivative (or weight) in units of 1 / hessianScale: two sums in
 * one, parted by `countUnit`.
 */
export interface GradientScales {
  readonly gradientScale: number;
  readonly hessianScale: number;
  /** A power of two above the sum of all second derivatives. */
  readonly countUnit: number;
}

/** Rows in a sum of `v`. */
export function countOf(v: number, countUnit: number): number {
  return Math.floor(v / countUnit);
}

/** Second derivatives in a sum of `v`, in units of 1 / hessianScale. */
export function hessianOf(v: number, countUnit: number): number {
  return v - Math.floor(v / countUnit) * countUnit;
}

/**
 * The finest scales for so many rows that exact sums allow: with 100,000 rows a gradient has 35 bits and a second derivative 19; every
 * doubling of the rows costs them one and two bits.
 * @param largestGradient bound of |gradient| of one row.
 * @param largestHessian bound of the second derivative of one row.
 */
export function gradientScales(
  rows: number,
  largestGradient: number,
  largestHessian: number,
): GradientScales {
  const countUnit = 2 ** (53 - Math.ceil(Math.log2(rows + 1)));
  return {
    gradientScale: powerOfTwoBelow((2 ** 53 / rows - 1) / largestGradient),
    hessianScale: powerOfTwoBelow((countUnit / rows - 1) / largestHessian),
    countUnit,
  };
}

function powerOfTwoBelow(x: number): number {
  return 2 ** Math.floor(Math.log2(x));
}
