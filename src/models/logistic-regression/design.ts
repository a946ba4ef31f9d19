import { BLOCK, COLUMN, DesignKernel } from './design-kernel.ts';
import { fillTerm, type Term } from './preparation.ts';

/** More values are not kept but made anew in each pass; 2²⁴ are 134 MB. */
const MOST_KEPT = 2 ** 24;

/** The matrix of standardised terms, block of rows after block. */
export interface Design {
  readonly rows: number;
  readonly terms: number;
  /** First row of each block. */
  readonly starts: readonly number[];
  readonly kernel: DesignKernel;
  /**
   * The place in the kernel of the block at place k of `starts`, valid until the next call. Term j is its column j, behind the last term
   * stands the intercept's 1. Rows past the last are 0.
   */
  readonly place: (k: number) => number;
}

/** @param stride every so manieth block of rows is used: 1 for the whole, more for a first guess. */
export function createDesign(
  terms: readonly Term[],
  columns: readonly Float64Array[],
  rows: number,
  stride: number,
): Design {
  const starts: number[] = [];
  for (let start = 0; start < rows; start += BLOCK * stride) starts.push(start);
  const isKept = starts.length * (terms.length + 1) * BLOCK <= MOST_KEPT;
  const kernel = new DesignKernel(terms.length + 1, isKept ? starts.length : 1);
  const fill = (k: number, place: number) => {
    fillBlock(terms, columns, rows, starts[k], kernel.block(place));
    return place;
  };
  const design = { rows, terms: terms.length, starts, kernel };
  if (!isKept) return { ...design, place: (k) => fill(k, 0) };
  for (const k of starts.keys()) fill(k, k);
  return { ...design, place: (k) => k };
}

function fillBlock(
  terms: readonly Term[],
  columns: readonly Float64Array[],
  rows: number,
  start: number,
  z: Float64Array,
): void {
  const size = Math.min(BLOCK, rows - start);
  terms.forEach((term, j) => {
    fillTerm(term, columns[term.feature], start, start + size, z, j * COLUMN);
    z.fill(0, j * COLUMN + size, j * COLUMN + BLOCK);
  });
  const intercept = terms.length * COLUMN;
  z.fill(1, intercept, intercept + size).fill(0, intercept + size, intercept + BLOCK);
}
