import type { Gradients } from './gradients.ts';
import type { RowLayout } from './row-layout.ts';
import type { Sums } from './split.ts';

/** Puts the gradients of the layout's rows where `fillHistogram` finds them: before the first histogram of a tree. */
export function loadGradients({ rows, kernel: { gradients } }: RowLayout, { g, v }: Gradients): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    gradients[2 * row] = g[row];
    gradients[2 * row + 1] = v[row];
  }
}

/**
 * Sums of g and v by global bin id over rows order[start … end − 1]: g of id k at 2k, v at 2k + 1.
 * @param totals of these rows.
 */
export function fillHistogram(
  histogram: Float64Array,
  layout: RowLayout,
  order: Int32Array,
  start: number,
  end: number,
  totals: Sums,
): void {
  const { kernel, size } = layout;
  kernel.rows.set(order.subarray(start, end));
  kernel.sum(end - start, size);
  histogram.set(kernel.histogram.subarray(0, 2 * size));
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
