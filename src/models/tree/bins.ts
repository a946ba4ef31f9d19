import { createRandom } from '../../random.ts';
import { binEdges } from './bin-edges.ts';

/** Columns of bin numbers: 0 where the value is missing, else 1 + the number of edges below the value. */
export interface BinnedColumns {
  readonly rows: number;
  readonly bins: readonly Uint8Array[];
  /** By feature: `edges[b − 1]` is the largest value of bin b. */
  readonly edges: readonly Float64Array[];
}

/** The rows that edges are chosen from: more move no edge by as much as a bin is wide. */
const SAMPLE_ROWS = 50_000;

/** Bins columns of finite or missing values. */
export function binColumns(columns: readonly Float64Array[]): BinnedColumns {
  const rows = columns.length > 0 ? columns[0].length : 0;
  const sample = sampleRows(rows);
  const edges = columns.map((column) => binEdges(sortedSample(column, sample)));
  const bins = columns.map((column, f) => binColumn(column, edges[f]));
  return { rows, bins, edges };
}

/** All rows, or one drawn from each of 50,000 equal stretches. */
function sampleRows(rows: number): Int32Array {
  if (rows <= SAMPLE_ROWS) return Int32Array.from({ length: rows }, (_, i) => i);
  const random = createRandom(rows);
  return Int32Array.from({ length: SAMPLE_ROWS }, (_, k) =>
    Math.floor(((k + random.float()) * rows) / SAMPLE_ROWS),
  );
}

function sortedSample(column: Float64Array, sample: Int32Array): Float64Array {
  const values = new Float64Array(sample.length);
  let size = 0;
  for (let k = 0; k < sample.length; k++) {
    const x = column[sample[k]];
    if (!Number.isNaN(x)) values[size++] = x + 0;
  }
  return values.subarray(0, size).sort();
}

/** Binary search in eight steps over edges padded to 255, with no branch to mispredict. */
function binColumn(column: Float64Array, edges: Float64Array): Uint8Array {
  const padded = new Float64Array(255).fill(Number.POSITIVE_INFINITY);
  padded.set(edges);
  const bins = new Uint8Array(column.length);
  for (let i = 0; i < column.length; i++) {
    const x = column[i];
    if (Number.isNaN(x)) continue;
    let below = 0;
    below += padded[below + 127] < x ? 128 : 0;
    below += padded[below + 63] < x ? 64 : 0;
    below += padded[below + 31] < x ? 32 : 0;
    below += padded[below + 15] < x ? 16 : 0;
    below += padded[below + 7] < x ? 8 : 0;
    below += padded[below + 3] < x ? 4 : 0;
    below += padded[below + 1] < x ? 2 : 0;
    below += padded[below] < x ? 1 : 0;
    bins[i] = below + 1;
  }
  return bins;
}
