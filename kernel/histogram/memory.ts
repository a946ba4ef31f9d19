/*
 * Where all stands in memory. The host lays it out once, by `place`.
 */

/**
 * Bytes of what is told of a laid-out feature: its place in a row of bins, the id of its bin 0, the bin that is left out (−1 where
 * none is), how many bins it has, and whether its bins are in order, so that they can be scanned.
 */
export const PICK: usize = 20;

/** All features' bins, side by side, row after row: `stride` of them a row. */
export let side: usize = 0;
export let stride: usize = 0;
/** The laid-out features. */
export let picks: usize = 0;
/** The rows to lay out, then the rows of the tree, leaf after leaf. */
export let order: usize = 0;
/** By row of the whole: gradient and second derivative. */
export let gradients: usize = 0;
/** By row of the whole: where its ids begin and end. */
export let spans: usize = 0;
export let ids: usize = 0;
/** Whether an id has four bytes, not two. */
export let isWide: bool = false;
/** Histograms of `slotSize` bytes, by slot; in each by id the two sums. */
let histograms: usize = 0;
let slotSize: usize = 0;
/** The best split of each laid-out feature in the first node of `open`, then in the second. */
export let found: usize = 0;

/** The first address that the host may use. */
export function freeFrom(): usize {
  return (__heap_base + 63) & ~63;
}

/** Tells where all stands. */
export function place(
  sideAt: usize,
  features: u32,
  picksAt: usize,
  orderAt: usize,
  gradientsAt: usize,
  spansAt: usize,
  idsAt: usize,
  wide: bool,
  histogramsAt: usize,
  slotBytes: usize,
  foundAt: usize,
): void {
  side = sideAt;
  stride = features;
  picks = picksAt;
  order = orderAt;
  gradients = gradientsAt;
  spans = spansAt;
  ids = idsAt;
  isWide = wide;
  histograms = histogramsAt;
  slotSize = slotBytes;
  found = foundAt;
}

/** Where the histogram in a slot begins. */
export function histogramAt(slot: u32): usize {
  return histograms + <usize>slot * slotSize;
}
