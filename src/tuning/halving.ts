/** Of a batch this share goes on to the next rung. */
const SURVIVORS = 0.5;

/**
 * The folds of each rung of a race: of a batch all are fitted on those of the first, and fewer on those of each that follows.
 */
export function rungsOf(folds: number): number[][] {
  const [first, second, ...others] = Array.from({ length: folds }, (_, fold) => fold);
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
