import { alone, type Team } from '../../threads/team.ts';
import type { BinnedColumns } from './bins.ts';

/**
 * Binned rows, row after row, for histograms over many features at once: row i's bins stand at i · stride …, each as a
 * global id, base + bin. Rows are padded with id 0, which no bin has.
 */
export interface RowLayout {
  /** Rows of the whole, ascending: what the layout calls row i is rows[i]. */
  readonly rows: Int32Array;
  /** Those that this member of the team sums. */
  readonly features: Int32Array;
  readonly ids: Uint16Array | Uint32Array;
  /** A multiple of four. */
  readonly stride: number;
  /** By feature: the global id of its bin 0. */
  readonly base: Int32Array;
  /** Global ids, with id 0. */
  readonly size: number;
  /** By feature that any member lays out: the bins of the layout's rows. */
  readonly bins: readonly Uint8Array[];
}

/** Memory for layouts, one after the other: each overwrites the one before. */
export interface LayoutRoom {
  readonly ids: Uint16Array | Uint32Array;
  /** By feature; the members of the team share them. */
  readonly bins: readonly Uint8Array[];
}

/** Room for layouts of at most so many rows and features. */
export function createLayoutRoom(
  binned: BinnedColumns,
  rows: number,
  features: number,
  team: Team = alone,
): LayoutRoom {
  const allBins = binned.features.reduce((sum, { binCount }) => sum + binCount, 1);
  const Ids = allBins <= 65_536 ? Uint16Array : Uint32Array;
  const copied = rows < binned.rows;
  const memory = team.allocate(copied ? rows * binned.bins.length : 0);
  return {
    ids: new Ids(rows * strideFor(Math.ceil(features / team.size))),
    bins: copied ? binned.bins.map((_, f) => new Uint8Array(memory, f * rows, rows)) : binned.bins,
  };
}

/** Rows that are laid out together, so that they stay in the cache from feature to feature. */
const BLOCK = 512;

/**
 * Lays out some rows of binned columns, and those of some features that fall to this member of the team, who meet before
 * anyone reads.
 */
export function layOutRows(
  binned: BinnedColumns,
  rows: Int32Array,
  features: Int32Array,
  room: LayoutRoom = createLayoutRoom(binned, rows.length, features.length),
  team: Team = alone,
): RowLayout {
  const own = features.filter((_, k) => k % team.size === team.member);
  const { base, size } = assignIds(binned, own);
  const stride = strideFor(own.length);
  const { ids, bins } = room;
  ids.fill(0, 0, rows.length * stride);
  const copied = bins !== binned.bins;
  for (let start = 0; start < rows.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, rows.length);
    for (let k = 0; k < own.length; k++) {
      const f = own[k];
      if (copied) gather(binned.bins[f], rows, start, end, bins[f]);
      layOut(bins[f], start, end, ids, stride, k, base[f]);
    }
  }
  team.meet();
  return { rows, features: own, ids, stride, base, size, bins };
}

/** The features whose bins differ between rows: no other can be split on. */
export function varyingFeatures({ bins }: BinnedColumns, rows: Int32Array): Int32Array {
  return Int32Array.from(bins.keys()).filter((f) => rows.some((row) => bins[f][row] !== bins[f][rows[0]]));
}

function assignIds({ features }: BinnedColumns, own: Int32Array): { base: Int32Array; size: number } {
  const base = new Int32Array(features.length);
  let size = 1;
  for (const f of own) {
    base[f] = size;
    size += features[f].binCount;
  }
  return { base, size };
}

/** Rows a multiple of 256 bytes apart would share few cache sets: they get four more ids. */
function strideFor(features: number): number {
  const padded = Math.max(4, (features + 3) & ~3);
  return padded % 128 === 0 ? padded + 4 : padded;
}

function gather(from: Uint8Array, rows: Int32Array, start: number, end: number, bins: Uint8Array): void {
  for (let i = start; i < end; i++) bins[i] = from[rows[i]];
}

function layOut(
  bins: Uint8Array,
  start: number,
  end: number,
  ids: Uint16Array | Uint32Array,
  stride: number,
  place: number,
  base: number,
): void {
  for (let i = start, at = start * stride + place; i < end; i++, at += stride) ids[at] = base + bins[i];
}
