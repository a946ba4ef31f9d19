/*
 * Where all stands in memory. The host lays it out, by `place` and `placeRows`.
 */

/**
 * Bytes of what is told of a laid-out feature: its place in a row of bins, the id of its bin 0, the bin that is left out (−1 where
 * none is), how many bins it has, and whether its bins are in order, so that they can be scanned.
 */
export const PICK: usize = 20;

/** Rows of the whole. */
export let rows: usize = 0;
/** All features' bins, side by side, row after row: `stride` of them a row. */
export let side: usize = 0;
export let stride: usize = 0;
/** The same, feature after feature. */
export let columns: usize = 0;
/** The laid-out features. */
export let picks: usize = 0;
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
/** By bin: 1 where its rows go left. */
export let marks: usize = 0;

/** The rows to lay out, then the rows of the tree, leaf after leaf; behind them those that it is not grown on. */
export let order: usize = 0;
/** Room for as many. */
export let scratch: usize = 0;
/** By row of the whole, from here on. Gradient and second derivative, as integers. */
export let gradients: usize = 0;
/** The second derivative, unrounded. */
export let hessians: usize = 0;
export let logOdds: usize = 0;
export let weights: usize = 0;
/** A byte each. */
export let labels: usize = 0;

/** The first address that the host may use. */
export function freeFrom(): usize {
  return (__heap_base + 63) & ~63;
}

/** Tells where bins and histograms stand. */
export function place(
  sideAt: usize,
  columnsAt: usize,
  rowCount: u32,
  features: u32,
  picksAt: usize,
  spansAt: usize,
  idsAt: usize,
  wide: bool,
  histogramsAt: usize,
  slotBytes: usize,
  foundAt: usize,
  marksAt: usize,
): void {
  side = sideAt;
  columns = columnsAt;
  rows = rowCount;
  stride = features;
  picks = picksAt;
  spans = spansAt;
  ids = idsAt;
  isWide = wide;
  histograms = histogramsAt;
  slotSize = slotBytes;
  found = foundAt;
  marks = marksAt;
}

/** Tells where what rows have stands. */
export function placeRows(
  orderAt: usize,
  scratchAt: usize,
  gradientsAt: usize,
  hessiansAt: usize,
  logOddsAt: usize,
  weightsAt: usize,
  labelsAt: usize,
): void {
  order = orderAt;
  scratch = scratchAt;
  gradients = gradientsAt;
  hessians = hessiansAt;
  logOdds = logOddsAt;
  weights = weightsAt;
  labels = labelsAt;
}

/** Where the histogram in a slot begins. */
export function histogramAt(slot: u32): usize {
  return histograms + <usize>slot * slotSize;
}
