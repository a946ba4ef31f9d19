/** A double as a literal that DuckDB and Spark read as the same double; without an exponent Spark takes it for a decimal. */
export function double(x: number): string {
  if (Number.isFinite(x)) return x < 0 ? `(${x.toExponential()})` : x.toExponential();
  return `cast('${x}' as double)`;
}
