/*
 * Where stands what the kernel works on. The host lays it out, by `place`.
 */

/** Values; after `countDistinct` the distinct ones among them. */
export let column: usize = 0;
/** By distinct value: how often it was there. */
export let counts: usize = 0;
/** Room to sort in, for as many numbers as `column` holds, twice. */
export let keys: usize = 0;
export let sorted: usize = 0;
/** Of the numbers to sort, how many have a byte: of each of the eight bytes, 256 numbers of four bytes. */
export let tallies: usize = 0;
/** Edges between bins, and Infinity up to one less than a power of two of them. */
export let edges: usize = 0;
/** A byte a value. */
export let bins: usize = 0;

/** The first address that is free. */
export function freeFrom(): usize {
  return __heap_base;
}

/** Tells where all stands. */
export function place(
  columnAt: usize,
  countsAt: usize,
  keysAt: usize,
  sortedAt: usize,
  talliesAt: usize,
  edgesAt: usize,
  binsAt: usize,
): void {
  column = columnAt;
  counts = countsAt;
  keys = keysAt;
  sorted = sortedAt;
  tallies = talliesAt;
  edges = edgesAt;
  bins = binsAt;
}
