import { sigmoid } from '../exponential.ts';
import { BLOCK, type Design } from './design.ts';

/**
 * The smooth part of what is minimised: Σ wᵢ · log loss(yᵢ, ηᵢ) + ½ · l2 · ‖coefficients‖², with η = Z β; and the other
 * part, l1 · ‖coefficients‖₁. The intercept is not penalised. It is scikit-learn's with l2 = (1 − l1Ratio) / C and
 * l1 = l1Ratio / C, and glmnet's, times the rows, with C = 1 / (rows · λ) and α = l1Ratio.
 */
export interface Problem {
  readonly design: Design;
  readonly labels: Uint8Array;
  /** By row. */
  readonly weights: Float64Array;
  readonly l2: number;
  readonly l1: number;
}

/** The smooth part at one β of n = terms + 1 numbers, of which the last is the intercept. */
export interface Point {
  readonly beta: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
}

/** The smooth part and its gradient at `beta`. */
export function evaluate(problem: Problem, beta: Float64Array): Point {
  const gradient = new Float64Array(beta.length);
  let loss = 0;
  forEachBlock(problem, beta, (block) => {
    loss += block.loss;
    addGradient(gradient, block.z, block.residual);
  });
  for (let j = 0; j < beta.length - 1; j++) {
    loss += 0.5 * problem.l2 * beta[j] ** 2;
    gradient[j] += problem.l2 * beta[j];
  }
  return { beta, loss, gradient };
}

/** The lower triangle of the Hessian of the smooth part at `beta`, n × n row by row. */
export function hessianAt(problem: Problem, beta: Float64Array): Float64Array {
  const n = beta.length;
  const hessian = new Float64Array(n * n);
  const scaled = new Float64Array(n * BLOCK);
  forEachBlock(problem, beta, ({ z, curvature }) => {
    scaleBlock(z, curvature, scaled);
    addHessian(hessian, scaled, z, n);
  });
  for (let j = 0; j < n - 1; j++) hessian[j * n + j] += problem.l2;
  return hessian;
}

/** A block of rows at one β. */
interface Block {
  /** Its weighted log loss. */
  readonly loss: number;
  readonly z: Float64Array;
  /** First derivatives by η. */
  readonly residual: Float64Array;
  /** Second derivatives by η. */
  readonly curvature: Float64Array;
}

/** Calls `use` with block after block; each overwrites the one before. */
function forEachBlock(problem: Problem, beta: Float64Array, use: (block: Block) => void): void {
  const residual = new Float64Array(BLOCK);
  const curvature = new Float64Array(BLOCK);
  const { starts, block, rows } = problem.design;
  for (let k = 0; k < starts.length; k++) {
    const z = block(k);
    const size = Math.min(BLOCK, rows - starts[k]);
    const loss = differentiate(problem, beta, z, starts[k], size, residual, curvature);
    use({ loss, z, residual, curvature });
  }
}

/** The block's weighted log loss; writes the first and second derivative by η of each row. */
function differentiate(
  { labels, weights }: Problem,
  beta: Float64Array,
  z: Float64Array,
  start: number,
  size: number,
  residual: Float64Array,
  curvature: Float64Array,
): number {
  const eta = residual;
  multiply(z, beta, eta);
  curvature.fill(0);
  let loss = 0;
  for (let i = 0; i < size; i++) {
    const label = labels[start + i];
    const weight = weights[start + i];
    const p = sigmoid(eta[i]);
    const margin = label === 1 ? eta[i] : -eta[i];
    loss += weight * (Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(-margin, 0));
    residual[i] = weight * (p - label);
    curvature[i] = weight * p * (1 - p);
  }
  return loss;
}

function scaleBlock(z: Float64Array, factors: Float64Array, out: Float64Array): void {
  for (let at = 0; at < z.length; at += BLOCK) {
    for (let i = 0; i < BLOCK; i++) out[at + i] = z[at + i] * factors[i];
  }
}

/** η = Z β of a block. Four columns at a time: a sum is loaded and stored a quarter as often. */
function multiply(z: Float64Array, beta: Float64Array, eta: Float64Array): void {
  eta.fill(0);
  let j = 0;
  for (; j + 3 < beta.length; j += 4) {
    const at = j * BLOCK;
    const b0 = beta[j];
    const b1 = beta[j + 1];
    const b2 = beta[j + 2];
    const b3 = beta[j + 3];
    if (b0 === 0 && b1 === 0 && b2 === 0 && b3 === 0) continue;
    for (let i = 0; i < BLOCK; i++) {
      const k = at + i;
      eta[i] += b0 * z[k] + b1 * z[k + BLOCK] + (b2 * z[k + 2 * BLOCK] + b3 * z[k + 3 * BLOCK]);
    }
  }
  for (; j < beta.length; j++) {
    const at = j * BLOCK;
    const b = beta[j];
    for (let i = 0; i < BLOCK; i++) eta[i] += b * z[at + i];
  }
}

/** Adds Zᵀ residual. Four columns at a time: their additions do not wait for each other. */
function addGradient(gradient: Float64Array, z: Float64Array, residual: Float64Array): void {
  let j = 0;
  for (; j + 3 < gradient.length; j += 4) {
    const at = j * BLOCK;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let i = 0; i < BLOCK; i++) {
      const k = at + i;
      const r = residual[i];
      s0 += z[k] * r;
      s1 += z[k + BLOCK] * r;
      s2 += z[k + 2 * BLOCK] * r;
      s3 += z[k + 3 * BLOCK] * r;
    }
    gradient[j] += s0;
    gradient[j + 1] += s1;
    gradient[j + 2] += s2;
    gradient[j + 3] += s3;
  }
  for (; j < gradient.length; j++) {
    const at = j * BLOCK;
    let sum = 0;
    for (let i = 0; i < BLOCK; i++) sum += z[at + i] * residual[i];
    gradient[j] += sum;
  }
}

/** Adds the lower triangle of (scaled)ᵀ z. Four columns at a time: a value loaded is used four times. */
function addHessian(hessian: Float64Array, scaled: Float64Array, z: Float64Array, n: number): void {
  for (let j = 0; j < n; j++) {
    const a = j * BLOCK;
    let k = 0;
    for (; k + 3 <= j; k += 4) {
      const b = k * BLOCK;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let i = 0; i < BLOCK; i++) {
        const x = scaled[a + i];
        s0 += x * z[b + i];
        s1 += x * z[b + BLOCK + i];
        s2 += x * z[b + 2 * BLOCK + i];
        s3 += x * z[b + 3 * BLOCK + i];
      }
      const row = j * n + k;
      hessian[row] += s0;
      hessian[row + 1] += s1;
      hessian[row + 2] += s2;
      hessian[row + 3] += s3;
    }
    for (; k <= j; k++) {
      const b = k * BLOCK;
      let sum = 0;
      for (let i = 0; i < BLOCK; i++) sum += scaled[a + i] * z[b + i];
      hessian[j * n + k] += sum;
    }
  }
}
