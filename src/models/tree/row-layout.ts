import { alone, type Team } from '../../threads/team.ts';
import type { BinnedColumns } from './bins.ts';

/**
 * Binned rows, row after row, for histograms over many features at once: row i's bins stand at starts[i] …
 * starts[i + 1] − 1, each as a global id, base + bin. A feature's bin that most rows have is left out, where they are
 * many: its sums are what the node's others leave. Rows are padded to a multiple of four with id 0, which no bin has.
 */
export interface RowLayout {
  /** Rows of the whole, ascending: what the layout calls row i is rows[i]. */
  readonly rows: Int32Array;
  /** Those that this member of the team sums. */
  readonly features: Int32Array;
  readonly ids: Uint16Array | Uint32Array;
  readonly starts: Int32Array;
  /** By feature: the bin that is left out; −1 where none is. */
  readonly omitted: Int32Array;
  /** By feature: the global id of its bin 0. */
  readonly base: Int32Array;
  /** Global ids, with id 0. */
  readonly size: number;
  /** By feature: how many bins it has, with bin 0. */
  readonly binCounts: Int32Array;
  /** By feature that any member lays out: the bins of the layout's rows. */
  readonly bins: readonly Uint8Array[];
}

/** Memory for layouts, one after the other: each overwrites the one before. */
export interface LayoutRoom {
  readonly ids: Uint16Array | Uint32Array;
  readonly starts: Int32Array;
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
    ids: new Ids(rows * padded(Math.ceil(features / team.size))),
    starts: new Int32Array(rows + 1),
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
  const { ids, starts, bins } = room;
  if (bins !== binned.bins) for (const f of own) gather(binned.bins[f], rows, bins[f]);
  const omitted = new Int32Array(binned.features.length).fill(-1);
  for (const f of own) omitted[f] = commonBin(bins[f], rows.length);
  const cursors = new Int32Array(BLOCK);
  starts[0] = 0;
  for (let start = 0; start < rows.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, rows.length);
    cursors.fill(0);
    for (const f of own) countKept(bins[f], start, end, omitted[f], cursors);
    for (let i = start; i < end; i++) starts[i + 1] = starts[i] + padded(cursors[i - start]);
    ids.fill(0, starts[start], starts[end]);
    for (let i = start; i < end; i++) cursors[i - start] = starts[i];
    for (const f of own) layOut(bins[f], start, end, omitted[f], base[f], ids, cursors);
  }
  team.meet();
  const binCounts = Int32Array.from(binned.features, ({ binCount }) => binCount);
  return { rows, features: own, ids, starts, omitted, base, size, binCounts, bins };
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

/** Ids of a row with padding. Rows a multiple of 256 bytes apart would share few cache sets: they get four more. */
function padded(count: number): number {
  const whole = Math.max(4, (count + 3) & ~3);
  return whole % 128 === 0 ? whole + 4 : whole;
}

function gather(from: Uint8Array, rows: Int32Array, bins: Uint8Array): void {
  for (let i = 0; i < rows.length; i++) bins[i] = from[rows[i]];
}

/** A bin is left out that so many of the rows have: restoring it must cost less than summing it. */
const COMMON = 0.3;

/** The bin that most rows have, where they are many; else −1. */
function commonBin(bins: Uint8Array, rows: number): number {
  const counts = new Int32Array(256);
  for (let i = 0; i < rows; i++) counts[bins[i]]++;
  let most = 0;
  for (let bin = 1; bin < 256; bin++) if (counts[bin] > counts[most]) most = bin;
  return counts[most] > COMMON * rows ? most : -1;
}

function countKept(bins: Uint8Array, start: number, end: number, omitted: number, counts: Int32Array): void {
  for (let i = start; i < end; i++) counts[i - start] += bins[i] === omitted ? 0 : 1;
}

/** Writes the feature's ids at the rows' cursors, and moves these. */
function layOut(
  bins: Uint8Array,
  start: number,
  end: number,
  omitted: number,
  base: number,
  ids: Uint16Array | Uint32Array,
  cursors: Int32Array,
): void {
  for (let i = start; i < end; i++) {
    const bin = bins[i];
    if (bin !== omitted) ids[cursors[i - start]++] = base + bin;
  }
}
