/**
 * Moves a feature's histogram of draws to one as `scanCategory` reads it.
 * @param histograms as `ForestKernel.histograms`.
 * @param k the feature's place among those that were summed.
 * @param binCount the feature's bins.
 * @returns how many bins hold rows.
 */
export function unpack(
  histograms: Uint32Array,
  k: number,
  binCount: number,
  countUnit: number,
  histogram: Float64Array,
): number {
  let filled = 0;
  for (let bin = 0; bin < binCount; bin++) {
    const draws = histograms[512 * k + 2 * bin + 1];
    histogram[2 * bin] = histograms[512 * k + 2 * bin];
    histogram[2 * bin + 1] = draws * (countUnit + 1);
    filled += draws > 0 ? 1 : 0;
  }
  return filled;
}
