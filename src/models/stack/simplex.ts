/** A convex function of weights: its value, its gradient, and its Hessian row by row. */
export interface Curvature {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Newton's method needs few steps; these are far more. */
const MOST_STEPS = 100;

/**
 * The weights, none negative and together 1, at which a convex function is least: Newton's method, each of whose steps is the
 * least of the quadratic approximation over the same weights.
 * @param at the function with its derivatives.
 * @param valueAt the function alone.
 */
export function minimiseOnSimplex(
  size: number,
  at: (weights: Float64Array) => Curvature,
  valueAt: (weights: Float64Array) => number,
): Float64Array {
  let weights = new Float64Array(size).fill(1 / size);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { value, gradient, hessian } = at(weights);
    const target = minimiseQuadratic(weights, gradient, hessian);
    const slope = dot(gradient, target) - dot(gradient, weights);
    if (!(slope < -PRECISION)) return weights;
    const next = descend(weights, target, value, slope, valueAt);
    if (next === undefined) return weights;
    weights = next;
  }
  return weights;
}

/** What a step must promise at least, in the function's unit. */
const PRECISION = 1e-13;

/** Halves the step until the function falls by enough (Armijo); undefined where rounding hides any fall. */
function descend(
  from: Float64Array,
  to: Float64Array,
  value: number,
  slope: number,
  valueAt: (weights: Float64Array) => number,
): Float64Array<ArrayBuffer> | undefined {
  for (let share = 1; share > 1e-10; share /= 2) {
    const weights = Float64Array.from(from, (weight, k) => weight + share * (to[k] - weight));
    if (valueAt(weights) <= value + 1e-4 * share * slope) return weights;
  }
  return undefined;
}

/**
 * Where g · (w − w₀) + ½ (w − w₀)ᵀ H (w − w₀) is least over the simplex: weight is moved between the pair that gains most by it,
 * until no pair gains (sequential minimal optimisation, Platt 1998).
 */
function minimiseQuadratic(start: Float64Array, gradient: Float64Array, hessian: Float64Array): Float64Array {
  const n = start.length;
  const weights = Float64Array.from(start);
  const slopes = Float64Array.from(gradient);
  for (let move = 0; move < 1000 * n; move++) {
    const to = indexOfBest(
      slopes,
      () => true,
      (a, b) => a < b,
    );
    const from = indexOfBest(
      slopes,
      (k) => weights[k] > 0,
      (a, b) => a > b,
    );
    const gain = slopes[from] - slopes[to];
    if (!(gain > PRECISION)) break;
    const bend = hessian[to * n + to] + hessian[from * n + from] - 2 * hessian[to * n + from];
    const amount = bend > 0 ? Math.min(gain / bend, weights[from]) : weights[from];
    weights[to] += amount;
    weights[from] -= amount;
    for (let k = 0; k < n; k++) slopes[k] += amount * (hessian[k * n + to] - hessian[k * n + from]);
  }
  return weights;
}

function indexOfBest(
  values: Float64Array,
  may: (index: number) => boolean,
  isBetter: (a: number, b: number) => boolean,
): number {
  let best = -1;
  for (let k = 0; k < values.length; k++) {
    if (may(k) && (best < 0 || isBetter(values[k], values[best]))) best = k;
  }
  return best;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
