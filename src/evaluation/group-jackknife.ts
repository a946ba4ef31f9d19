import { type Interval, normalQuantile975 } from './intervals.ts';

/**
 * The mean of estimates that each left out another group of users, with its 95 % interval by the delete-a-group jackknife (Kott 2001):
 * the variance is (G − 1)/G · Σ (estimate − mean)², the quantile Student's with G − 1 degrees of freedom. Users who stand in a group
 * together may depend on each other. NaN limits for fewer than two groups.
 *
 * @param estimates one a group, made of all others.
 */
export function groupJackknife(estimates: Float64Array): Interval {
  const groups = estimates.length;
  const mean = estimates.reduce((sum, estimate) => sum + estimate, 0) / groups;
  if (groups < 2) return { value: mean, low: Number.NaN, high: Number.NaN };
  const squares = estimates.reduce((sum, estimate) => sum + (estimate - mean) ** 2, 0);
  const half = studentQuantile975(groups - 1) * Math.sqrt(((groups - 1) / groups) * squares);
  return { value: mean, low: mean - half, high: mean + half };
}

/** For 1 to 10 degrees of freedom. */
const studentTable = [
  12.706204736, 4.3026527297, 3.1824463053, 2.7764451052, 2.5705818356, 2.4469118511, 2.3646242516,
  2.3060041352, 2.2621571628, 2.228138852,
];

/** The 97.5 % point of Student's distribution; beyond 10 degrees of freedom by Abramowitz and Stegun 26.7.5, within 1e-4. */
function studentQuantile975(freedom: number): number {
  if (freedom <= studentTable.length) return studentTable[freedom - 1];
  const z = normalQuantile975;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}
