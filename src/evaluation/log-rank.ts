import { chiSquareTail } from './chi-square.ts';

export interface LogRank {
  readonly chiSquare: number;
  readonly degrees: number;
  /** Chance of as large a statistic where all groups are lost alike. */
  readonly p: number;
}

/**
 * Log-rank test of equal lifetimes in several groups (Mantel 1966; Kalbfleisch and Prentice 2002, 1.5), with the hypergeometric variance
 * where losses tie. All NaN where fewer than two groups have users, or nobody is lost.
 *
 * @param durations of each user, in any unit.
 * @param lost 1 = the duration ended with the loss, 0 = it was still running.
 * @param groups of each user, 0 … count − 1.
 */
export function logRank(
  durations: Float64Array,
  lost: Uint8Array,
  groups: Int32Array,
  count: number,
): LogRank {
  const atRisk = new Float64Array(count);
  for (const group of groups) atRisk[group]++;
  const present = Array.from(atRisk.keys()).filter((group) => atRisk[group] > 0);
  const degrees = present.length - 1;
  const compared = present.slice(1);
  const surplus = compared.map(() => 0);
  const covariance = compared.map(() => compared.map(() => 0));
  const order = Array.from(durations.keys()).sort((a, b) => durations[a] - durations[b]);
  for (let from = 0; from < order.length; ) {
    const losses = new Float64Array(count);
    const ended = new Float64Array(count);
    let to = from;
    for (; to < order.length && durations[order[to]] === durations[order[from]]; to++) {
      losses[groups[order[to]]] += lost[order[to]];
      ended[groups[order[to]]]++;
    }
    const n = order.length - from;
    const d = losses.reduce((sum, value) => sum + value, 0);
    const spread = n > 1 ? (d * (n - d)) / (n - 1) : 0;
    compared.forEach((group, j) => {
      const share = atRisk[group] / n;
      surplus[j] += losses[group] - d * share;
      compared.forEach((other, k) => {
        covariance[j][k] += spread * share * ((j === k ? 1 : 0) - atRisk[other] / n);
      });
    });
    for (let group = 0; group < count; group++) atRisk[group] -= ended[group];
    from = to;
  }
  const chiSquare = degrees < 1 ? Number.NaN : quadraticForm(covariance, surplus);
  return { chiSquare, degrees, p: Number.isNaN(chiSquare) ? Number.NaN : chiSquareTail(chiSquare, degrees) };
}

/** vᵀ A⁻¹ v of a symmetric positive definite matrix, by its Cholesky factor; NaN of one that is not. */
function quadraticForm(matrix: readonly (readonly number[])[], vector: readonly number[]): number {
  const factor = matrix.map(() => matrix.map(() => 0));
  const solved: number[] = [];
  for (let i = 0; i < matrix.length; i++) {
    for (let j = 0; j <= i; j++) {
      const rest = matrix[i][j] - dot(factor[i], factor[j], j);
      factor[i][j] = i === j ? Math.sqrt(rest) : rest / factor[j][j];
    }
    solved.push((vector[i] - dot(factor[i], solved, i)) / factor[i][i]);
  }
  return solved.reduce((sum, value) => sum + value * value, 0);
}

function dot(a: readonly number[], b: readonly number[], length: number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += a[k] * b[k];
  return sum;
}
