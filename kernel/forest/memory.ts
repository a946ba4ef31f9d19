/*
 * Where stands what forests alone read. A row's draws are the upper 32 bits of a number and those of them that are lost the lower ones,
 * so that one addition counts both.
 */

/** Features whose histograms are summed in one pass. */
export const WIDTH: u32 = 4;
/** Bytes of a histogram: a number a bin. */
export const HISTOGRAM: usize = 256 * 8;

/** By row. */
export let packed: usize = 0;
/** Of the features that were summed last, one behind the other. */
export let histograms: usize = 0;
/** The best split so far. */
export let found: usize = 0;

/** Tells where all stands. */
export function place(packedAt: usize, histogramsAt: usize, foundAt: usize): void {
  packed = packedAt;
  histograms = histogramsAt;
  found = foundAt;
}
