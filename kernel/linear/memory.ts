/*
 * Where stands what the kernel works on. The host lays it out, by `place` and `placeHessian`.
 */

/** Bytes of a number a row of a block, which has 512, as in `design.ts`. */
export const ROWS: usize = 512 * 8;

/** From column to column of a block. A cache line more than its rows: else the same row of all columns would fall into one set of the first cache. */
export const COLUMN: usize = ROWS + 64;

/** Terms, the intercept among them. A block has a column of each and, behind them, of zeros up to a multiple of four. */
export let terms: usize = 0;
/** By term. */
export let beta: usize = 0;
export let gradient: usize = 0;
/** By row of the block: η, then the first derivatives in its place. */
export let eta: usize = 0;
/** The second derivatives. */
export let curvature: usize = 0;

/** Four columns, each row times its second derivative. */
export let scaled: usize = 0;
/** Row after row, as many numbers in each as a block has columns. */
export let hessian: usize = 0;

/** The first address that is free. */
export function freeFrom(): usize {
  return __heap_base;
}

/** Tells where all stands that is read in every pass. */
export function place(count: u32, betaAt: usize, gradientAt: usize, etaAt: usize, curvatureAt: usize): void {
  terms = count;
  beta = betaAt;
  gradient = gradientAt;
  eta = etaAt;
  curvature = curvatureAt;
}

/** Tells where the Hessian is summed. */
export function placeHessian(scaledAt: usize, hessianAt: usize): void {
  scaled = scaledAt;
  hessian = hessianAt;
}
