import type { Design } from './design.ts';
import { BLOCK, COLUMN } from './design-kernel.ts';
import type { Loss } from './loss.ts';

/**
 * The smooth part of what is minimised: Σ wᵢ · loss(yᵢ, ηᵢ) + ½ · l2 · ‖coefficients‖², with η = Z β; and the other
 * part, l1 · ‖coefficients‖₁. With log loss it is scikit-learn's with l2 = (1 − l1Ratio) / C and l1 = l1Ratio / C, and
 * glmnet's, times the rows, with C = 1 / (rows · λ) and α = l1Ratio.
 */
export interface Problem {
  readonly design: Design;
  readonly loss: Loss;
  readonly labels: Uint8Array;
  /** By row. */
  readonly weights: Float64Array;
  readonly l2: number;
  readonly l1: number;
  /** Whether the intercept has a part in ½ · l2 · ‖coefficients‖². */
  readonly penalisesIntercept: boolean;
}

/** The smooth part at one β of n = terms + 1 numbers, of which the last is the intercept. */
export interface Point {
  readonly beta: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
}

/** The smooth part and its gradient at `beta`. */
export function evaluate(problem: Problem, beta: Float64Array): Point {
  const { kernel } = problem.design;
  let loss = 0;
  kernel.beginGradient();
  forEachBlock(problem, beta, (place, ofBlock) => {
    loss += ofBlock;
    kernel.addGradient(place);
  });
  const { gradient } = kernel;
  for (let j = 0; j < penalised(problem, beta.length); j++) {
    loss += 0.5 * problem.l2 * beta[j] ** 2;
    gradient[j] += problem.l2 * beta[j];
  }
  return { beta, loss, gradient };
}

/** The lower triangle of the Hessian of the smooth part at `beta`, n × n row by row. */
export function hessianAt(problem: Problem, beta: Float64Array): Float64Array {
  const n = beta.length;
  const { kernel } = problem.design;
  kernel.beginHessian();
  forEachBlock(problem, beta, (place) => kernel.addHessian(place));
  const { hessian } = kernel;
  for (let j = 0; j < penalised(problem, n); j++) hessian[j * n + j] += problem.l2;
  return hessian;
}

/** The diagonal of that Hessian. */
export function hessianDiagonalAt(problem: Problem, beta: Float64Array): Float64Array {
  const n = beta.length;
  const { kernel } = problem.design;
  const diagonal = new Float64Array(n);
  forEachBlock(problem, beta, (place) => {
    const { curvature } = kernel;
    const z = kernel.block(place);
    for (let j = 0; j < n; j++) {
      const at = j * COLUMN;
      let sum = 0;
      for (let i = 0; i < BLOCK; i++) sum += curvature[i] * z[at + i] * z[at + i];
      diagonal[j] += sum;
    }
  });
  for (let j = 0; j < penalised(problem, n); j++) diagonal[j] += problem.l2;
  return diagonal;
}

function penalised({ penalisesIntercept }: Problem, n: number): number {
  return penalisesIntercept ? n : n - 1;
}

/** Calls `use` with the place of block after block and its weighted loss at β, whose derivatives by η stand in the kernel. */
function forEachBlock(
  problem: Problem,
  beta: Float64Array,
  use: (place: number, loss: number) => void,
): void {
  const { starts, place, rows, kernel } = problem.design;
  kernel.setBeta(beta);
  for (let k = 0; k < starts.length; k++) {
    const at = place(k);
    kernel.multiply(at);
    const range = { start: starts[k], end: Math.min(starts[k] + BLOCK, rows) };
    use(at, problem.loss(range, problem, kernel.eta, kernel.curvature));
  }
}
