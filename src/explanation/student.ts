/**
 * The 97.5 % quantile of Student's t distribution. Exact to four decimals for up to four degrees of freedom
 * from a table, beyond by Cornish and Fisher's expansion about the normal quantile (Abramowitz and Stegun
 * 26.7.5), whose error is below 0.001.
 * @param degrees of freedom, a positive integer.
 */
export function studentQuantile975(degrees: number): number {
  if (degrees <= TABLE.length) return TABLE[degrees - 1];
  const x = 1.959963984540054;
  const g1 = (x ** 3 + x) / 4;
  const g2 = (5 * x ** 5 + 16 * x ** 3 + 3 * x) / 96;
  const g3 = (3 * x ** 7 + 19 * x ** 5 + 17 * x ** 3 - 15 * x) / 384;
  const g4 = (79 * x ** 9 + 776 * x ** 7 + 1482 * x ** 5 - 1920 * x ** 3 - 945 * x) / 92_160;
  return x + g1 / degrees + g2 / degrees ** 2 + g3 / degrees ** 3 + g4 / degrees ** 4;
}

const TABLE = [12.7062, 4.3027, 3.1824, 2.7764];
