/*
 * Where stands what forests and boosting alike read of rows. The host lays it out, by `placeRows`.
 */

/** Rows of the whole. */
export let rows: usize = 0;
/** All features' bins, feature after feature. */
export let columns: usize = 0;
/** The rows of the tree, leaf after leaf. */
export let order: usize = 0;
/** Room for as many. */
export let scratch: usize = 0;
/** By bin: 1 where its rows go left. */
export let marks: usize = 0;

/** The first address that the host may use. */
export function freeFrom(): usize {
  return (__heap_base + 63) & ~63;
}

export function placeRows(
  columnsAt: usize,
  rowCount: u32,
  orderAt: usize,
  scratchAt: usize,
  marksAt: usize,
): void {
  columns = columnsAt;
  rows = rowCount;
  order = orderAt;
  scratch = scratchAt;
  marks = marksAt;
}
