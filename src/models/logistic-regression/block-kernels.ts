import { BLOCK } from './design.ts';

/** The block with each row multiplied by its factor. */
export function scaleBlock(z: Float64Array, factors: Float64Array, out: Float64Array): void {
  for (let at = 0; at < z.length; at += BLOCK) {
    for (let i = 0; i < BLOCK; i++) out[at + i] = z[at + i] * factors[i];
  }
}

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

/** Adds the lower triangle of (scaled)ᵀ z. Two rows and four columns at a time: six values loaded are multiplied eight times. */
export function addHessian(hessian: Float64Array, scaled: Float64Array, z: Float64Array, n: number): void {
  for (let j = 0; j < n; j += 2) {
    const rows = Math.min(2, n - j);
    let k = 0;
    for (; rows === 2 && k + 3 <= j; k += 4) addTile(hessian, scaled, z, n, j, k);
    for (let row = j; row < j + rows; row++) {
      for (let column = k; column <= row; column++) {
        let sum = 0;
        for (let i = 0; i < BLOCK; i++) sum += scaled[row * BLOCK + i] * z[column * BLOCK + i];
        hessian[row * n + column] += sum;
      }
    }
  }
}

/** Rows j and j + 1 in columns k … k + 3. */
function addTile(
  hessian: Float64Array,
  scaled: Float64Array,
  z: Float64Array,
  n: number,
  j: number,
  k: number,
): void {
  const a = j * BLOCK;
  const b = k * BLOCK;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let t0 = 0;
  let t1 = 0;
  let t2 = 0;
  let t3 = 0;
  for (let i = 0; i < BLOCK; i++) {
    const x = scaled[a + i];
    const y = scaled[a + BLOCK + i];
    const z0 = z[b + i];
    const z1 = z[b + BLOCK + i];
    const z2 = z[b + 2 * BLOCK + i];
    const z3 = z[b + 3 * BLOCK + i];
    s0 += x * z0;
    s1 += x * z1;
    s2 += x * z2;
    s3 += x * z3;
    t0 += y * z0;
    t1 += y * z1;
    t2 += y * z2;
    t3 += y * z3;
  }
  const first = j * n + k;
  hessian[first] += s0;
  hessian[first + 1] += s1;
  hessian[first + 2] += s2;
  hessian[first + 3] += s3;
  const second = first + n;
  hessian[second] += t0;
  hessian[second + 1] += t1;
  hessian[second + 2] += t2;
  hessian[second + 3] += t3;
}
