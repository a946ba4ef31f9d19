/*
 * Where stands what boosting alone reads. The host lays it out, by `place` and `placeDerivatives`.
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

/** By row of the whole, from here on. Gradient and second derivative, as integers. */
export let gradients: usize = 0;
/** The second derivative, unrounded. */
export let hessians: usize = 0;
export let logOdds: usize = 0;
export let weights: usize = 0;
/** A byte each. */
export let labels: usize = 0;

/** Tells where bins and histograms stand. */
export function place(
  sideAt: usize,
  features: u32,
  picksAt: usize,
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
  spans = spansAt;
  ids = idsAt;
  isWide = wide;
  histograms = histogramsAt;
  slotSize = slotBytes;
  found = foundAt;
}

/** Tells where what rows have stands. */
export function placeDerivatives(
  gradientsAt: usize,
  hessiansAt: usize,
  logOddsAt: usize,
  weightsAt: usize,
  labelsAt: usize,
): void {
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
