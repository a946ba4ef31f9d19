/**
 * A forest or a rounded prediction can be 0 or 1, whose log-odds are infinite: probabilities nearer to them than this
 * count as this far away, about 13.8 in log-odds.
 */
export const CLIP = 1e-6;

/** The log-odds of a probability, bounded. */
export function clippedLogOdds(probability: number): number {
  const p = clip(probability);
  return Math.log(p / (1 - p));
}

/** The probability, or the nearest one with log-odds within the bounds. */
export function clip(probability: number): number {
  return Math.min(Math.max(probability, CLIP), 1 - CLIP);
}
