import type { FeedForward } from '../models/network/feed-forward.ts';
import { gaussLegendre } from './gauss-legendre.ts';

/** How far base + contributions may be from the prediction, in log-odds, for each unit of the change plus one. */
const TOLERANCE = 1e-10;

/** What rounding may add on one stretch, for each unit of the log-odds plus one. */
const ROUNDING = 1e-13;

/** A stretch is no shorter, and a row has no more of them: only units that are nearly steps would need it. */
const SHORTEST = 2 ** -40;
const MAX_STRETCHES = 4096;

const { nodes: NODES, weights: WEIGHTS } = gaussLegendre(12);

/** Rows that a network needs room for. */
export const POINTS_AT_ONCE = NODES.length;

/**
 * Integrated gradients (Sundararajan, Taly and Yan 2017) of a network's log-odds: what each input contributes on the line from
 * `base` to `row`. The integral is taken by the Gauss–Legendre rule on stretches that are halved until the contributions of
 * each add up to the change of the log-odds over it: to 1e-10 of one plus that change, save where rounding or nearly steplike
 * units prevent it. Unlike Shapley values, the contributions depend on the path.
 * @param network with room for `POINTS_AT_ONCE` rows.
 */
export function integratedGradients(
  network: FeedForward,
  base: Float64Array,
  row: Float64Array,
): Float64Array {
  const width = row.length;
  const way = row.map((x, k) => x - base[k]);
  const total = new Float64Array(width);
  const points = new Float64Array(POINTS_AT_ONCE * width);
  const slopes = new Float64Array(POINTS_AT_ONCE * width);
  const shares = new Float64Array(POINTS_AT_ONCE);
  let stretches = 0;
  const logOddsAt = (t: number): number => {
    for (let k = 0; k < width; k++) points[k] = base[k] + t * way[k];
    return network.forward(points, 1)[0];
  };
  const stretch = (from: number, to: number): Float64Array => {
    NODES.forEach((node, q) => {
      const t = from + (to - from) * node;
      shares[q] = (to - from) * WEIGHTS[q];
      for (let k = 0; k < width; k++) points[q * width + k] = base[k] + t * way[k];
    });
    network.forward(points, POINTS_AT_ONCE);
    network.backward(shares, undefined, slopes);
    const contributions = new Float64Array(width);
    for (let q = 0; q < POINTS_AT_ONCE; q++) {
      for (let k = 0; k < width; k++) contributions[k] += slopes[q * width + k] * way[k];
    }
    return contributions;
  };
  const add = (from: number, to: number, before: number, after: number): void => {
    stretches++;
    const contributions = stretch(from, to);
    const change = contributions.reduce((sum, x) => sum + x, 0);
    const allowed =
      TOLERANCE * (1 + Math.abs(after - before)) * (to - from) +
      ROUNDING * (1 + Math.abs(before) + Math.abs(after));
    const exhausted = to - from <= SHORTEST || stretches >= MAX_STRETCHES;
    if (exhausted || Math.abs(change - (after - before)) <= allowed) {
      for (let k = 0; k < width; k++) total[k] += contributions[k];
      return;
    }
    const middle = (from + to) / 2;
    const between = logOddsAt(middle);
    add(from, middle, before, between);
    add(middle, to, between, after);
  };
  add(0, 1, logOddsAt(0), logOddsAt(1));
  return total;
}
