/** What was packed as gzipped JSON in base64. @param revive as `JSON.parse` has it. */
export async function unpack<T>(
  base64: string,
  revive?: (key: string, value: unknown) => unknown,
): Promise<T> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text(), revive);
}

/** A column of numbers, in which JSON writes NaN as `null`. */
export function numbers(column: readonly (number | null)[]): Float64Array {
  return Float64Array.from(column, (value) => value ?? Number.NaN);
}
