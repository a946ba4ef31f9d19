import { chiSquareTail } from './chi-square.ts';

/** How far the distribution of a quantity moved from one sample to another. */
export interface Drift {
  /**
   * Population stability index, Σ (q − p) ln(q / p) over tenths of the first sample and a part for missing values. By custom (Siddiqi 2006)
   * below 0.1 is little, above 0.25 is much. An empty part counts as half a row.
   */
  readonly psi: number;
  /**
   * Chance of such an index, or a larger one, where nothing moved: over 1/n + 1/m it is about χ² with one degree of freedom less than
   * there are parts (Yurdakul 2018). It takes rows as independent; the same users in both samples make it too large, never too small.
   */
  readonly chance: number;
  /** Kolmogorov–Smirnov: the largest distance between the shares at or below any value, of rows that have one. NaN where a sample has none. */
  readonly ks: number;
}

const tenths = 10;

/** NaN is a missing value. All NaN where a sample is empty. */
export function drift(first: Float64Array, second: Float64Array): Drift {
  if (first.length === 0 || second.length === 0)
    return { psi: Number.NaN, chance: Number.NaN, ks: Number.NaN };
  const edges = tenthsOf(present(first));
  const [p, q] = [shares(first, edges), shares(second, edges)];
  let psi = 0;
  let parts = 0;
  for (let i = 0; i < p.length; i++) {
    if (p[i] === 0 && q[i] === 0) continue;
    const [a, b] = [p[i] || 0.5 / first.length, q[i] || 0.5 / second.length];
    psi += (b - a) * Math.log(b / a);
    parts++;
  }
  const scale = 1 / first.length + 1 / second.length;
  const chance = parts > 1 ? chiSquareTail(psi / scale, parts - 1) : 1;
  return { psi, chance, ks: largestDistance(present(first), present(second)) };
}

/** The values that are there, ascending. */
function present(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort();
}

/** Upper ends of the tenths, each once: a value that many rows share is one part. */
function tenthsOf(sorted: Float64Array): number[] {
  if (sorted.length === 0) return [];
  const edges = Array.from(
    { length: tenths - 1 },
    (_, i) => sorted[Math.ceil(((i + 1) * sorted.length) / tenths) - 1],
  );
  return [...new Set(edges)];
}

/** Share of the rows at or below each edge and above the one before, above the last, and without a value. */
function shares(values: Float64Array, edges: readonly number[]): Float64Array {
  const counts = new Float64Array(edges.length + 2);
  for (const value of values) {
    if (Number.isNaN(value)) counts[edges.length + 1]++;
    else {
      const part = edges.findIndex((edge) => value <= edge);
      counts[part < 0 ? edges.length : part]++;
    }
  }
  return counts.map((count) => count / values.length);
}

function largestDistance(first: Float64Array, second: Float64Array): number {
  if (first.length === 0 || second.length === 0) return Number.NaN;
  let largest = 0;
  let i = 0;
  let j = 0;
  while (i < first.length && j < second.length) {
    const value = Math.min(first[i], second[j]);
    while (first[i] === value) i++;
    while (second[j] === value) j++;
    largest = Math.max(largest, Math.abs(i / first.length - j / second.length));
  }
  return largest;
}
