/** How the area under a curve is taken: straight lines, or each point's height back to the point before. */
export type AreaRule = 'trapezoid' | 'step';

/**
 * Indices of the points of a curve to keep, the first and the last among them: at most `budget` where that
 * changes the area under the curve by no more than `tolerance`, else as many as it takes.
 *
 * Points are taken evenly along the curve's length, within each stretch the one that leaves the least error in
 * the area so far: errors cancel instead of adding up.
 *
 * @param x not falling.
 */
export function thinCurve(
  x: Float64Array,
  y: Float64Array,
  rule: AreaRule,
  { budget = 200, tolerance = 1e-3 } = {},
): number[] {
  const curve = measureCurve(x, y, rule);
  for (let points = budget; points < x.length; points *= 2) {
    const { kept, error } = spreadPoints(curve, points);
    if (Math.abs(error) <= tolerance) return kept;
  }
  return Array.from(x.keys());
}

interface Curve {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly rule: AreaRule;
  /** Length of the curve up to each point, in steps along the axes. */
  readonly lengths: Float64Array;
  /** Area under the curve up to each point. */
  readonly areas: Float64Array;
}

function measureCurve(x: Float64Array, y: Float64Array, rule: AreaRule): Curve {
  const lengths = new Float64Array(x.length);
  const areas = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++) {
    lengths[i] = lengths[i - 1] + x[i] - x[i - 1] + Math.abs(y[i] - y[i - 1]);
    areas[i] = areas[i - 1] + areaOfSegment(x, y, rule, i - 1, i);
  }
  return { x, y, rule, lengths, areas };
}

function spreadPoints(curve: Curve, points: number): { readonly kept: number[]; readonly error: number } {
  const { lengths } = curve;
  const last = lengths.length - 1;
  const stretch = lengths[last] / (points - 1);
  const kept = [0];
  let error = 0;
  let i = 1;
  for (let end = 1; end < points - 1; end++) {
    const from = kept[kept.length - 1];
    let best = from;
    let bestError = Number.POSITIVE_INFINITY;
    for (; i < last && lengths[i] <= end * stretch; i++) {
      const candidate = error + errorOfSegment(curve, from, i);
      if (Math.abs(candidate) > Math.abs(bestError)) continue;
      best = i;
      bestError = candidate;
    }
    if (best === from) continue;
    kept.push(best);
    error = bestError;
  }
  error += errorOfSegment(curve, kept[kept.length - 1], last);
  kept.push(last);
  return { kept, error };
}

/** What the area under the curve gains when all points between two are left out. */
function errorOfSegment({ x, y, rule, areas }: Curve, from: number, to: number): number {
  return areaOfSegment(x, y, rule, from, to) - (areas[to] - areas[from]);
}

function areaOfSegment(x: Float64Array, y: Float64Array, rule: AreaRule, from: number, to: number): number {
  const height = rule === 'step' ? y[to] : (y[from] + y[to]) / 2;
  return (x[to] - x[from]) * height;
}
