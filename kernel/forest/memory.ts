/*
 * Where stands what forests alone read. A row's draws are the upper 32 bits of a number and those of them that are lost the lower ones,
 * so that one addition counts both.
 */

/** Bytes of a histogram: a number a bin. */
export const HISTOGRAM: usize = 256 * 8;

/** By row. */
export let packed: usize = 0;
/** Of up to four features that were summed last, one behind the other; behind them room for as many. */
export let histograms: usize = 0;
/** The best split so far. */
export let found: usize = 0;

/** Tells where all stands. */
export function place(packedAt: usize, histogramsAt: usize, foundAt: usize): void {
  packed = packedAt;
  histograms = histogramsAt;
  found = foundAt;
}
