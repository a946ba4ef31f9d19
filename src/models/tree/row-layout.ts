import { alone, partOf, type Team } from '../../threads/team.ts';
import type { BinnedColumns } from './bins.ts';

/**
 * Some rows' bins of some features, row after row, for histograms over many features at once: row i's bins stand at
 * starts[i] … ends[i] − 1, each as a global id, base + bin. A feature's bin that most rows have is left out, where they are
 * many: its sums are what the node's others leave. Rows are padded to a multiple of four with id 0, which no bin has.
 */
export interface RowLayout {
  /** The rows that are laid out, ascending. */
  readonly rows: Int32Array;
  /** Those that this member of the team sums. */
  readonly features: Int32Array;
  readonly ids: Uint16Array | Uint32Array;
  /** By row of the whole; meaningless where it is not laid out. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** By feature: the bin that is left out; −1 where none is. */
  readonly omitted: Int32Array;
  /** By feature: the global id of its bin 0. */
  readonly base: Int32Array;
  /** Global ids, with id 0. */
  readonly size: number;
  /** By feature: how many bins it has, with bin 0. */
  readonly binCounts: Int32Array;
}

/** Lays out rows and features, both ascending; each layout overwrites the one before. */
export type LayOut = (rows: Int32Array, features: Int32Array) => RowLayout;

/**
 * What lays out at most so many rows and features, of which every member of the team lays out those that fall to it. All
 * features' bins are first put side by side, row after row, so that a tree that draws a few of them reads memory in its order.
 */
export function createLayOut(
  binned: BinnedColumns,
  most: { readonly rows: number; readonly features: number },
  team: Team = alone,
): LayOut {
  const side = sideBySide(binned, team);
  const omitted = Int32Array.from(binned.bins, commonBin);
  const binCounts = Int32Array.from(binned.features, ({ binCount }) => binCount);
  const allBins = binCounts.reduce((sum, count) => sum + count, 1);
  const ids = new (allBins <= 65_536 ? Uint16Array : Uint32Array)(
    most.rows * padded(Math.ceil(most.features / team.size)),
  );
  const starts = new Int32Array(binned.rows);
  const ends = new Int32Array(binned.rows);
  return (rows, features) => {
    const own = features.filter((_, k) => k % team.size === team.member);
    const { base, size } = assignIds(binCounts, own);
    fillIds(ids, starts, ends, side, binCounts.length, rows, own, base, omitted);
    return { rows, features: own, ids, starts, ends, omitted, base, size, binCounts };
  };
}

/** The features whose bins differ between rows: no other can be split on. */
export function varyingFeatures({ bins }: BinnedColumns, rows: Int32Array): Int32Array {
  return Int32Array.from(bins.keys()).filter((f) => rows.some((row) => bins[f][row] !== bins[f][rows[0]]));
}

/** Rows that are transposed together, so that they stay in the cache from feature to feature. */
const BLOCK = 256;

/** Feature f's bin of row i at i · features + f, in memory that the team shares. */
function sideBySide({ rows, bins }: BinnedColumns, team: Team): Uint8Array {
  const stride = bins.length;
  const side = new Uint8Array(team.allocate(rows * stride));
  const [first, last] = partOf(team, rows);
  for (let start = first; start < last; start += BLOCK) {
    const end = Math.min(start + BLOCK, last);
    for (let f = 0; f < stride; f++) scatter(bins[f], start, end, side, f, stride);
  }
  team.meet();
  return side;
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

function assignIds(binCounts: Int32Array, own: Int32Array): { base: Int32Array; size: number } {
  const base = new Int32Array(binCounts.length);
  let size = 1;
  for (const f of own) {
    base[f] = size;
    size += binCounts[f];
  }
  return { base, size };
}

function fillIds(
  ids: Uint16Array | Uint32Array,
  starts: Int32Array,
  ends: Int32Array,
  side: Uint8Array,
  stride: number,
  rows: Int32Array,
  features: Int32Array,
  base: Int32Array,
  omitted: Int32Array,
): void {
  const bases = features.map((f) => base[f]);
  const leftOut = features.map((f) => omitted[f]);
  let at = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const first = row * stride;
    const start = at;
    for (let k = 0; k < features.length; k++) {
      const bin = side[first + features[k]];
      ids[at] = bases[k] + bin;
      at += bin === leftOut[k] ? 0 : 1;
    }
    const end = start + padded(at - start);
    // Not by fill, whose call costs more than what it does here.
    for (; at < end; at++) ids[at] = 0;
    starts[row] = start;
    ends[row] = end;
  }
}

/** Ids of a row with padding. Rows a multiple of 256 bytes apart would share few cache sets: they get four more. */
function padded(count: number): number {
  const whole = Math.max(4, (count + 3) & ~3);
  return whole % 128 === 0 ? whole + 4 : whole;
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
