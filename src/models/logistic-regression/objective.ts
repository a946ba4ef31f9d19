import { sigmoid } from '../exponential.ts';
import { fillTerm, type Term } from './preparation.ts';

/** What is minimised: Σ wᵢ · log loss(yᵢ, ηᵢ) + ½ · penalty · ‖coefficients‖², with η = Z β; scikit-learn's with C = 1 / penalty. */
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

/** The objective with its derivatives at one β of n = terms + 1 numbers, of which the last is the unpenalised intercept. */
export interface Evaluation {
  readonly loss: number;
  readonly gradient: Float64Array;
  /** The lower triangle of the Hessian, n × n row by row. */
  readonly hessian: Float64Array;
}

/** Rows are summed in blocks of this many, in order: the sums depend on nothing but the data. */
const BLOCK = 512;

/** The objective, its gradient and its Hessian at `beta`. */
export function evaluate(problem: Problem, beta: Float64Array): Evaluation {
  const n = beta.length;
  const sums = { loss: 0, gradient: new Float64Array(n), hessian: new Float64Array(n * n) };
  const z = new Float64Array(n * BLOCK);
  const scaled = new Float64Array(n * BLOCK);
  const residual = new Float64Array(BLOCK);
  const curvature = new Float64Array(BLOCK);
  const rows = problem.labels.length;
  const blocks = Math.ceil(rows / BLOCK);
  for (let block = 0; block < blocks; block += problem.stride) {
    const start = block * BLOCK;
    const size = Math.min(BLOCK, rows - start);
    fillBlock(problem, start, size, z);
    sums.loss += differentiate(problem, beta, z, start, size, residual, curvature);
    scaleBlock(z, curvature, scaled);
    addGradient(sums.gradient, z, residual);
    addHessian(sums.hessian, scaled, z, n);
  }
  return penalised(sums, problem.penalty, beta);
}

/** Whether the blocks that the problem uses hold both labels; with one alone, the intercept has no minimum. */
export function holdsBothOutcomes({ labels, stride }: Problem): boolean {
  const seen = new Set<number>();
  for (let start = 0; start < labels.length && seen.size < 2; start += BLOCK * stride) {
    for (const label of labels.subarray(start, start + BLOCK)) seen.add(label);
  }
  return seen.size === 2;
}

/** Column-major: term j of the block's row i is z[j · BLOCK + i]; the last column is the intercept's. Rows past `size` are 0. */
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

function penalised(sums: Evaluation, penalty: number, beta: Float64Array): Evaluation {
  const n = beta.length;
  let { loss } = sums;
  for (let j = 0; j < n - 1; j++) {
    loss += 0.5 * penalty * beta[j] ** 2;
    sums.gradient[j] += penalty * beta[j];
    sums.hessian[j * n + j] += penalty;
  }
  return { ...sums, loss };
}
