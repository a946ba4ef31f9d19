import type { BinnedColumns } from './bins.ts';

/**
 * Binned rows, row after row, for histograms over all features at once. Every bin of every feature has a global id; a
 * row lists the ids of its bins save those that are their feature's most frequent, whose sums follow from the totals. So dense
 * and sparse features share one layout, and sparse ones cost little.
 */
export interface RowLayout {
  /** Row i's ids stand at offsets[i] … offsets[i + 1] − 1, padded with id 0 to a multiple of four. */
  readonly ids: Uint16Array | Uint32Array;
  readonly offsets: Uint32Array;
  /** Features with more than one bin; no other can be split on. */
  readonly features: Int32Array;
  /** By feature: the global id of its bin 0. */
  readonly base: Int32Array;
  /** By feature: its bins, with bin 0. */
  readonly bins: Int32Array;
  /** By feature: the bin that no row lists. */
  readonly commonest: Uint8Array;
  /** Global ids, with id 0, which is padding. */
  readonly size: number;
}

/** Lays out binned columns by row. */
export function layOutRows(binned: BinnedColumns): RowLayout {
  const counts = binned.bins.map(countBins);
  const commonest = Uint8Array.from(counts, (count) =>
    count.indexOf(count.reduce((a, b) => Math.max(a, b), 0)),
  );
  const bins = Int32Array.from(binned.edges, (edges) => edges.length + 2);
  const features = Int32Array.from(bins.keys()).filter((f) => counts[f][commonest[f]] < binned.rows);
  const { base, size } = assignIds(features, bins);
  const offsets = rowOffsets(binned, features, commonest);
  const ids = new (size <= 65_536 ? Uint16Array : Uint32Array)(offsets[binned.rows]);
  fillIds(ids, offsets, binned, features, base, commonest);
  return { ids, offsets, features, base, bins, commonest, size };
}

function countBins(bins: Uint8Array): Int32Array {
  const counts = new Int32Array(256);
  for (let i = 0; i < bins.length; i++) counts[bins[i]]++;
  return counts;
}

function assignIds(features: Int32Array, bins: Int32Array): { base: Int32Array; size: number } {
  const base = new Int32Array(bins.length);
  let size = 1;
  for (const f of features) {
    base[f] = size;
    size += bins[f];
  }
  return { base, size };
}

/** At least four ids a row. Rows 256 bytes apart would fall on the same cache lines, so such rows get four more. */
function rowOffsets(binned: BinnedColumns, features: Int32Array, commonest: Uint8Array): Uint32Array {
  const lengths = new Uint32Array(binned.rows + 1);
  for (const f of features) {
    const bins = binned.bins[f];
    const common = commonest[f];
    for (let i = 0; i < bins.length; i++) lengths[i + 1] += bins[i] === common ? 0 : 1;
  }
  for (let i = 1; i <= binned.rows; i++) {
    let padded = Math.max(4, (lengths[i] + 3) & ~3);
    if (padded % 128 === 0) padded += 4;
    lengths[i] = lengths[i - 1] + padded;
  }
  return lengths;
}

function fillIds(
  ids: Uint16Array | Uint32Array,
  offsets: Uint32Array,
  binned: BinnedColumns,
  features: Int32Array,
  base: Int32Array,
  commonest: Uint8Array,
): void {
  const next = offsets.slice();
  for (const f of features) {
    const bins = binned.bins[f];
    const common = commonest[f];
    const first = base[f];
    for (let i = 0; i < bins.length; i++) {
      if (bins[i] !== common) ids[next[i]++] = first + bins[i];
    }
  }
}
