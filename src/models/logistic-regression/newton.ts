import { factorCholesky, solveCholesky } from './cholesky.ts';
import { Corrections } from './corrections.ts';
import { descend, dot, type Method, type Minimum, noMinimum } from './descend.ts';
import { hessianAt, hessianDiagonalAt, type Problem } from './objective.ts';

/**
 * Minimises the objective without an L1 part, which is strictly convex in the coefficients, so that the minimum is the
 * only one, also for separable and for collinear data. Steps are Newton's with a Hessian that is kept for several of
 * them, and corrected in between by what the gradients tell of it (L-BFGS, Nocedal 1980, whose first matrix is the
 * kept Hessian's inverse). Of more terms than can be factored in moments, the Hessian's diagonal takes its place.
 * @param factor the factor of a Hessian that is near the one at the start.
 * @throws UsageError and InputError as `descend` does.
 */
export function minimiseRidge(problem: Problem, start: Float64Array, factor?: Float64Array): Minimum {
  const isWide = start.length > MOST_FACTORED;
  const corrections = new Corrections(isWide ? solveDiagonal : solveCholesky);
  const method: Method = {
    ...(isWide ? { model: rootsOfDiagonal, ...quasiNewton } : { model: factorHessian, ...newton }),
    direction: (_, here, factor) => {
      const step = corrections.step(here, factor);
      return { step, gain: -dot(here.gradient, step) };
    },
  };
  return descend(problem, start, method, factor);
}

/** The factorisation of this many terms takes a good half second. */
const MOST_FACTORED = 1200;

/** A Hessian costs as much as a dozen steps or more: one that halves the gain at every step is not yet worth another. */
const newton = { keep: 0.5, patience: 1 };

/** A diagonal is no better at another place, and steps by it gain more now and less then. */
const quasiNewton = { keep: Number.POSITIVE_INFINITY, patience: 10 };

/** The factor of a diagonal Hessian. */
function rootsOfDiagonal(problem: Problem, beta: Float64Array): Float64Array {
  const diagonal = hessianDiagonalAt(problem, beta);
  const least = diagonal.reduce((max, h) => Math.max(max, h), Number.MIN_VALUE) * 2 ** -44;
  return diagonal.map((h) => Math.sqrt(Math.max(h, least)));
}

function solveDiagonal(roots: Float64Array, v: Float64Array): Float64Array {
  return v.map((x, j) => x / roots[j] ** 2);
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
