import { COLUMN, eta, gradient, ROWS, terms } from './memory.ts';

/**
 * Adds Zᵀ times the first derivatives, of the block whose columns begin at `z`. A column's rows are added one after the other, two columns
 * in an instruction and up to sixteen at a time, whose additions do not wait for each other. From the last column to the first: what
 * `multiply` read last is still in the cache.
 */
export function addGradient(z: usize): void {
  let j = terms;
  for (; (j & 15) > 1; j -= 2) addTwo(j - 2, z);
  if (j & 1) addOne(--j, z);
  for (; j > 0; j -= 16) addSixteen(j - 16, z);
}

function addSixteen(j: usize, z: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  let s4 = f64x2.splat(0);
  let s5 = f64x2.splat(0);
  let s6 = f64x2.splat(0);
  let s7 = f64x2.splat(0);
  let at = z + j * COLUMN;
  let from = eta;
  for (const end = eta + ROWS; from < end; from += 16, at += 16) {
    const first = v128.load64_splat(from);
    const second = v128.load64_splat(from, 8);
    const a0 = v128.load(at);
    const b0 = v128.load(at, COLUMN);
    s0 = addRows(s0, a0, b0, first, second);
    const a1 = v128.load(at, 2 * COLUMN);
    const b1 = v128.load(at, 3 * COLUMN);
    s1 = addRows(s1, a1, b1, first, second);
    const a2 = v128.load(at, 4 * COLUMN);
    const b2 = v128.load(at, 5 * COLUMN);
    s2 = addRows(s2, a2, b2, first, second);
    const a3 = v128.load(at, 6 * COLUMN);
    const b3 = v128.load(at, 7 * COLUMN);
    s3 = addRows(s3, a3, b3, first, second);
    const a4 = v128.load(at, 8 * COLUMN);
    const b4 = v128.load(at, 9 * COLUMN);
    s4 = addRows(s4, a4, b4, first, second);
    const a5 = v128.load(at, 10 * COLUMN);
    const b5 = v128.load(at, 11 * COLUMN);
    s5 = addRows(s5, a5, b5, first, second);
    const a6 = v128.load(at, 12 * COLUMN);
    const b6 = v128.load(at, 13 * COLUMN);
    s6 = addRows(s6, a6, b6, first, second);
    const a7 = v128.load(at, 14 * COLUMN);
    const b7 = v128.load(at, 15 * COLUMN);
    s7 = addRows(s7, a7, b7, first, second);
  }
  addTo(j, s0);
  addTo(j + 2, s1);
  addTo(j + 4, s2);
  addTo(j + 6, s3);
  addTo(j + 8, s4);
  addTo(j + 10, s5);
  addTo(j + 12, s6);
  addTo(j + 14, s7);
}

function addTwo(j: usize, z: usize): void {
  let sums = f64x2.splat(0);
  let at = z + j * COLUMN;
  let from = eta;
  for (const end = eta + ROWS; from < end; from += 16, at += 16) {
    const first = v128.load64_splat(from);
    sums = addRows(sums, v128.load(at), v128.load(at, COLUMN), first, v128.load64_splat(from, 8));
  }
  addTo(j, sums);
}

function addOne(j: usize, z: usize): void {
  let sum: f64 = 0;
  let at = z + j * COLUMN;
  let from = eta;
  for (const end = eta + ROWS; from < end; from += 8, at += 8) sum += load<f64>(at) * load<f64>(from);
  const to = gradient + (j << 3);
  store<f64>(to, load<f64>(to) + sum);
}

/** Adds the first, then the second of two rows of columns `a` and `b`. */
function addRows(sums: v128, a: v128, b: v128, first: v128, second: v128): v128 {
  const ofFirst = f64x2.mul(v128.shuffle<f64>(a, b, 0, 2), first);
  return f64x2.add(f64x2.add(sums, ofFirst), f64x2.mul(v128.shuffle<f64>(a, b, 1, 3), second));
}

function addTo(j: usize, sums: v128): void {
  const to = gradient + (j << 3);
  v128.store(to, f64x2.add(v128.load(to), sums));
}
