/*
 * Sums the lower triangle of Zᵀ D Z over blocks of rows of Z, D being diagonal: the Hessian of a linear model, and nearly all of
 * what its fit costs. Two rows of a block's columns are worked on in one instruction, always in the same order.
 */

/** Rows of a block, as in `design.ts`. */
const BLOCK: usize = 512;

/** Bytes of a block's column. */
const COLUMN: usize = BLOCK * 8;

/** Where the host puts a block: the diagonal of D, and Z column by column. */
export let diagonal: usize = 0;
export let columns: usize = 0;

/** Where the sum stands, terms × terms row by row. */
export let hessian: usize = 0;

let scaled: usize = 0;
let terms: usize = 0;

/** Begins a sum of zeros. Gives false where there is no memory for it. */
export function begin(count: u32): bool {
  terms = count;
  diagonal = (__heap_base + 63) & ~63;
  columns = diagonal + COLUMN;
  scaled = columns + terms * COLUMN;
  hessian = scaled + terms * COLUMN;
  const end = <u64>hessian + <u64>terms * <u64>terms * 8;
  if (end > <u64>0xffff0000) return false;
  const pages = <i32>((end + 0xffff) >> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) return false;
  memory.fill(hessian, 0, <usize>end - hessian);
  return true;
}

/** Adds the block. */
export function add(): void {
  for (let j: usize = 0; j < terms; j++) scale(j * COLUMN);
  for (let j: usize = 0; j < terms; j += 2) {
    let k: usize = 0;
    if (j + 1 < terms) for (; k + 3 <= j; k += 4) addTile(j, k);
    for (let row = j; row < min(j + 2, terms); row++) {
      for (let column = k; column <= row; column++) addOne(row, column);
    }
  }
}

function scale(column: usize): void {
  const from = columns + column;
  const to = scaled + column;
  for (let i: usize = 0; i < COLUMN; i += 16) {
    v128.store(to + i, f64x2.mul(v128.load(from + i), v128.load(diagonal + i)));
  }
}

/** Rows j and j + 1 in columns k … k + 3: six pairs that are loaded are multiplied eight times. */
function addTile(j: usize, k: usize): void {
  let a = scaled + j * COLUMN;
  let b = columns + k * COLUMN;
  let s0 = f64x2.splat(0);
  let s1 = f64x2.splat(0);
  let s2 = f64x2.splat(0);
  let s3 = f64x2.splat(0);
  let t0 = f64x2.splat(0);
  let t1 = f64x2.splat(0);
  let t2 = f64x2.splat(0);
  let t3 = f64x2.splat(0);
  for (const end = a + COLUMN; a < end; a += 16, b += 16) {
    const x = v128.load(a);
    const y = v128.load(a, COLUMN);
    const z0 = v128.load(b);
    const z1 = v128.load(b, COLUMN);
    const z2 = v128.load(b, 2 * COLUMN);
    const z3 = v128.load(b, 3 * COLUMN);
    s0 = f64x2.add(s0, f64x2.mul(x, z0));
    s1 = f64x2.add(s1, f64x2.mul(x, z1));
    s2 = f64x2.add(s2, f64x2.mul(x, z2));
    s3 = f64x2.add(s3, f64x2.mul(x, z3));
    t0 = f64x2.add(t0, f64x2.mul(y, z0));
    t1 = f64x2.add(t1, f64x2.mul(y, z1));
    t2 = f64x2.add(t2, f64x2.mul(y, z2));
    t3 = f64x2.add(t3, f64x2.mul(y, z3));
  }
  const first = hessian + ((j * terms + k) << 3);
  addTo(first, s0);
  addTo(first + 8, s1);
  addTo(first + 16, s2);
  addTo(first + 24, s3);
  const second = first + (terms << 3);
  addTo(second, t0);
  addTo(second + 8, t1);
  addTo(second + 16, t2);
  addTo(second + 24, t3);
}

function addOne(row: usize, column: usize): void {
  const a = scaled + row * COLUMN;
  const b = columns + column * COLUMN;
  let sums = f64x2.splat(0);
  for (let i: usize = 0; i < COLUMN; i += 16) {
    sums = f64x2.add(sums, f64x2.mul(v128.load(a + i), v128.load(b + i)));
  }
  addTo(hessian + ((row * terms + column) << 3), sums);
}

function addTo(at: usize, sums: v128): void {
  store<f64>(at, load<f64>(at) + (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)));
}
