import { log } from '../logarithm.ts';

/**
 * Terms of a natural cubic spline of log(day), linear beyond its outer knots (Harrell 2015, equation 2.25): the first is log(day)
 * itself, the others bend it, each scaled by the squared distance of the outer knots.
 *
 * @param knots of log(day), rising, two at least; two give the straight line alone.
 * @returns as many terms as there are knots, less one.
 */
export function daySpline(day: number, knots: readonly number[]): number[] {
  const x = log(day);
  const last = knots.length - 1;
  const [high, below] = [knots[last], knots[last - 1]];
  const scale = (high - knots[0]) ** 2;
  const bends = knots.slice(0, -2).map((knot) => {
    const outer = (cube(x - below) * (high - knot)) / (high - below);
    const inner = (cube(x - high) * (below - knot)) / (high - below);
    return (cube(x - knot) - outer + inner) / scale;
  });
  return [x, ...bends];
}

/**
 * Knots at the 5, 35, 65 and 95 % points of the log days of the losses (Harrell 2015, table 2.3); where losses are few, or on few different days, fewer.
 * @param lossDays from 1 up, at least one.
 */
export function splineKnots(lossDays: Int32Array): number[] {
  const rising = Float64Array.from(lossDays, log).sort();
  const shares = rising.length < fewLosses ? [0.1, 0.5, 0.9] : [0.05, 0.35, 0.65, 0.95];
  const knots = shares.map((share) => rising[Math.round(share * (rising.length - 1))]);
  const distinct = knots.filter((knot, i) => i === 0 || knot > knots[i - 1]);
  return distinct.length >= 2 ? distinct : [0, log(2)];
}

const fewLosses = 30;

function cube(x: number): number {
  return x > 0 ? x ** 3 : 0;
}
