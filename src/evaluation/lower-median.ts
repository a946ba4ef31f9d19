/** The lower median of the values that are there, NaN being none; NaN where none is. */
export function lowerMedian(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return known[(known.length - 1) >> 1] ?? Number.NaN;
}
