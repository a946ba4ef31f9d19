import type { ExampleRows } from '../features/examples.ts';
import { sampleRows } from './sample-rows.ts';
import { dot, solveInRows } from './solve-in-rows.ts';

/** label = intercept + Σ coefficients[k] · features[k], in every row. */
export interface LinearIdentity {
  readonly features: readonly string[];
  readonly coefficients: readonly number[];
  readonly intercept: number;
  /** The largest error in any row. */
  readonly largestError: number;
}

/** A row's label may be off by so much for rounding. */
const TOLERANCE = 1e-6;
/** What is left of a column's variance beside two others must stand clear of the rounding of its sums. */
const LEAST_VARIANCE = 1e-12;
/** Sums that explain so much are looked at row by row. */
const CANDIDATE = 0.99;
/** Candidates are looked for in about so many rows, and tried in all. */
const SEARCHED_ROWS = 4000;
/** Enough to mend a table by; the first ones come with the fewest columns. */
const MOST = 10;

/**
 * Weighted sums of one, two or three columns that are the label in every row, none with a part that is one already. A missing value
 * counts as 0. Candidates come from partial correlations (Yule 1907) of all pairs and triples, p³/6 of some ten operations each.
 * @param known columns that are the label by themselves; left out.
 */
export function linearIdentities(rows: ExampleRows, known: ReadonlySet<string>): LinearIdentity[] {
  const { matrix, labels } = rows;
  const sample = sampleRows(rows, SEARCHED_ROWS);
  const columns = matrix.names.flatMap((name, j) => {
    if (known.has(name) || matrix.levels?.[j]) return [];
    const standard = standardised(withoutMissing(sample.matrix.columns[j]));
    return standard === undefined ? [] : [{ name, values: matrix.columns[j], standard }];
  });
  const label = standardised(Float64Array.from(sample.labels));
  if (label === undefined) return [];
  const found: LinearIdentity[] = [];
  const seen: number[][] = [];
  for (const members of candidates(
    columns.map(({ standard }) => standard),
    label,
  )) {
    if (found.length === MOST) break;
    if (seen.some((fewer) => fewer.every((j) => members.includes(j)))) continue;
    const values = members.map((j) => withoutMissing(columns[j].values));
    const identity = solveInRows(values, labels, TOLERANCE);
    if (identity === undefined) continue;
    seen.push(members);
    found.push({ features: members.map((j) => columns[j].name), ...identity });
  }
  return found;
}

/** Sets of columns whose sums explain nearly all of the label, smaller sets first. */
function candidates(columns: readonly Float64Array[], label: Float64Array): number[][] {
  const p = columns.length;
  const r = columns.map((a, i) => columns.map((b, k) => (k < i ? 0 : dot(a, b))));
  for (let i = 0; i < p; i++) for (let k = 0; k < i; k++) r[i][k] = r[k][i];
  const y = columns.map((a) => dot(a, label));
  const [ones, twos, threes]: number[][][] = [[], [], []];
  const yi = new Float64Array(p);
  const vi = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    const ri = r[i];
    const one = y[i] * y[i];
    if (one > CANDIDATE) ones.push([i]);
    for (let k = i + 1; k < p; k++) {
      yi[k] = y[k] - y[i] * ri[k];
      vi[k] = 1 - ri[k] * ri[k];
    }
    for (let j = i + 1; j < p; j++) {
      if (vi[j] < LEAST_VARIANCE) continue;
      const two = one + (yi[j] * yi[j]) / vi[j];
      if (two > CANDIDATE) twos.push([i, j]);
      const rj = r[j];
      for (let k = j + 1; k < p; k++) {
        const covariance = rj[k] - ri[j] * ri[k];
        const variance = vi[k] - (covariance * covariance) / vi[j];
        if (variance < LEAST_VARIANCE) continue;
        const slope = yi[k] - (yi[j] * covariance) / vi[j];
        if (two + (slope * slope) / variance > CANDIDATE) threes.push([i, j, k]);
      }
    }
  }
  return [...ones, ...twos, ...threes];
}

/** Mean 0 and sum of squares 1; undefined for a constant. */
function standardised(values: Float64Array): Float64Array | undefined {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = values.map((value) => value - mean);
  const norm = Math.sqrt(dot(centred, centred));
  return norm > 1e-12 * Math.max(1, Math.abs(mean)) ? centred.map((value) => value / norm) : undefined;
}

function withoutMissing(values: Float64Array): Float64Array {
  return values.map((value) => (Number.isNaN(value) ? 0 : value));
}
