/*
 * What trees predict for a block of rows. Eight rows walk a tree together and without branches, so that a row waits for its node and its
 * value while the others go on.
 *
 * A block is a column after the other, `stride` bytes apart. Its first column is NaN, which is what leaves test: so they compare as false
 * and lead to themselves, and the walk ends when all eight rows test that column.
 *
 * A node is 16 bytes: the number that it compares with, or what a leaf predicts; the place of its column in the block, 0 at a leaf; and the
 * address of its left child, behind which the right one stands, or of the leaf itself. A tree is 12 bytes: its root, its tests of
 * categories, and their number. A test of a category is 12 bytes: the byte of each code, the codes of the rows, and the column that
 * it writes before the tree is walked: greater than 0 where a code goes right.
 */

/** The first address that the host may use. */
export function freeFrom(): usize {
  return (__heap_base + 63) & ~63;
}

/** Copies a column, and a row more where they are odd, with Infinity for missing numbers: they go right then. */
export function sendMissingRight(from: usize, to: usize, rows: u32): void {
  const infinite = f64x2.splat(Infinity);
  const bytes = (<usize>rows) << 3;
  for (let at: usize = 0; at < bytes; at += 16) {
    const x = v128.load(from + at);
    v128.store(to + at, v128.bitselect(x, infinite, f64x2.eq(x, x)));
  }
}

/** Adds what each tree predicts to the sums of the rows, tree after tree, and to those of rows that fill up eight. */
export function addTrees(trees: usize, count: u32, block: usize, rows: u32, sums: usize): void {
  const end = trees + <usize>count * 12;
  const bytes = (<usize>((rows + 7) & ~7)) << 3;
  for (let tree = trees; tree < end; tree += 12) {
    const root: usize = load<u32>(tree);
    const tests: usize = load<u32>(tree, 4);
    const lastTest = tests + <usize>load<u32>(tree, 8) * 12;
    for (let test = tests; test < lastTest; test += 12) testCategory(test, block, rows);
    for (let at: usize = 0; at < bytes; at += 64) walkEight(root, block + at, sums + at);
  }
}

/** Writes the column of a test: 0 where a row's code goes left, and what a byte of 63 makes of a number where it goes right. */
function testCategory(test: usize, block: usize, rows: u32): void {
  const sides: usize = load<u32>(test);
  const codes: usize = load<u32>(test, 4);
  const column = block + <usize>load<u32>(test, 8);
  for (let i: usize = 0; i < <usize>rows; i++) {
    store<u64>(column + (i << 3), load<u8>(sides + <usize>load<u32>(codes + (i << 2))) << 56);
  }
}

function walkEight(root: usize, rows: usize, sums: usize): void {
  let a = root;
  let b = root;
  let c = root;
  let d = root;
  let e = root;
  let f = root;
  let g = root;
  let h = root;
  let isInside: u32;
  do {
    let column = load<u32>(a, 8);
    isInside = column;
    a = <usize>load<u32>(a, 12) + ((<usize>(load<f64>(rows + <usize>column) > load<f64>(a))) << 4);
    column = load<u32>(b, 8);
    isInside |= column;
    b = <usize>load<u32>(b, 12) + ((<usize>(load<f64>(rows + <usize>column, 8) > load<f64>(b))) << 4);
    column = load<u32>(c, 8);
    isInside |= column;
    c = <usize>load<u32>(c, 12) + ((<usize>(load<f64>(rows + <usize>column, 16) > load<f64>(c))) << 4);
    column = load<u32>(d, 8);
    isInside |= column;
    d = <usize>load<u32>(d, 12) + ((<usize>(load<f64>(rows + <usize>column, 24) > load<f64>(d))) << 4);
    column = load<u32>(e, 8);
    isInside |= column;
    e = <usize>load<u32>(e, 12) + ((<usize>(load<f64>(rows + <usize>column, 32) > load<f64>(e))) << 4);
    column = load<u32>(f, 8);
    isInside |= column;
    f = <usize>load<u32>(f, 12) + ((<usize>(load<f64>(rows + <usize>column, 40) > load<f64>(f))) << 4);
    column = load<u32>(g, 8);
    isInside |= column;
    g = <usize>load<u32>(g, 12) + ((<usize>(load<f64>(rows + <usize>column, 48) > load<f64>(g))) << 4);
    column = load<u32>(h, 8);
    isInside |= column;
    h = <usize>load<u32>(h, 12) + ((<usize>(load<f64>(rows + <usize>column, 56) > load<f64>(h))) << 4);
  } while (isInside !== 0);
  add(sums, a);
  add(sums + 8, b);
  add(sums + 16, c);
  add(sums + 24, d);
  add(sums + 32, e);
  add(sums + 40, f);
  add(sums + 48, g);
  add(sums + 56, h);
}

function add(sum: usize, leaf: usize): void {
  store<f64>(sum, load<f64>(sum) + load<f64>(leaf));
}
