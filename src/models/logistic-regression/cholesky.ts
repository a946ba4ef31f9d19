/**
 * The Cholesky factor L of a symmetric positive definite n × n matrix, of which the lower triangle is read:
 * row by row, `matrix[i · n + j]`, j ≤ i.
 * @returns undefined when the matrix is not positive definite to working precision.
 */
export function factorCholesky(matrix: Float64Array, n: number): Float64Array | undefined {
  const factor = Float64Array.from(matrix);
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = factor[i * n + j];
      for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
      if (i > j) {
        factor[i * n + j] = sum / factor[j * n + j];
      } else {
        if (!(sum > PIVOT_PRECISION * factor[j * n + j])) return undefined;
        factor[j * n + j] = Math.sqrt(sum);
      }
    }
  }
  return factor;
}

/** Solves L Lᵀ x = b. */
export function solveCholesky(factor: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= factor[i * n + k] * x[k];
    x[i] = sum / factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i];
    for (let k = i + 1; k < n; k++) sum -= factor[k * n + i] * x[k];
    x[i] = sum / factor[i * n + i];
  }
  return x;
}

/** A pivot that lost all but its last bits to cancellation is noise: the matrix counts as singular. */
const PIVOT_PRECISION = 2 ** -48;
