import type { Gradients } from './gradients.ts';
import type { RowLayout } from './row-layout.ts';

/** Rows whose cache lines are asked for before any of them is added: the misses then overlap. */
const TOUCH = 32;

/** Sums of g and v by global bin id over rows order[start … end − 1]: g of id k at 2k, v at 2k + 1. */
export function fillHistogram(
  histogram: Float64Array,
  layout: RowLayout,
  gradients: Gradients,
  order: Int32Array,
  start: number,
  end: number,
): void {
  histogram.fill(0, 0, 2 * layout.size);
  addRows(histogram, layout.ids, layout.stride, gradients.g, gradients.v, order, start, end);
}

/** Turns the histogram of a node into that of one child, given the other child's. */
export function subtractHistogram(histogram: Float64Array, other: Float64Array, { size }: RowLayout): void {
  for (let k = 0; k < 2 * size; k++) histogram[k] -= other[k];
}

/** @returns a sum of what was touched, so that touching is not optimised away. */
function addRows(
  histogram: Float64Array,
  ids: Uint16Array | Uint32Array,
  stride: number,
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
      const first = order[i] * stride;
      touched += ids[first] + ids[first + stride - 1];
    }
    for (let i = from; i < to; i++) {
      const row = order[i];
      const g = gs[row];
      const v = vs[row];
      const last = (row + 1) * stride;
      for (let k = row * stride; k < last; k += 4) {
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
