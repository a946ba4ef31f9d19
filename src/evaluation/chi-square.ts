/**
 * Chance that a chi-squared variable exceeds `x`. It is a sum of finitely many terms (Abramowitz and Stegun 26.4.4 and 26.4.5): of the
 * odd ones the first is the normal tail. NaN where `x` is NaN.
 *
 * @param degrees of freedom, a whole number of at least 1.
 */
export function chiSquareTail(x: number, degrees: number): number {
  if (x <= 0) return 1;
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? Math.sqrt((2 * x) / Math.PI) * Math.exp(-x / 2) : Math.exp(-x / 2);
  let tail = isOdd ? complementaryError(Math.sqrt(x / 2)) : 0;
  for (let k = isOdd ? 3 : 2; k <= degrees; k += 2) {
    tail += term;
    term *= x / k;
  }
  return tail;
}

/**
 * erfc(x) of x ≥ 0: below 2 by the series of erf, above by the continued fraction of Lentz (Abramowitz and Stegun 7.1.6 and 7.1.14).
 * The relative error is below 1e-12 up to x = 26, where it underflows.
 */
function complementaryError(x: number): number {
  const scale = Math.exp(-x * x) / Math.sqrt(Math.PI);
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= (2 * x * x) / (2 * k + 1);
      sum += term;
    }
    return 1 - 2 * scale * sum;
  }
  let fraction = 0;
  for (let k = 120; k > 0; k--) fraction = k / 2 / (x + fraction);
  return scale / (x + fraction);
}
