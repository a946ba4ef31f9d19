import { columns, order, rows } from '../trees/rows.ts';
import { HISTOGRAM, histograms, packed, WIDTH } from './memory.ts';

/**
 * Sums the histograms of four features over rows order[start … end − 1]. Additions to one bin wait for each other, those to four do not.
 */
export function sum(a: u32, b: u32, c: u32, d: u32, start: u32, end: u32): void {
  memory.fill(histograms, 0, <usize>WIDTH * HISTOGRAM);
  const last = order + ((<usize>end) << 2);
  const ofRow = packed;
  const sums = histograms;
  const binsA = columns + <usize>a * rows;
  const binsB = columns + <usize>b * rows;
  const binsC = columns + <usize>c * rows;
  const binsD = columns + <usize>d * rows;
  for (let at = order + ((<usize>start) << 2); at < last; at += 4) {
    const row: usize = load<u32>(at);
    const draws = load<u64>(ofRow + (row << 3));
    const toA = sums + ((<usize>load<u8>(binsA + row)) << 3);
    const toB = sums + ((<usize>load<u8>(binsB + row)) << 3);
    const toC = sums + ((<usize>load<u8>(binsC + row)) << 3);
    const toD = sums + ((<usize>load<u8>(binsD + row)) << 3);
    store<u64>(toA, load<u64>(toA) + draws);
    store<u64>(toB, load<u64>(toB, HISTOGRAM) + draws, HISTOGRAM);
    store<u64>(toC, load<u64>(toC, 2 * HISTOGRAM) + draws, 2 * HISTOGRAM);
    store<u64>(toD, load<u64>(toD, 3 * HISTOGRAM) + draws, 3 * HISTOGRAM);
  }
}
