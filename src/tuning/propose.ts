import type { Random } from '../random.ts';
import { parzenDensity } from './parzen.ts';
import type { NamedDimension, Point } from './points.ts';

/** A place that was tried. */
export interface Observation {
  readonly point: Point;
  /** Smaller is better. */
  readonly loss: number;
}

/** Places drawn for each proposal, of which the most promising is taken. */
const CANDIDATES = 64;
/** Share of the observations that counts as good, and how many at most. */
const GOOD_SHARE = 0.15;
const MOST_GOOD = 25;

/**
 * The next place to try, by the tree-structured Parzen estimator (Bergstra et al. 2011, "Algorithms for Hyper-Parameter
 * Optimization"): of places drawn from the density of the good observations the one where it is largest against the
 * density of the others, which is where improvement is expected.
 * @param pending places that are being tried: as long as nothing is known of them, they count among the others, so that a
 * batch spreads.
 */
export function propose(
  dimensions: readonly NamedDimension[],
  observations: readonly Observation[],
  pending: readonly Point[],
  random: Random,
): Point {
  const ranked = observations.toSorted((a, b) => a.loss - b.loss).map(({ point }) => point);
  const goodCount = Math.min(Math.ceil(GOOD_SHARE * ranked.length), MOST_GOOD);
  const good = parzenDensity(dimensions, ranked.slice(0, goodCount));
  const others = parzenDensity(dimensions, [...ranked.slice(goodCount), ...pending]);
  let best: Point = good.sample(random);
  let highest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < CANDIDATES; k++) {
    const point = good.sample(random);
    const gain = good.logDensity(point) - others.logDensity(point);
    if (gain <= highest) continue;
    highest = gain;
    best = point;
  }
  return best;
}

/** Places spread over the space: each of `count` equal stretches of every range is met once (McKay et al. 1979). */
export function spread(dimensions: readonly NamedDimension[], count: number, random: Random): Point[] {
  const columns = dimensions.map(({ dimension }) => {
    const strata = random.shuffle(Array.from({ length: count }, (_, k) => k));
    return dimension.kind === 'choice'
      ? strata.map((k) => k % dimension.values.length)
      : strata.map((k) => (k + random.float()) / count);
  });
  return Array.from({ length: count }, (_, k) => columns.map((column) => column[k]));
}
