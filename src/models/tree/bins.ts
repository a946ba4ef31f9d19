import { createRandom } from '../../random.ts';
import { alone, type Team } from '../../threads/team.ts';
import type { Matrix } from '../matrix.ts';
import { binEdges } from './bin-edges.ts';
import { binLevels } from './bin-levels.ts';
import { binsKernel } from './bins-kernel.ts';
import { countValues } from './count-values.ts';

/** Columns of bin numbers: 0 where the value is missing. */
export interface BinnedColumns {
  readonly rows: number;
  readonly bins: readonly Uint8Array[];
  readonly features: readonly BinnedFeature[];
}

/** How the bins of a feature come from its values. */
export type BinnedFeature =
  /** `edges[b − 1]` is the largest value of bin b; one bin more holds what is above all edges. */
  | { readonly kind: 'number'; readonly edges: Float64Array; readonly binCount: number }
  /** By level: its bin. */
  | { readonly kind: 'category'; readonly binOf: Uint8Array; readonly binCount: number };

/** The rows that edges are chosen from: more move no edge by as much as a bin is wide. */
const SAMPLE_ROWS = 50_000;

/** A matrix that is to be binned. */
type Binnable = Pick<Matrix, 'rows' | 'columns' | 'levels'>;

/** Bins by all rows, of matrices that nobody changes; undefined until they are asked for. */
const kept = new WeakMap<Binnable, BinnedColumns | undefined>();

/** From now on the matrix is binned once, however many learners ask. @param matrix nobody must change it any more. */
export function keepBins(matrix: Binnable): void {
  if (!kept.has(matrix)) kept.set(matrix, undefined);
}

/**
 * Bins columns of finite or missing values.
 * @param among the rows that bins are chosen by, ascending; by default all.
 */
export function binColumns(
  matrix: Binnable,
  among: Int32Array = everyRow(matrix.rows),
  team: Team = alone,
): BinnedColumns {
  const isKept = kept.has(matrix) && among.length === matrix.rows && team.size === 1;
  if (!isKept) return bin(matrix, among, team);
  const bins = kept.get(matrix) ?? bin(matrix, among, team);
  kept.set(matrix, bins);
  return bins;
}

function bin({ rows, columns, levels }: Binnable, among: Int32Array, team: Team): BinnedColumns {
  const memory = team.allocate(rows * columns.length);
  const bins = columns.map((_, f) => new Uint8Array(memory, f * rows, rows));
  const sample = sampleOf(among);
  const own = columns.map((column, f) => {
    if (f % team.size !== team.member) return undefined;
    const ofFeature = levels?.[f];
    return ofFeature
      ? binCategory(column, ofFeature.length, among, bins[f])
      : binNumber(column, sample, bins[f]);
  });
  const gathered = team.gather(own);
  return { rows, bins, features: gathered[0].map((_, f) => gathered[f % team.size][f] ?? missing(f)) };
}

export function everyRow(rows: number): Int32Array {
  const every = new Int32Array(rows);
  for (let i = 0; i < rows; i++) every[i] = i;
  return every;
}

function missing(feature: number): never {
  throw new Error(`Feature ${feature} was not binned.`);
}

function binCategory(
  column: Float64Array,
  levels: number,
  among: Int32Array,
  bins: Uint8Array,
): BinnedFeature {
  const { binOf, binCount } = binLevels(column, levels, among);
  for (let i = 0; i < bins.length; i++) {
    const code = column[i];
    bins[i] = Number.isNaN(code) ? 0 : binOf[code];
  }
  return { kind: 'category', binOf, binCount };
}

function binNumber(column: Float64Array, sample: Int32Array, bins: Uint8Array): BinnedFeature {
  const edges = binEdges(countValues(column, sample));
  binsKernel().fillBins(column, edges, bins);
  return { kind: 'number', edges, binCount: edges.length + 2 };
}

/** All rows, or one drawn from each of 50,000 equal stretches of them. */
function sampleOf(rows: Int32Array): Int32Array {
  const count = rows.length;
  if (count <= SAMPLE_ROWS) return rows;
  const random = createRandom(count);
  return Int32Array.from(
    { length: SAMPLE_ROWS },
    (_, k) => rows[Math.floor(((k + random.float()) * count) / SAMPLE_ROWS)],
  );
}
