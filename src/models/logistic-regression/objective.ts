import { sigmoid } from '../exponential.ts';
import { fillTerm, type Term } from './preparation.ts';

/**
 * What is minimised: Σ wᵢ · log loss(yᵢ, ηᵢ) + ½ · penalty · ‖coefficients‖², with η = Z β; scikit-learn's
 * with C = 1 / penalty.
 */
export interface Problem {
  readonly terms: readonly Term[];
  /** Training columns, by feature. */
  readonly columns: readonly Float64Array[];
  readonly labels: Uint8Array;
  /** The weight of an example labelled 0, and of one labelled 1. */
  readonly weights: readonly [number, number];
  /** Every so manieth block of rows is used: 1 for the whole, more for a first guess. */
  readonly stride: number;
  readonly penalty: number;
}

/** The objective at one β of n = terms + 1 numbers, of which the last is the unpenalised intercept. */
export interface Point {
  readonly beta: Float64Array;
  readonly loss: number;
  readonly gradient: Float64Array;
}

/** Rows are summed in blocks of this many, in order: the sums depend on nothing but the data. */
const BLOCK = 512;

/** The objective and its gradient at `beta`. */
export function evaluate(problem: Problem, beta: Float64Array): Point {
  const gradient = new Float64Array(beta.length);
  let loss = 0;
  forEachBlock(problem, beta, (block) => {
    loss += block.loss;
    addGradient(gradient, block.z, block.residual);
  });
  for (let j = 0; j < beta.length - 1; j++) {
    loss += 0.5 * problem.penalty * beta[j] ** 2;
    gradient[j] += problem.penalty * beta[j];
  }
  return { beta, loss, gradient };
}

/** The lower triangle of the Hessian at `beta`, n × n row by row. */
export function hessianAt(problem: Problem, beta: Float64Array): Float64Array {
  const n = beta.length;
  const hessian = new Float64Array(n * n);
  const scaled = new Float64Array(n * BLOCK);
  forEachBlock(problem, beta, ({ z, curvature }) => {
    scaleBlock(z, curvature, scaled);
    addHessian(hessian, scaled, z, n);
  });
  for (let j = 0; j < n - 1; j++) hessian[j * n + j] += problem.penalty;
  return hessian;
}

/** A block of rows at one β. */
interface Block {
  /** Its weighted log loss. */
  loss: number;
  /**
   * Column-major: term j of row i is z[j · BLOCK + i]; the last column is the intercept's. Rows past the last
   * are 0.
   */
  readonly z: Float64Array;
  /** First derivatives by η. */
  readonly residual: Float64Array;
  /** Second derivatives by η. */
  readonly curvature: Float64Array;
}

/** Calls `use` with block after block; each overwrites the one before. */
function forEachBlock(problem: Problem, beta: Float64Array, use: (block: Block) => void): void {
  const block = {
    loss: 0,
    z: new Float64Array(beta.length * BLOCK),
    residual: new Float64Array(BLOCK),
    curvature: new Float64Array(BLOCK),
  };
  const rows = problem.labels.length;
  for (let start = 0; start < rows; start += BLOCK * problem.stride) {
    const size = Math.min(BLOCK, rows - start);
    fillBlock(problem, start, size, block.z);
    block.loss = differentiate(problem, beta, block.z, start, size, block.residual, block.curvature);
    use(block);
  }
}

/**
 * Whether the blocks that the problem uses hold both labels; with one alone, the intercept has no minimum.
 */
export function holdsBothOutcomes({ labels, stride }: Problem): boolean {
  const seen = new Set<number>();
  for (let start = 0; start < labels.length && seen.size < 2; start += BLOCK * stride) {
    for (const label of labels.subarray(start, start + BLOCK)) seen.add(label);
  }
  return seen.size === 2;
}

function fillBlock({ terms, columns }: Problem, start: number, size: number, z: Float64Array): void {
  terms.forEach((term, j) => {
    fillTerm(term, columns[term.feature], start, start + size, z, j * BLOCK);
    z.fill(0, j * BLOCK + size, (j + 1) * BLOCK);
  });
  const intercept = terms.length * BLOCK;
  z.fill(1, intercept, intercept + size).fill(0, intercept + size, intercept + BLOCK);
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
  const eta = residual.fill(0);
  for (let j = 0; j < beta.length; j++) {
    const b = beta[j];
    const at = j * BLOCK;
    for (let i = 0; i < BLOCK; i++) eta[i] += b * z[at + i];
  }
  curvature.fill(0);
  let loss = 0;
  for (let i = 0; i < size; i++) {
    const label = labels[start + i];
    const weight = weights[label];
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

function addGradient(gradient: Float64Array, z: Float64Array, residual: Float64Array): void {
  for (let j = 0; j < gradient.length; j++) {
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
