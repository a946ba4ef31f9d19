/** Derivatives of a convex function at some weights: its gradient, and its Hessian row by row. */
export interface Curvature {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

export interface ConvexProblem {
  /** Weights that are allowed. */
  readonly start: Float64Array;
  readonly at: (weights: Float64Array) => Curvature;
  /** The function alone. */
  readonly valueAt: (weights: Float64Array) => number;
  /** Where a quadratic with this gradient at `weights` and this Hessian is least among the weights that are allowed. */
  readonly leastQuadratic: (
    weights: Float64Array,
    gradient: Float64Array,
    hessian: Float64Array,
  ) => Float64Array;
}

/** Newton's method needs few steps; these are far more. */
const MOST_STEPS = 100;
/** What a step must promise at least, in the function's unit. */
const PRECISION = 1e-13;

/** Where a convex function is least among the weights that are allowed, by steps to the least of its quadratic approximation there. */
export function minimiseConvex({ start, at, valueAt, leastQuadratic }: ConvexProblem): Float64Array {
  let weights = start;
  let value = valueAt(start);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = at(weights);
    const target = leastQuadratic(weights, gradient, hessian);
    const slope = gradient.reduce((sum, g, k) => sum + g * (target[k] - weights[k]), 0);
    if (!(slope < -PRECISION)) return weights;
    const next = descend(weights, target, value, slope, valueAt);
    if (next === undefined) return weights;
    ({ weights, value } = next);
  }
  return weights;
}

/** Halves the step until the function falls by enough (Armijo 1966); undefined where rounding hides any fall. */
function descend(
  from: Float64Array,
  to: Float64Array,
  value: number,
  slope: number,
  valueAt: (weights: Float64Array) => number,
): { readonly weights: Float64Array; readonly value: number } | undefined {
  for (let share = 1; share > 1e-10; share /= 2) {
    const weights = from.map((weight, k) => weight + share * (to[k] - weight));
    const reached = valueAt(weights);
    if (reached <= value + 1e-4 * share * slope) return { weights, value: reached };
  }
  return undefined;
}
