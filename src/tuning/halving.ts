/** Of a batch this share goes on to the next rung. */
const SURVIVORS = 0.5;

/**
 * The folds of each rung of a race: of a batch all are fitted on those of the first, and fewer on those of each that follows. A
 * single dimension is soon searched through: what is left to tell apart then are near equals, which a part of the folds cannot.
 */
export function rungsOf(folds: number, dimensions: number): number[][] {
  const all = Array.from({ length: folds }, (_, fold) => fold);
  if (dimensions < 2) return [all];
  const [first, second, ...others] = all;
  return [[first], [second], others].filter(([fold]) => fold !== undefined);
}

/** Fits of a race of so many. */
export function raceCost(size: number, rungs: readonly (readonly number[])[]): number {
  let runners = size;
  return rungs.reduce((cost, folds, r) => {
    if (r > 0) runners = survivors(runners);
    return cost + runners * folds.length;
  }, 0);
}

/** How many of the runners go on to the next rung. */
export function survivors(runners: number): number {
  return Math.ceil(runners * SURVIVORS);
}
