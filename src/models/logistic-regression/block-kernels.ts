import { BLOCK } from './design.ts';

/** η = Z β of a block. Four columns at a time: a sum is loaded and stored a quarter as often. */
export function multiply(z: Float64Array, beta: Float64Array, eta: Float64Array): void {
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
export function addGradient(gradient: Float64Array, z: Float64Array, residual: Float64Array): void {
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
