/** A mean over continuations. */
export interface Estimate {
  readonly mean: number;
  /** Of the mean: the draws' standard deviation over the root of their number. */
  readonly standardError: number;
}

/** @param draws at least two. */
export function estimate(draws: Float64Array): Estimate {
  const n = draws.length;
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / n;
  const squares = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (n - 1) / n) };
}
