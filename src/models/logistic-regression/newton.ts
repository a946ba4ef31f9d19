import { InputError, UsageError } from '../../errors.ts';
import { factorCholesky, solveCholesky } from './cholesky.ts';
import { evaluate, hessianAt, type Point, type Problem } from './objective.ts';

const MAX_STEPS = 200;
const MAX_HALVINGS = 40;
const MAX_DAMPINGS = 60;

/**
 * When the gain that a step promises is a smaller share of the loss, rounding hides it: the step is taken
 * unseen.
 */
const HIDDEN = 1e-11;

/** When it is smaller even than this, β is exact to rounding. */
const NEGLIGIBLE = 1e-20;

/** A Hessian is kept as long as every step shrinks the promised gain at least by this factor. */
const KEEP = 0.1;

/**
 * Minimises the objective by Newton's method, with halved steps where a full one does not improve it, and
 * with one Hessian for several steps where that converges fast. The objective is strictly convex in the
 * coefficients, so that the minimum is the only one, also for separable and for collinear data.
 * @returns the coefficients of the terms and, last, the intercept.
 * @throws UsageError when the penalty is too weak for double precision to find the minimum.
 * @throws InputError when the terms are so large that the loss is not a finite number.
 */
export function minimise(problem: Problem, start: Float64Array): Float64Array {
  let here = evaluate(problem, start);
  let factor = factorHessian(problem, here.beta);
  let fresh = true;
  let last = Number.POSITIVE_INFINITY;
  for (let k = 0; k < MAX_STEPS; k++) {
    if (!Number.isFinite(here.loss)) {
      throw new InputError('The features are too large for logistic regression: scale them.');
    }
    let step = solveCholesky(factor, here.gradient);
    let gain = dot(here.gradient, step);
    if (!fresh && gain > KEEP * last && gain > NEGLIGIBLE * here.loss) {
      factor = factorHessian(problem, here.beta);
      fresh = true;
      step = solveCholesky(factor, here.gradient);
      gain = dot(here.gradient, step);
    }
    if (gain <= NEGLIGIBLE * here.loss) return here.beta;
    if (gain <= HIDDEN * here.loss && gain >= last / 2) return here.beta;
    here =
      gain <= HIDDEN * here.loss ? stepFrom(problem, here, step, 1) : lineSearch(problem, here, step, gain);
    fresh = false;
    last = gain;
  }
  throw noMinimum(problem);
}

/**
 * The Cholesky factor of H; where rounding leaves H singular, of H + d · I with the smallest d of a growing
 * series that serves.
 */
function factorHessian(problem: Problem, beta: Float64Array): Float64Array {
  const n = beta.length;
  const hessian = hessianAt(problem, beta);
  let largest = 0;
  for (let j = 0; j < n; j++) largest = Math.max(largest, hessian[j * n + j]);
  let damping = 0;
  for (let k = 0; k < MAX_DAMPINGS; k++) {
    const factor = factorCholesky(hessian, n);
    if (factor) return factor;
    const more = Math.max(3 * damping, largest * 2 ** -44, Number.MIN_VALUE);
    for (let j = 0; j < n; j++) hessian[j * n + j] += more;
    damping += more;
  }
  throw noMinimum(problem);
}

/** Where the first of the full, half, quarter … step leads that lowers the loss enough (Armijo's rule). */
function lineSearch(problem: Problem, from: Point, step: Float64Array, gain: number): Point {
  for (let k = 0, scale = 1; k < MAX_HALVINGS; k++, scale /= 2) {
    const point = stepFrom(problem, from, step, scale);
    if (point.loss <= from.loss - 1e-4 * scale * gain) return point;
  }
  throw noMinimum(problem);
}

function stepFrom(problem: Problem, { beta }: Point, step: Float64Array, scale: number): Point {
  return evaluate(
    problem,
    beta.map((b, j) => b - scale * step[j]),
  );
}

function noMinimum({ penalty }: Problem): UsageError {
  return new UsageError(
    `Logistic regression found no minimum in double precision with C = ${1 / penalty}; choose a smaller C.`,
    { C: 1 / penalty },
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
