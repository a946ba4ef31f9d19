/**
 * The label as an intercept and a weighted sum of a few columns, where that is exact in every row. By modified Gram–Schmidt on the
 * rows, which loses no digits to squares as sums of products would (Björck 1967).
 * @returns undefined where a row is off by more than `tolerance`, or the columns do not stand apart.
 */
export function solveInRows(
  columns: readonly Float64Array[],
  labels: Uint8Array,
  tolerance: number,
): { coefficients: number[]; intercept: number; largestError: number } | undefined {
  const rest = Float64Array.from(labels);
  const basis = [new Float64Array(labels.length).fill(1), ...columns.map((column) => column.slice())];
  const upper = basis.map(() => new Float64Array(basis.length));
  const projections = new Float64Array(basis.length);
  for (let k = 0; k < basis.length; k++) {
    const size = dot(basis[k], basis[k]);
    if (!(size > 0)) return undefined;
    upper[k][k] = 1;
    for (let later = k + 1; later < basis.length; later++) {
      upper[k][later] = dot(basis[k], basis[later]) / size;
      subtract(basis[later], upper[k][later], basis[k]);
    }
    projections[k] = dot(basis[k], rest) / size;
    subtract(rest, projections[k], basis[k]);
  }
  const solution = backward(upper, projections);
  const [intercept, ...coefficients] = solution;
  let largestError = 0;
  for (let row = 0; row < labels.length; row++) {
    let sum = intercept - labels[row];
    for (let k = 0; k < columns.length; k++) sum += coefficients[k] * columns[k][row];
    largestError = Math.max(largestError, Math.abs(sum));
    if (!(largestError <= tolerance)) return undefined;
  }
  return { coefficients, intercept, largestError };
}

function backward(upper: readonly Float64Array[], right: Float64Array): number[] {
  const solution = Array.from(right);
  for (let k = solution.length - 1; k >= 0; k--) {
    for (let later = k + 1; later < solution.length; later++)
      solution[k] -= upper[k][later] * solution[later];
  }
  return solution;
}

/** Σ aᵢ bᵢ. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

function subtract(from: Float64Array, times: number, what: Float64Array): void {
  for (let i = 0; i < from.length; i++) from[i] -= times * what[i];
}
