import type { SlicePart } from './partition.ts';

/**
 * The lines of a slice in the order of time. Lines of the same second stand in the order of their listeners, because
 * the parts do: how many parts there are makes no difference.
 *
 * @param parts at least one, all of the same slice.
 * @param spare a buffer to use if it is large enough.
 * @returns the lines; with one part its own bytes.
 */
export function mergeParts(
  parts: readonly SlicePart[],
  spare: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  if (parts.length === 1) return parts[0].bytes;
  const total = parts.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const merged = spare.length >= total ? spare : new Uint8Array(total + (total >> 2));
  const seconds = parts[0].ends.length;
  const done = new Float64Array(parts.length);
  let at = 0;
  for (let second = 0; second < seconds; second++) {
    for (let p = 0; p < parts.length; p++) {
      const end = parts[p].ends[second];
      const begin = done[p];
      if (end === begin) continue;
      merged.set(parts[p].bytes.subarray(begin, end), at);
      at += end - begin;
      done[p] = end;
    }
  }
  return merged.subarray(0, total);
}
