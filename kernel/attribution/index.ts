/*
 * What tree attributions do for every row: rank its values, gather which conditions it breaks, look up the values of that pattern and
 * add them. And what they do for every new pattern: share out a leaf's value. Counts of rows are multiples of four; whoever calls pads.
 */

/** The first address that the host may use. */
export function freeFrom(): usize {
  return (__heap_base + 63) & ~63;
}

/** Of each value, how many of the ascending thresholds are below it; of a missing one, `missing`. Gives how many are missing. */
export function rank(
  values: usize,
  rows: u32,
  thresholds: usize,
  count: u32,
  missing: u32,
  ranks: usize,
): u32 {
  let allMissing: u32 = 0;
  for (let i: usize = 0; i < rows; i++) {
    const x = load<f64>(values + (i << 3));
    let at = thresholds;
    for (let left: usize = count; left > 0; ) {
      const half = (left + 1) >> 1;
      const next = at + (half << 3);
      at = load<f64>(next - 8) < x ? next : at;
      left -= half;
    }
    const isMissing = Number.isNaN(x);
    allMissing += <u32>isMissing;
    store<u32>(ranks + (i << 2), isMissing ? missing : <u32>((at - thresholds) >> 3));
  }
  return allMissing;
}

/** Of each row, the mark of its code. */
export function readMarks(codes: usize, marks: usize, rows: u32, ranks: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    store<u32>(ranks + (i << 2), load<u8>(marks + load<u32>(codes + (i << 2))));
  }
}

/** Sets the bit of rows whose rank is above the bar, or of the others where `others` is −1 and not 0. */
export function setBit(
  ranks: usize,
  bar: i32,
  others: i32,
  bit: i32,
  before: usize,
  after: usize,
  rows: u32,
): void {
  const bars = i32x4.splat(bar);
  const flip = i32x4.splat(others);
  const bits = i32x4.splat(bit);
  const end = (<usize>rows) << 2;
  for (let i: usize = 0; i < end; i += 16) {
    const above = v128.xor(i32x4.gt_s(v128.load(ranks + i), bars), flip);
    v128.store(after + i, v128.or(v128.load(before + i), v128.and(above, bits)));
  }
}

/**
 * Finds the address of each row's values by its pattern, which is an index into `places`. Unknown patterns get the next `stride` bytes
 * of zeros from `free` on, and are listed in `fresh` with their addresses.
 * @returns how many were unknown.
 */
export function lookUp(
  patterns: usize,
  rows: u32,
  places: usize,
  free: usize,
  stride: u32,
  fresh: usize,
  addresses: usize,
): u32 {
  let next = free;
  let last = fresh;
  const end = (<usize>rows) << 2;
  for (let i: usize = 0; i < end; i += 4) {
    const pattern = load<u32>(patterns + i);
    const place = places + ((<usize>pattern) << 2);
    let address: usize = load<u32>(place);
    if (address === 0) {
      address = next;
      next += stride;
      store<u32>(place, address);
      store<u32>(last, pattern);
      store<u32>(last, address, 4);
      last += 8;
    }
    store<u32>(addresses + i, address);
  }
  memory.fill(free, 0, next - free);
  return <u32>((last - fresh) >> 3);
}

/** The same where patterns are too wide for an index: 2 to the power of `slotBits` slots of pattern and address, all forgotten first. */
export function lookUpKeyed(
  patterns: usize,
  rows: u32,
  slots: usize,
  slotBits: u32,
  free: usize,
  stride: u32,
  fresh: usize,
  addresses: usize,
): u32 {
  let next = free;
  let last = fresh;
  const end = (<usize>rows) << 2;
  const lastSlot: u32 = (1 << slotBits) - 1;
  memory.fill(slots, 0, (<usize>8) << slotBits);
  for (let i: usize = 0; i < end; i += 4) {
    const pattern = load<u32>(patterns + i);
    let slot = (pattern * 0x9e3779b1) >>> (32 - slotBits);
    while (load<u32>(slots + (slot << 3), 4) !== 0 && load<u32>(slots + (slot << 3)) !== pattern) {
      slot = (slot + 1) & lastSlot;
    }
    const found = slots + (slot << 3);
    let address: usize = load<u32>(found, 4);
    if (address === 0) {
      address = next;
      next += stride;
      store<u32>(found, pattern);
      store<u32>(found, address, 4);
      store<u32>(last, pattern);
      store<u32>(last, address, 4);
      last += 8;
    }
    store<u32>(addresses + i, address);
  }
  memory.fill(free, 0, next - free);
  return <u32>((last - fresh) >> 3);
}

/** Adds two values of each row's pattern, `at` bytes from its address, to two columns. */
export function addTwo(addresses: usize, at: usize, rows: u32, column0: usize, column1: usize): void {
  const end = (<usize>rows) << 2;
  for (let i: usize = 0; i < end; i += 8) {
    const one = v128.load(<usize>load<u32>(addresses + i) + at);
    const other = v128.load(<usize>load<u32>(addresses + i, 4) + at);
    const j = i << 1;
    v128.store(column0 + j, f64x2.add(v128.load(column0 + j), v128.shuffle<f64>(one, other, 0, 2)));
    v128.store(column1 + j, f64x2.add(v128.load(column1 + j), v128.shuffle<f64>(one, other, 1, 3)));
  }
}

/** Adds four values of each row's pattern. */
export function addFour(
  addresses: usize,
  at: usize,
  rows: u32,
  column0: usize,
  column1: usize,
  column2: usize,
  column3: usize,
): void {
  const end = (<usize>rows) << 2;
  for (let i: usize = 0; i < end; i += 8) {
    const one = <usize>load<u32>(addresses + i) + at;
    const other = <usize>load<u32>(addresses + i, 4) + at;
    const low = v128.load(one);
    const high = v128.load(one, 16);
    const otherLow = v128.load(other);
    const otherHigh = v128.load(other, 16);
    const j = i << 1;
    v128.store(column0 + j, f64x2.add(v128.load(column0 + j), v128.shuffle<f64>(low, otherLow, 0, 2)));
    v128.store(column1 + j, f64x2.add(v128.load(column1 + j), v128.shuffle<f64>(low, otherLow, 1, 3)));
    v128.store(column2 + j, f64x2.add(v128.load(column2 + j), v128.shuffle<f64>(high, otherHigh, 0, 2)));
    v128.store(column3 + j, f64x2.add(v128.load(column3 + j), v128.shuffle<f64>(high, otherHigh, 1, 3)));
  }
}
