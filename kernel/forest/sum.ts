import { columns, order, rows } from '../trees/rows.ts';
import { HISTOGRAM, histograms, packed } from './memory.ts';

/** Bytes of the histograms of two features, and of four. */
const TWO: usize = 2 * HISTOGRAM;
const FOUR: usize = 4 * HISTOGRAM;

/** Four bytes each of so many rows that adding up in two places pays. */
const MANY: usize = 512 * 4;

/**
 * Sums the histograms of four features over rows order[start … end − 1]. Additions to one bin wait for each other, those to four do not. Of
 * many rows every other one is added up elsewhere, since most have the same bin.
 */
export function sum(a: u32, b: u32, c: u32, d: u32, start: u32, end: u32): void {
  memory.fill(histograms, 0, FOUR);
  const ofRow = packed;
  const sums = histograms;
  const binsA = columns + <usize>a * rows;
  const binsB = columns + <usize>b * rows;
  const binsC = columns + <usize>c * rows;
  const binsD = columns + <usize>d * rows;
  let at = order + ((<usize>start) << 2);
  const last = order + ((<usize>end) << 2);
  if (last - at >= MANY) {
    memory.fill(sums + FOUR, 0, FOUR);
    for (; at + 4 < last; at += 8) {
      const even: usize = load<u32>(at);
      const odd: usize = load<u32>(at, 4);
      const ofEven = load<u64>(ofRow + (even << 3));
      const ofOdd = load<u64>(ofRow + (odd << 3));
      const evenA = sums + ((<usize>load<u8>(binsA + even)) << 3);
      store<u64>(evenA, load<u64>(evenA) + ofEven);
      const oddA = sums + ((<usize>load<u8>(binsA + odd)) << 3);
      store<u64>(oddA, load<u64>(oddA, FOUR) + ofOdd, FOUR);
      const evenB = sums + ((<usize>load<u8>(binsB + even)) << 3);
      store<u64>(evenB, load<u64>(evenB, HISTOGRAM) + ofEven, HISTOGRAM);
      const oddB = sums + ((<usize>load<u8>(binsB + odd)) << 3);
      store<u64>(oddB, load<u64>(oddB, FOUR + HISTOGRAM) + ofOdd, FOUR + HISTOGRAM);
      const evenC = sums + ((<usize>load<u8>(binsC + even)) << 3);
      store<u64>(evenC, load<u64>(evenC, 2 * HISTOGRAM) + ofEven, 2 * HISTOGRAM);
      const oddC = sums + ((<usize>load<u8>(binsC + odd)) << 3);
      store<u64>(oddC, load<u64>(oddC, FOUR + 2 * HISTOGRAM) + ofOdd, FOUR + 2 * HISTOGRAM);
      const evenD = sums + ((<usize>load<u8>(binsD + even)) << 3);
      store<u64>(evenD, load<u64>(evenD, 3 * HISTOGRAM) + ofEven, 3 * HISTOGRAM);
      const oddD = sums + ((<usize>load<u8>(binsD + odd)) << 3);
      store<u64>(oddD, load<u64>(oddD, FOUR + 3 * HISTOGRAM) + ofOdd, FOUR + 3 * HISTOGRAM);
    }
    join(sums, FOUR);
  }
  for (; at < last; at += 4) {
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

/** The same of two features, of which the other two histograms take every other one of many rows. */
export function sumTwo(a: u32, b: u32, start: u32, end: u32): void {
  memory.fill(histograms, 0, FOUR);
  const ofRow = packed;
  const sums = histograms;
  const binsA = columns + <usize>a * rows;
  const binsB = columns + <usize>b * rows;
  let at = order + ((<usize>start) << 2);
  const last = order + ((<usize>end) << 2);
  if (last - at >= MANY) {
    for (; at + 4 < last; at += 8) {
      const even: usize = load<u32>(at);
      const odd: usize = load<u32>(at, 4);
      const ofEven = load<u64>(ofRow + (even << 3));
      const ofOdd = load<u64>(ofRow + (odd << 3));
      const evenA = sums + ((<usize>load<u8>(binsA + even)) << 3);
      store<u64>(evenA, load<u64>(evenA) + ofEven);
      const oddA = sums + ((<usize>load<u8>(binsA + odd)) << 3);
      store<u64>(oddA, load<u64>(oddA, TWO) + ofOdd, TWO);
      const evenB = sums + ((<usize>load<u8>(binsB + even)) << 3);
      store<u64>(evenB, load<u64>(evenB, HISTOGRAM) + ofEven, HISTOGRAM);
      const oddB = sums + ((<usize>load<u8>(binsB + odd)) << 3);
      store<u64>(oddB, load<u64>(oddB, TWO + HISTOGRAM) + ofOdd, TWO + HISTOGRAM);
    }
    join(sums, TWO);
  }
  for (; at < last; at += 4) {
    const row: usize = load<u32>(at);
    const draws = load<u64>(ofRow + (row << 3));
    const toA = sums + ((<usize>load<u8>(binsA + row)) << 3);
    const toB = sums + ((<usize>load<u8>(binsB + row)) << 3);
    store<u64>(toA, load<u64>(toA) + draws);
    store<u64>(toB, load<u64>(toB, HISTOGRAM) + draws, HISTOGRAM);
  }
}

/** Adds so many bytes of sums to those before them. */
function join(sums: usize, bytes: usize): void {
  const last = sums + bytes;
  for (let at = sums; at < last; at += 16) v128.store(at, i64x2.add(v128.load(at), v128.load(at + bytes)));
}
