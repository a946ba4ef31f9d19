/** A number with its 95 % interval. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The 97.5 % point of the standard normal distribution. */
export const normalQuantile975 = 1.959963984540054;

/**
 * A share with its 95 % Wilson score interval (Wilson 1927; Brown, Cai and DasGupta 2001, formula 4). It takes
 * the trials as independent: for several rows a user it is too narrow. All NaN without trials.
 *
 * @throws RangeError unless 0 ≤ successes ≤ trials.
 */
export function wilsonInterval(successes: number, trials: number): Interval {
  if (!(successes >= 0 && successes <= trials)) {
    throw new RangeError(
      `There are ${successes} successes in ${trials} trials; expected 0 ≤ successes ≤ trials.`,
    );
  }
  if (trials === 0) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const share = successes / trials;
  const z2 = normalQuantile975 ** 2;
  const centre = (successes + z2 / 2) / (trials + z2);
  const half =
    (normalQuantile975 / (trials + z2)) * Math.sqrt((successes * (trials - successes)) / trials + z2 / 4);
  // Rounding would put the limit of a share of 0 or 1 a hair beside it.
  return {
    value: share,
    low: successes === 0 ? 0 : centre - half,
    high: successes === trials ? 1 : centre + half,
  };
}

/**
 * The 95 % interval of a share on the scale log(−log share) (Kalbfleisch and Prentice 1980). The limits of a share of 1 are 1, those of 0
 * NaN, where the formula has no value.
 *
 * @param variance of the share's logarithm.
 */
export function logLogInterval(share: number, variance: number): Interval {
  if (share === 1) return { value: 1, low: 1, high: 1 };
  if (share === 0) return { value: 0, low: Number.NaN, high: Number.NaN };
  const spread = (normalQuantile975 * Math.sqrt(variance)) / -Math.log(share);
  return { value: share, low: share ** Math.exp(spread), high: share ** Math.exp(-spread) };
}
