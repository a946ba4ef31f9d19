import { normalQuantile975 } from './intervals.ts';

/** 80 % power: the 80 % point of the standard normal distribution. */
const normalQuantile80 = 0.8416212335729143;

/**
 * Standard error of a ROC AUC of independent users, by the exponential approximation of Hanley and McNeil (1982, Radiology 143,
 * formula 2). NaN without users of both outcomes.
 *
 * @param rocAuc 0…1.
 */
export function rocAucStandardError(rocAuc: number, lost: number, stayed: number): number {
  if (!(lost > 0 && stayed > 0)) return Number.NaN;
  const above = rocAuc / (2 - rocAuc);
  const below = (2 * rocAuc ** 2) / (1 + rocAuc);
  const square = rocAuc ** 2;
  const variance =
    (rocAuc * (1 - rocAuc) + (lost - 1) * (above - square) + (stayed - 1) * (below - square)) /
    (lost * stayed);
  // Of a perfect ranking rounding may leave a hair below 0.
  return Math.sqrt(Math.max(0, variance));
}

/** Half the width of a 95 % interval of that standard error. */
export function halfWidth(standardError: number): number {
  return normalQuantile975 * standardError;
}

/**
 * The smallest difference that a two-sided test at 5 % sees in 4 of 5 cases, where estimates of it have a 95 % interval of that
 * half width: (z.975 + z.80) standard errors.
 */
export function smallestVisible(intervalHalfWidth: number): number {
  return (intervalHalfWidth * (normalQuantile975 + normalQuantile80)) / normalQuantile975;
}
