import { factorCholesky, solveCholesky } from './cholesky.ts';
import { type Direction, descend, dot, type Minimum, noMinimum } from './descend.ts';
import { hessianAt, type Point, type Problem } from './objective.ts';

/**
 * Minimises the objective without an L1 part, which is strictly convex in the coefficients, so that the minimum is the
 * only one, also for separable and for collinear data. Steps are Newton's with a Hessian that is kept for several of
 * them, and corrected in between by what the gradients tell of it (L-BFGS, Nocedal 1980, whose first matrix is the
 * kept Hessian's inverse).
 * @param factor the Cholesky factor of a Hessian that is near the one at the start.
 * @throws UsageError and InputError as `descend` does.
 */
export function minimiseRidge(problem: Problem, start: Float64Array, factor?: Float64Array): Minimum {
  const corrections = new Corrections();
  const direction = (_: Problem, here: Point, factor: Float64Array): Direction => {
    const step = corrections.step(here, factor);
    return { step, gain: -dot(here.gradient, step) };
  };
  return descend(problem, start, { model: factorHessian, direction }, factor);
}

/** What the last steps told of the Hessian since it was computed. */
class Corrections {
  #pairs: Pair[] = [];
  #factor: Float64Array | undefined;
  #last: Point | undefined;

  step(here: Point, factor: Float64Array): Float64Array {
    if (factor !== this.#factor) this.#pairs = [];
    else if (this.#last && this.#last !== here) this.#add(this.#last, here);
    this.#factor = factor;
    this.#last = here;
    return this.#multiply(factor, here.gradient).map((x) => -x);
  }

  #add(from: Point, to: Point): void {
    const s = to.beta.map((b, j) => b - from.beta[j]);
    const y = to.gradient.map((g, j) => g - from.gradient[j]);
    const sy = dot(s, y);
    if (sy > 0) this.#pairs = [...this.#pairs.slice(1 - MOST_PAIRS), { s, y, sy }];
  }

  /** The corrected inverse Hessian times v: the two loops of L-BFGS. */
  #multiply(factor: Float64Array, v: Float64Array): Float64Array {
    const q = Float64Array.from(v);
    const alphas = this.#pairs.toReversed().map(({ s, y, sy }) => {
      const alpha = dot(s, q) / sy;
      addTo(q, -alpha, y);
      return alpha;
    });
    const product = solveCholesky(factor, q);
    for (const { s, y, sy } of this.#pairs) {
      const alpha = alphas.pop() ?? 0;
      addTo(product, alpha - dot(y, product) / sy, s);
    }
    return product;
  }
}

/** A step, and the change of the gradient along it. */
interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly sy: number;
}

const MOST_PAIRS = 20;

function addTo(sum: Float64Array, factor: number, x: Float64Array): void {
  for (let j = 0; j < sum.length; j++) sum[j] += factor * x[j];
}

const MAX_DAMPINGS = 60;

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
