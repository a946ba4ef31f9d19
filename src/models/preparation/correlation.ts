/** A column to drop for its correlation `r` with one that is kept. */
export interface Correlated {
  readonly column: number;
  readonly of: number;
  readonly r: number;
}

/** Rows that correlations are measured on, at even distances: their standard error is then .01 at most. */
const SAMPLE_ROWS = 10_000;

/**
 * Groups of columns that say nearly the same: going through the columns in order, each joins the first that leads a group and
 * with which its Pearson correlation, missing values at the mean, is at least `limit` either way, or else leads a new
 * group. Columns that lead are kept.
 */
export function correlatedColumns(
  columns: readonly Float64Array[],
  candidates: readonly number[],
  limit: number,
): Correlated[] {
  const leaders: { readonly at: number; readonly unit: Float64Array }[] = [];
  const found: Correlated[] = [];
  for (const at of candidates) {
    const unit = unitVector(columns[at]);
    const rs = leaders.map((leader) => dot(leader.unit, unit));
    const k = rs.findIndex((r) => Math.abs(r) >= limit - 1e-12);
    if (k >= 0) found.push({ column: at, of: leaders[k].at, r: rs[k] });
    else leaders.push({ at, unit });
  }
  return found;
}

/** The sampled column less its mean, of length 1; all 0 where it does not vary. */
function unitVector(column: Float64Array): Float64Array {
  const size = Math.min(column.length, SAMPLE_ROWS);
  const sample = Float64Array.from(
    { length: size },
    (_, k) => column[Math.floor((k * column.length) / size)],
  );
  const largest = sample.reduce((max, x) => (Number.isNaN(x) ? max : Math.max(max, Math.abs(x))), 0);
  const scaled = sample.map((x) => x / largest);
  const present = scaled.filter((x) => !Number.isNaN(x));
  const mean = present.reduce((sum, x) => sum + x, 0) / present.length;
  const centred = scaled.map((x) => (Number.isNaN(x) ? 0 : x - mean));
  const length = Math.sqrt(dot(centred, centred));
  return length > 0 ? centred.map((x) => x / length) : centred.fill(0);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}
