import type { Gradients } from './gradients.ts';
import type { RowLayout } from './row-layout.ts';
import type { Sums } from './split.ts';

/** Rows whose cache lines are asked for before any of them is added: the misses then overlap. */
const TOUCH = 32;

/**
 * Sums of g and v by global bin id over rows order[start … end − 1]: g of id k at 2k, v at 2k + 1.
 * @param totals of these rows.
 */
export function fillHistogram(
  histogram: Float64Array,
  layout: RowLayout,
  gradients: Gradients,
  order: Int32Array,
  start: number,
  end: number,
  totals: Sums,
): void {
  histogram.fill(0, 0, 2 * layout.size);
  const { ids, starts, ends } = layout;
  addRows(histogram, ids, starts, ends, gradients.g, gradients.v, order, start, end);
  restoreOmitted(histogram, layout, totals);
}

/** Gives the bins that are left out what the feature's others leave of the totals. */
function restoreOmitted(
  histogram: Float64Array,
  { features, omitted, base, binCounts }: RowLayout,
  { g, v }: Sums,
): void {
  for (const f of features) {
    if (omitted[f] < 0) continue;
    let restG = g;
    let restV = v;
    const end = 2 * (base[f] + binCounts[f]);
    for (let at = 2 * base[f]; at < end; at += 2) {
      restG -= histogram[at];
      restV -= histogram[at + 1];
    }
    histogram[2 * (base[f] + omitted[f])] = restG;
    histogram[2 * (base[f] + omitted[f]) + 1] = restV;
  }
}

/** Turns the histogram of a node into that of one child, given the other child's. */
export function subtractHistogram(histogram: Float64Array, other: Float64Array, { size }: RowLayout): void {
  for (let k = 0; k < 2 * size; k++) histogram[k] -= other[k];
}

/** @returns a sum of what was touched, so that touching is not optimised away. */
function addRows(
  histogram: Float64Array,
  ids: Uint16Array | Uint32Array,
  starts: Int32Array,
  ends: Int32Array,
  gs: Float64Array,
  vs: Float64Array,
  order: Int32Array,
  start: number,
  end: number,
): number {
  let touched = 0;
  for (let from = start; from < end; from += TOUCH) {
    const to = Math.min(from + TOUCH, end);
    for (let i = from; i < to; i++) {
      const row = order[i];
      touched += ids[starts[row]] + ids[ends[row] - 1];
    }
    for (let i = from; i < to; i++) {
      const row = order[i];
      const g = gs[row];
      const v = vs[row];
      const last = ends[row];
      for (let k = starts[row]; k < last; k += 4) {
        const a = 2 * ids[k];
        histogram[a] += g;
        histogram[a + 1] += v;
        const b = 2 * ids[k + 1];
        histogram[b] += g;
        histogram[b + 1] += v;
        const c = 2 * ids[k + 2];
        histogram[c] += g;
        histogram[c + 1] += v;
        const d = 2 * ids[k + 3];
        histogram[d] += g;
        histogram[d + 1] += v;
      }
    }
  }
  return touched;
}
