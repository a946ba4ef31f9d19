import { COLUMN, curvature, hessian, ROWS, scaled, terms } from './memory.ts';

/**
 * Adds the lower triangle of Zᵀ D Z, of the block whose columns begin at `z` and D the second derivatives. Two rows are worked on in one
 * instruction, always in the same order. Columns come in fours: behind the last term the block has columns of zeros, and above the
 * diagonal something is summed that nobody reads.
 */
export function addHessian(z: usize): void {
  const stride = ((terms + 3) & ~3) << 3;
  for (let j: usize = 0; j < terms; j += 4) {
    for (let row: usize = 0; row < 4; row++) scale(z + (j + row) * COLUMN, scaled + row * COLUMN);
    const row = hessian + j * stride;
    for (let k: usize = 0; k < j + 4; k += 2) addTile(z + k * COLUMN, row + (k << 3), stride);
  }
}

function scale(from: usize, to: usize): void {
  for (let i: usize = 0; i < ROWS; i += 16) {
    v128.store(to + i, f64x2.mul(v128.load(from + i), v128.load(curvature + i)));
  }
}

/**
 * The four scaled columns, which stay in the first cache, by two others: six pairs that are loaded are multiplied eight times. More sums at
 * a time than eight do not stay in registers.
 */
function addTile(z: usize, to: usize, stride: usize): void {
  let a = scaled;
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  let t0 = f64x2.splat(0);
  let t1 = f64x2.splat(0);
  let t2 = f64x2.splat(0);
  let t3 = f64x2.splat(0);
  for (const end = a + ROWS; a < end; a += 16, z += 16) {
    const x = v128.load(z);
    const y = v128.load(z, COLUMN);
    const a0 = v128.load(a);
    s0 = f64x2.add(s0, f64x2.mul(a0, x));
    t0 = f64x2.add(t0, f64x2.mul(a0, y));
    const a1 = v128.load(a, COLUMN);
    s1 = f64x2.add(s1, f64x2.mul(a1, x));
    t1 = f64x2.add(t1, f64x2.mul(a1, y));
    const a2 = v128.load(a, 2 * COLUMN);
    s2 = f64x2.add(s2, f64x2.mul(a2, x));
    t2 = f64x2.add(t2, f64x2.mul(a2, y));
    const a3 = v128.load(a, 3 * COLUMN);
    s3 = f64x2.add(s3, f64x2.mul(a3, x));
    t3 = f64x2.add(t3, f64x2.mul(a3, y));
  }
  addTo(to, s0, t0);
  addTo(to + stride, s1, t1);
  addTo(to + 2 * stride, s2, t2);
  addTo(to + 3 * stride, s3, t3);
}

/** Adds what each of two pairs sums up to, to neighbours. */
function addTo(at: usize, first: v128, second: v128): void {
  const sums = f64x2.add(v128.shuffle<f64>(first, second, 0, 2), v128.shuffle<f64>(first, second, 1, 3));
  v128.store(at, f64x2.add(v128.load(at), sums));
}
