import { type Direction, descend, dot, l1Penalty, type Minimum } from './descend.ts';
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
  return descend(problem, start, { model: symmetricHessian, direction: proximalDirection }, hessian);
}

/** Both triangles, so that a column is a row. */
function symmetricHessian(problem: Problem, beta: Float64Array): Float64Array {
  const n = beta.length;
  const hessian = hessianAt(problem, beta);
  for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) hessian[k * n + j] = hessian[j * n + k];
  return hessian;
}

function proximalDirection(problem: Problem, { beta, gradient }: Point, hessian: Float64Array): Direction {
  const target = minimiseExpansion(problem.l1, beta, gradient, hessian);
  const step = target.map((x, j) => x - beta[j]);
  const gain = l1Penalty(problem, beta) - l1Penalty(problem, target) - dot(gradient, step);
  return { step, gain: Math.max(gain, 0) };
}

/**
 * Where gradient · d + ½ dᵀ H d + l1 · ‖β + d‖₁ is least, as β + d. Sweeps over all coordinates are followed by sweeps over
 * those that are not 0, until these stand still.
 */
function minimiseExpansion(
  l1: number,
  beta: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): Float64Array {
  const n = beta.length;
  const point = Float64Array.from(beta);
  const slope = Float64Array.from(gradient);
  const floor = largestDiagonal(hessian, n) * 2 ** -44;
  const sweep = (activeOnly: boolean): number => {
    let largest = 0;
    for (let j = 0; j < n; j++) {
      if (activeOnly && point[j] === 0) continue;
      const h = hessian[j * n + j] + floor;
      const wanted = shrink(point[j] - slope[j] / h, j === n - 1 ? 0 : l1 / h);
      const move = wanted - point[j];
      if (move === 0) continue;
      point[j] = wanted;
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
  return point;
}

/** x nearer to 0 by `by`, and 0 where that is across it. */
function shrink(x: number, by: number): number {
  if (x > by) return x - by;
  return x < -by ? x + by : 0;
}

function largestDiagonal(matrix: Float64Array, n: number): number {
  let largest = Number.MIN_VALUE;
  for (let j = 0; j < n; j++) largest = Math.max(largest, matrix[j * n + j]);
  return largest;
}
