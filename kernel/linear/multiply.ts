import { beta, COLUMN, eta, ROWS, terms } from './memory.ts';

/** η = Z β of the block whose columns begin at `z`. Two rows an instruction, and eight columns at a time where all count. */
export function multiply(z: usize): void {
  memory.fill(eta, 0, ROWS);
  let j: usize = 0;
  for (; j + 7 < terms; j += 8) {
    if (isZero(j)) addFourUnlessZero(j + 4, z);
    else if (isZero(j + 4)) addFour(j, z);
    else addEight(j, z);
  }
  for (; j + 3 < terms; j += 4) addFourUnlessZero(j, z);
  for (; j < terms; j++) addOne(j, z);
}

/** Whether four coefficients are 0: a column that does not count costs nothing. */
function isZero(j: usize): bool {
  const at = beta + (j << 3);
  const isPlus = load<f64>(at) === 0 && load<f64>(at, 8) === 0;
  return isPlus && load<f64>(at, 16) === 0 && load<f64>(at, 24) === 0;
}

function addEight(j: usize, z: usize): void {
  const b = beta + (j << 3);
  const b0 = v128.load64_splat(b);
  const b1 = v128.load64_splat(b, 8);
  const b2 = v128.load64_splat(b, 16);
  const b3 = v128.load64_splat(b, 24);
  const b4 = v128.load64_splat(b, 32);
  const b5 = v128.load64_splat(b, 40);
  const b6 = v128.load64_splat(b, 48);
  const b7 = v128.load64_splat(b, 56);
  let at = z + j * COLUMN;
  let to = eta;
  for (const end = eta + ROWS; to < end; to += 16, at += 16) {
    const p0 = f64x2.mul(b0, v128.load(at));
    const p1 = f64x2.mul(b1, v128.load(at, COLUMN));
    const p2 = f64x2.mul(b2, v128.load(at, 2 * COLUMN));
    const p3 = f64x2.mul(b3, v128.load(at, 3 * COLUMN));
    const first = f64x2.add(f64x2.add(p0, p1), f64x2.add(p2, p3));
    const p4 = f64x2.mul(b4, v128.load(at, 4 * COLUMN));
    const p5 = f64x2.mul(b5, v128.load(at, 5 * COLUMN));
    const p6 = f64x2.mul(b6, v128.load(at, 6 * COLUMN));
    const p7 = f64x2.mul(b7, v128.load(at, 7 * COLUMN));
    const second = f64x2.add(f64x2.add(p4, p5), f64x2.add(p6, p7));
    v128.store(to, f64x2.add(f64x2.add(v128.load(to), first), second));
  }
}

function addFourUnlessZero(j: usize, z: usize): void {
  if (!isZero(j)) addFour(j, z);
}

function addFour(j: usize, z: usize): void {
  const b = beta + (j << 3);
  const b0 = v128.load64_splat(b);
  const b1 = v128.load64_splat(b, 8);
  const b2 = v128.load64_splat(b, 16);
  const b3 = v128.load64_splat(b, 24);
  let at = z + j * COLUMN;
  let to = eta;
  for (const end = eta + ROWS; to < end; to += 16, at += 16) {
    const p0 = f64x2.mul(b0, v128.load(at));
    const p1 = f64x2.mul(b1, v128.load(at, COLUMN));
    const p2 = f64x2.mul(b2, v128.load(at, 2 * COLUMN));
    const p3 = f64x2.mul(b3, v128.load(at, 3 * COLUMN));
    const four = f64x2.add(f64x2.add(p0, p1), f64x2.add(p2, p3));
    v128.store(to, f64x2.add(v128.load(to), four));
  }
}

function addOne(j: usize, z: usize): void {
  const b = v128.load64_splat(beta + (j << 3));
  let at = z + j * COLUMN;
  let to = eta;
  for (const end = eta + ROWS; to < end; to += 16, at += 16) {
    v128.store(to, f64x2.add(v128.load(to), f64x2.mul(b, v128.load(at))));
  }
}
