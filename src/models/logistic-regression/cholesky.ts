/**
 * Solves A x = b for a symmetric positive definite A, of which the lower triangle is read: `matrix[i * n + j]`, j ≤ i.
 * The triangle is overwritten by its Cholesky factor.
 * @returns undefined when A is not positive definite to working precision.
 */
export function solveCholesky(matrix: Float64Array, b: Float64Array): Float64Array | undefined {
  const n = b.length;
  if (!factor(matrix, n)) return undefined;
  const x = Float64Array.from(b);
  for (let i = 0; i < n; i++) {
    let sum = x[i];
    for (let k = 0; k < i; k++) sum -= matrix[i * n + k] * x[k];
    x[i] = sum / matrix[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i];
    for (let k = i + 1; k < n; k++) sum -= matrix[k * n + i] * x[k];
    x[i] = sum / matrix[i * n + i];
  }
  return x;
}

/** A pivot that lost all but its last bits to cancellation is noise: the matrix counts as singular. */
const PIVOT_PRECISION = 2 ** -48;

function factor(a: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k];
      if (i > j) {
        a[i * n + j] = sum / a[j * n + j];
      } else {
        if (!(sum > PIVOT_PRECISION * a[j * n + j])) return false;
        a[j * n + j] = Math.sqrt(sum);
      }
    }
  }
  return true;
}
