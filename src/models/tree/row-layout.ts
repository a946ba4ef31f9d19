import { alone, type Team } from '../../threads/team.ts';
import type { BinnedColumns } from './bins.ts';
import { BoostingKernel, PICK } from './boosting-kernel.ts';

/**
 * Some rows' bins of some features, row after row in the kernel's memory, for histograms over many features at once: each as a
 * global id, base + bin. A feature's bin that most rows have is left out, where they are many: its sums are what the node's
 * others leave. Rows are padded to a multiple of four with id 0, which no bin has.
 */
export interface RowLayout {
  /** The rows that are laid out, ascending. */
  readonly rows: Int32Array;
  /** Those that this member of the team sums. */
  readonly features: Int32Array;
  readonly kernel: BoostingKernel;
  /** By feature: the bin that is left out; −1 where none is. */
  readonly omitted: Int32Array;
  /** By feature: the global id of its bin 0. */
  readonly base: Int32Array;
  /** Global ids, with id 0. */
  readonly size: number;
}

/** A kernel with the bins of the whole. */
export interface Layouts {
  readonly kernel: BoostingKernel;
  /** Lays out rows and features, both ascending; each layout overwrites the one before. */
  readonly layOut: (rows: Int32Array, features: Int32Array) => RowLayout;
}

/**
 * What lays out at most so many rows and features, of which every member of the team lays out those that fall to it, with room for
 * so many histograms at a time. All features' bins are first put side by side, row after row, so that a tree that draws a few of
 * them reads memory in its order.
 */
export function createLayouts(
  binned: BinnedColumns,
  most: { readonly rows: number; readonly features: number; readonly histograms: number },
  team: Team = alone,
): Layouts {
  const omitted = Int32Array.from(binned.bins, commonBin);
  const binCounts = Int32Array.from(binned.features, ({ binCount }) => binCount);
  const kernel = new BoostingKernel({
    rows: binned.rows,
    features: binCounts.length,
    ids: most.rows * mostIds(Math.ceil(most.features / team.size)),
    bins: binCounts.reduce((sum, count) => sum + count, 1),
    histograms: most.histograms,
  });
  putSideBySide(binned, kernel.side);
  binned.bins.forEach((bins, f) => {
    kernel.columns[f].set(bins);
  });
  const isOrdered = binned.features.map(({ kind }) => kind === 'number');
  const layOut = (rows: Int32Array, features: Int32Array): RowLayout => {
    const own = features.filter((_, k) => k % team.size === team.member);
    const base = new Int32Array(binCounts.length);
    let size = 1;
    own.forEach((f, k) => {
      base[f] = size;
      size += binCounts[f];
      kernel.picks.set([f, base[f], omitted[f], binCounts[f], isOrdered[f] ? 1 : 0], PICK * k);
    });
    kernel.order.set(rows);
    kernel.layOut(rows.length, own.length);
    return { rows, features: own, kernel, omitted, base, size };
  };
  return { kernel, layOut };
}

/** The features whose bins differ between rows: no other can be split on. */
export function varyingFeatures({ bins }: BinnedColumns, rows: Int32Array): Int32Array {
  return Int32Array.from(bins.keys()).filter((f) => rows.some((row) => bins[f][row] !== bins[f][rows[0]]));
}

/** Rows that are transposed together, so that they stay in the cache from feature to feature. */
const BLOCK = 256;

function putSideBySide({ rows, bins }: BinnedColumns, side: Uint8Array): void {
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(start + BLOCK, rows);
    for (let f = 0; f < bins.length; f++) scatter(bins[f], start, end, side, f, bins.length);
  }
}

function scatter(
  bins: Uint8Array,
  start: number,
  end: number,
  side: Uint8Array,
  f: number,
  stride: number,
): void {
  for (let i = start; i < end; i++) side[i * stride + f] = bins[i];
}

/** Of a row: the kernel pads to a multiple of four, and by four more where that is a multiple of 128. */
function mostIds(features: number): number {
  return ((features + 3) & ~3) + 4;
}

/** A bin is left out that so many of the rows have: restoring it must cost less than summing it. */
const COMMON = 0.3;

/** The bin that most rows have, where they are many; else −1. */
function commonBin(bins: Uint8Array): number {
  const counts = new Int32Array(256);
  for (let i = 0; i < bins.length; i++) counts[bins[i]]++;
  let most = 0;
  for (let bin = 1; bin < 256; bin++) if (counts[bin] > counts[most]) most = bin;
  return counts[most] > COMMON * bins.length ? most : -1;
}
