import { fillTerm, type Term } from './preparation.ts';

/** Rows are worked on in blocks of this many, in order: what is summed depends on nothing but the data. */
export const BLOCK = 512;

/** More values are not kept but made anew in each pass; 2²⁴ are 134 MB. */
const MOST_KEPT = 2 ** 24;

/** The matrix of standardised terms, block of rows after block. */
export interface Design {
  readonly rows: number;
  readonly terms: number;
  /** First row of each block. */
  readonly starts: readonly number[];
  /**
   * The block at place k of `starts`, column-major: term j of its row i is z[j · BLOCK + i]; the last column is the
   * intercept's 1. Rows past the last are 0. Valid until the next call.
   */
  readonly block: (k: number) => Float64Array;
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
  const size = (terms.length + 1) * BLOCK;
  const fill = (k: number, z: Float64Array) => fillBlock(terms, columns, rows, starts[k], z);
  const design = { rows, terms: terms.length, starts };
  if (starts.length * size <= MOST_KEPT) {
    const kept = starts.map((_, k) => fill(k, new Float64Array(size)));
    return { ...design, block: (k) => kept[k] };
  }
  const z = new Float64Array(size);
  return { ...design, block: (k) => fill(k, z) };
}

function fillBlock(
  terms: readonly Term[],
  columns: readonly Float64Array[],
  rows: number,
  start: number,
  z: Float64Array,
): Float64Array {
  const size = Math.min(BLOCK, rows - start);
  terms.forEach((term, j) => {
    fillTerm(term, columns[term.feature], start, start + size, z, j * BLOCK);
    z.fill(0, j * BLOCK + size, (j + 1) * BLOCK);
  });
  const intercept = terms.length * BLOCK;
  z.fill(1, intercept, intercept + size).fill(0, intercept + size, intercept + BLOCK);
  return z;
}
