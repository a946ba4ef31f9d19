import { InputError, UsageError } from '../../errors.ts';
import { solveCholesky } from './cholesky.ts';
import { type Evaluation, evaluate, type Problem } from './objective.ts';

/** A smaller share of the loss than this is below what double precision can tell. */
const PRECISION = 1e-15;
const MAX_STEPS = 200;
const MAX_HALVINGS = 40;
const MAX_DAMPINGS = 60;

/**
 * Minimises the objective by Newton's method with halved steps where a full one does not improve it. The objective is
 * strictly convex in the coefficients, so the minimum is the only one, also for separable and for collinear data.
 * @returns the coefficients of the terms and, last, the intercept.
 * @throws UsageError when the penalty is too weak for double precision to find the minimum.
 * @throws InputError when the terms are so large that the loss is not a finite number.
 */
export function minimise(problem: Problem, start: Float64Array): Float64Array {
  let here: Point = { beta: start, evaluation: evaluate(problem, start) };
  for (let k = 0; k < MAX_STEPS; k++) {
    const { loss, gradient } = here.evaluation;
    if (!Number.isFinite(loss))
      throw new InputError('The features are too large for logistic regression: scale them.');
    const step = newtonStep(here.evaluation);
    const decrement = dot(gradient, step);
    const next = lineSearch(problem, here, step, decrement);
    if (next) here = next;
    if (decrement <= PRECISION * loss) return here.beta;
    if (!next) break;
  }
  throw new UsageError(
    `Logistic regression found no minimum in ${MAX_STEPS} steps with C = ${1 / problem.penalty}; choose a smaller C.`,
    { C: 1 / problem.penalty },
  );
}

interface Point {
  readonly beta: Float64Array;
  readonly evaluation: Evaluation;
}

/** H⁻¹ g; where rounding leaves H singular, (H + d·I)⁻¹ g with the smallest d of a doubling series that does. */
function newtonStep({ gradient, hessian }: Evaluation): Float64Array {
  const n = gradient.length;
  let largest = 0;
  for (let j = 0; j < n; j++) largest = Math.max(largest, hessian[j * n + j]);
  let damping = 0;
  for (let k = 0; k <= MAX_DAMPINGS; k++) {
    const damped = Float64Array.from(hessian);
    for (let j = 0; j < n; j++) damped[j * n + j] += damping;
    const step = solveCholesky(damped, gradient);
    if (step) return step;
    damping = Math.max(damping * 4, largest * 2 ** -44, Number.MIN_VALUE);
  }
  throw new UsageError('Logistic regression met a Hessian of zeros; choose a smaller C.');
}

interface Point {
  readonly beta: Float64Array;
  readonly evaluation: Evaluation;
}

/** The first of the full, half, quarter … step that lowers the loss enough (Armijo's rule); undefined when none does. */
function lineSearch(problem: Problem, from: Point, step: Float64Array, decrement: number): Point | undefined {
  let scale = 1;
  for (let k = 0; k < MAX_HALVINGS; k++) {
    const beta = from.beta.map((b, j) => b - scale * step[j]);
    const evaluation = evaluate(problem, beta);
    if (evaluation.loss <= from.evaluation.loss - 1e-4 * scale * decrement) return { beta, evaluation };
    if (scale * decrement <= PRECISION * from.evaluation.loss) return undefined;
    scale /= 2;
  }
  return undefined;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
