import type { Examples, Matrix } from '../../src/models/matrix.ts';
import { createRandom } from '../../src/random.ts';

/** Columns by name, as a matrix. */
export function matrixOf(columns: Readonly<Record<string, readonly number[]>>): Matrix {
  const arrays = Object.values(columns).map((column) => Float64Array.from(column));
  return { rows: arrays[0]?.length ?? 0, names: Object.keys(columns), columns: arrays };
}

/** Columns and labels as examples, each row a user of its own. */
export function examplesOf(
  columns: Readonly<Record<string, readonly number[]>>,
  labels: readonly number[],
): Examples {
  return {
    matrix: matrixOf(columns),
    labels: Uint8Array.from(labels),
    groups: Int32Array.from(labels.keys()),
  };
}

/**
 * Rows of five features: two that matter together, a count with ties, one with missing values, noise. About
 * one in five is lost.
 */
export function synthetic(rows: number, seed: number): Examples {
  const random = createRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
  const a = Array.from({ length: rows }, normal);
  const b = Array.from({ length: rows }, normal);
  const count = Array.from({ length: rows }, () => Math.floor(Math.exp(normal())));
  const gap = Array.from({ length: rows }, (_, i) => (random.float() < 0.2 ? Number.NaN : a[i] + normal()));
  const noise = Array.from({ length: rows }, normal);
  const labels = a.map((x, i) => {
    const score = x * b[i] + 0.4 * count[i] + (Number.isNaN(gap[i]) ? 1 : 0) - 2.2;
    return random.float() < 1 / (1 + Math.exp(-2 * score)) ? 1 : 0;
  });
  return examplesOf({ a, b, count, gap, noise }, labels);
}

/** The given rows of examples. */
export function head({ matrix, labels, groups }: Examples, start: number, end: number): Examples {
  const columns = matrix.columns.map((column) => column.slice(start, end));
  return {
    matrix: { ...matrix, rows: end - start, columns },
    labels: labels.slice(start, end),
    groups: groups.slice(start, end),
  };
}

/** Columns as JSON fixtures hold them: null where a value is missing. */
export function fromJson(columns: readonly (readonly (number | null)[])[]): Float64Array[] {
  return columns.map((column) => Float64Array.from(column, (x) => x ?? Number.NaN));
}

/** Area under the ROC curve by counting pairs. */
export function rocAuc(labels: Uint8Array, predictions: Float64Array): number {
  const lost = predictions.filter((_, i) => labels[i] === 1);
  const stayed = predictions.filter((_, i) => labels[i] === 0);
  let wins = 0;
  for (const x of lost) for (const y of stayed) wins += x > y ? 1 : x === y ? 0.5 : 0;
  return wins / (lost.length * stayed.length);
}

/** Mean log loss. */
export function logLoss(labels: Uint8Array, predictions: Float64Array): number {
  let sum = 0;
  predictions.forEach((p, i) => {
    sum -= Math.log(labels[i] === 1 ? p : 1 - p);
  });
  return sum / labels.length;
}

/** `synthetic`, with a category `plan` of five levels, two of which are lost more often, and which some rows lack. */
export function withCategory(rows: number, seed: number): Examples {
  const { matrix, labels, groups } = synthetic(rows, seed);
  const random = createRandom(seed + 1);
  const plan = Float64Array.from(labels, (label) => {
    if (random.float() < 0.1) return Number.NaN;
    const isTelling = label === 1 && random.float() < 0.6;
    return isTelling ? [1, 4][random.integer(2)] : random.integer(5);
  });
  const levels = [...matrix.names.map(() => undefined), ['free', 'basic', 'silver', 'gold', 'family']];
  return {
    matrix: { rows, names: [...matrix.names, 'plan'], columns: [...matrix.columns, plan], levels },
    labels,
    groups,
  };
}
