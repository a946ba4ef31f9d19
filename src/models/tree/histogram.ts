import type { Gradients } from './gradients.ts';
import type { RowLayout } from './row-layout.ts';
import type { Sums } from './split.ts';

/** Rows whose cache lines are asked for before any of them is added: the misses then overlap. */
const TOUCH = 32;

/**
 * Sums of g and v by global bin id over rows order[start … end − 1]: g of id k at 2k, v at 2k + 1.
 * @param total the sums over those rows, from which each feature's commonest bin follows.
 */
export function fillHistogram(
  histogram: Float64Array,
  layout: RowLayout,
  gradients: Gradients,
  order: Int32Array,
  start: number,
  end: number,
  total: Sums,
): void {
  histogram.fill(0);
  addRows(histogram, layout.ids, layout.offsets, gradients.g, gradients.v, order, start, end);
  restoreCommonest(histogram, layout, total);
}

/** Turns the histogram of a node into that of one child, given the other child's. */
export function subtractHistogram(histogram: Float64Array, other: Float64Array): void {
  for (let k = 0; k < histogram.length; k++) histogram[k] -= other[k];
}

/** @returns a sum of what was touched, so that touching is not optimised away. */
function addRows(
  histogram: Float64Array,
  ids: Uint16Array | Uint32Array,
  offsets: Uint32Array,
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
      touched += ids[offsets[row]] + ids[offsets[row + 1] - 1];
    }
    for (let i = from; i < to; i++) {
      const row = order[i];
      const g = gs[row];
      const v = vs[row];
      const last = offsets[row + 1];
      for (let k = offsets[row]; k < last; k += 4) {
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

function restoreCommonest(histogram: Float64Array, layout: RowLayout, total: Sums): void {
  const { features, base, bins, commonest } = layout;
  for (let n = 0; n < features.length; n++) {
    const f = features[n];
    const end = 2 * (base[f] + bins[f]);
    let g = 0;
    let v = 0;
    for (let k = 2 * base[f]; k < end; k += 2) {
      g += histogram[k];
      v += histogram[k + 1];
    }
    const at = 2 * (base[f] + commonest[f]);
    histogram[at] = total.g - g;
    histogram[at + 1] = total.v - v;
  }
}
