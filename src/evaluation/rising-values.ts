/** The known values of the rows with a label, rising; NaN is none. */
export function risingValues(values: Float64Array, labels: Uint8Array, label: 0 | 1): Float64Array {
  const chosen = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (labels[i] === label && !Number.isNaN(value)) chosen[n++] = value;
  }
  return chosen.slice(0, n).sort();
}
