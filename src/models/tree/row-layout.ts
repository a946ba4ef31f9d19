import type { BinnedColumns } from './bins.ts';

/**
 * Binned rows, row after row, for histograms over all features at once: row i's bins stand at i · stride …,
 * each as a global id, base + bin. Rows are padded with id 0, which no bin has.
 */
export interface RowLayout {
  /** Rows of the whole, ascending: what the layout calls row i is rows[i]. */
  readonly rows: Int32Array;
  readonly features: Int32Array;
  readonly ids: Uint16Array | Uint32Array;
  /** A multiple of four. */
  readonly stride: number;
  /** By feature: the global id of its bin 0. */
  readonly base: Int32Array;
  /** By feature: how many bins it has, with bin 0. */
  readonly binCounts: Int32Array;
  /** Global ids, with id 0. */
  readonly size: number;
  /** By feature: the bins of the layout's rows; empty where the feature is not laid out. */
  readonly bins: readonly Uint8Array[];
}

/** Rows that are laid out together, so that they stay in the cache from feature to feature. */
const BLOCK = 512;

/** Lays out some rows and features of binned columns. */
export function layOutRows(binned: BinnedColumns, rows: Int32Array, features: Int32Array): RowLayout {
  const binCounts = Int32Array.from(binned.edges, (edges) => edges.length + 2);
  const { base, size } = assignIds(features, binCounts);
  const stride = strideFor(features.length);
  const ids = new (size <= 65_536 ? Uint16Array : Uint32Array)(rows.length * stride);
  const bins: Uint8Array[] = binned.bins.map(() => NO_BINS);
  for (const f of features) bins[f] = new Uint8Array(rows.length);
  for (let start = 0; start < rows.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, rows.length);
    for (let k = 0; k < features.length; k++) {
      const f = features[k];
      layOut(binned.bins[f], rows, start, end, bins[f], ids, stride, k, base[f]);
    }
  }
  return { rows, features, ids, stride, base, binCounts, size, bins };
}

/** The features whose bins differ between rows: no other can be split on. */
export function varyingFeatures({ bins }: BinnedColumns): Int32Array {
  return Int32Array.from(bins.keys()).filter((f) => bins[f].some((bin) => bin !== bins[f][0]));
}

const NO_BINS = new Uint8Array(0);

function assignIds(features: Int32Array, binCounts: Int32Array): { base: Int32Array; size: number } {
  const base = new Int32Array(binCounts.length);
  let size = 1;
  for (const f of features) {
    base[f] = size;
    size += binCounts[f];
  }
  return { base, size };
}

/** Rows a multiple of 256 bytes apart would share few cache sets: they get four more ids. */
function strideFor(features: number): number {
  const padded = Math.max(4, (features + 3) & ~3);
  return padded % 128 === 0 ? padded + 4 : padded;
}

function layOut(
  from: Uint8Array,
  rows: Int32Array,
  start: number,
  end: number,
  bins: Uint8Array,
  ids: Uint16Array | Uint32Array,
  stride: number,
  place: number,
  base: number,
): void {
  for (let i = start, at = start * stride + place; i < end; i++, at += stride) {
    const bin = from[rows[i]];
    bins[i] = bin;
    ids[at] = base + bin;
  }
}
