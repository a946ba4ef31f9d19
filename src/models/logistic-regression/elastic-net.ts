import { type Direction, descend, dot, type Minimum } from './descend.ts';
import { hessianAt, type Point, type Problem } from './objective.ts';

const MAX_SWEEPS = 2000;

/** A sweep that moves no coordinate by more than this share of the first one’s largest move is the last. */
const SMALL = 1e-13;

/**
 * Minimises the objective with an L1 part by proximal Newton steps (Lee, Sun and Saunders 2014; glmnet's way, Friedman,
 * Hastie and Tibshirani 2010): the smooth part is replaced by its quadratic expansion, which coordinate descent on
 * the Hessian minimises with the L1 part. Coefficients that the penalty holds at 0 are exactly 0.
 * @param hessian one that is near that at the start.
 * @throws UsageError and InputError as `descend` does.
 */
export function minimiseElasticNet(problem: Problem, start: Float64Array, hessian?: Float64Array): Minimum {
  return descend(problem, start, method, hessian);
}

const method = { model: symmetricHessian, direction: proximalDirection, keep: 0.2, patience: 1 };

/** Both triangles, so that a column is a row. */
function symmetricHessian(problem: Problem, beta: Float64Array): Float64Array {
  const n = beta.length;
  const hessian = hessianAt(problem, beta);
  for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) hessian[k * n + j] = hessian[j * n + k];
  return hessian;
}

function proximalDirection(problem: Problem, { beta, gradient }: Point, hessian: Float64Array): Direction {
  const step = minimiseExpansion(problem.l1, beta, gradient, hessian);
  return { step, gain: quadraticForm(hessian, step) };
}

/** dᵀ H d: the expansion falls by at least half of it, and unlike that fall it is no difference of large numbers. */
function quadraticForm(hessian: Float64Array, d: Float64Array): number {
  const n = d.length;
  let sum = 0;
  for (let j = 0; j < n; j++) if (d[j] !== 0) sum += d[j] * dot(hessian.subarray(j * n, (j + 1) * n), d);
  return Math.max(sum, 0);
}

/**
 * The d where gradient · d + ½ dᵀ H d + l1 · ‖β + d‖₁ is least. Sweeps over all coordinates are followed by sweeps over
 * those that are not 0, until these stand still.
 */
function minimiseExpansion(
  l1: number,
  beta: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): Float64Array {
  const n = beta.length;
  const step = new Float64Array(n);
  const slope = Float64Array.from(gradient);
  const floor = largestDiagonal(hessian, n) * 2 ** -44;
  const sweep = (activeOnly: boolean): number => {
    let largest = 0;
    for (let j = 0; j < n; j++) {
      const here = beta[j] + step[j];
      if (activeOnly && here === 0) continue;
      const h = hessian[j * n + j] + floor;
      const move = shrink(here, -slope[j] / h, j === n - 1 ? 0 : l1 / h);
      if (move === 0) continue;
      step[j] += move;
      for (let k = 0, at = j * n; k < n; k++) slope[k] += move * hessian[at + k];
      largest = Math.max(largest, Math.abs(move));
    }
    return largest;
  };
  const enough = SMALL * sweep(false);
  for (let k = 0; k < MAX_SWEEPS; k++) {
    for (; k < MAX_SWEEPS && sweep(true) > enough; k++);
    if (sweep(false) <= enough) break;
  }
  return step;
}

/**
 * How far to go from x so that x + by comes nearer to 0 by `penalty`, and to 0 where that is across it. Not by way of the
 * place to go to: near the minimum the way is shorter than that place is exact.
 */
function shrink(x: number, by: number, penalty: number): number {
  if (x + by > penalty) return by - penalty;
  return x + by < -penalty ? by + penalty : -x;
}

function largestDiagonal(matrix: Float64Array, n: number): number {
  let largest = Number.MIN_VALUE;
  for (let j = 0; j < n; j++) largest = Math.max(largest, matrix[j * n + j]);
  return largest;
}
