/*
 * Lays out what a tree draws, and sums its histograms: of every bin the gradients and second derivatives of a node's rows. The
 * sums are exact in any order (see `gradients.ts`), so that they are the same bits as those of a plain loop.
 */

/** Bytes of what is told of a laid-out feature: its place in a row of bins, the id of its bin 0, the bin that is left out. */
const PICK: usize = 12;

/** Rows whose cache lines are asked for before any of them is added: the misses then overlap. Four bytes each. */
const TOUCH: usize = 32 * 4;

/** All features' bins, side by side, row after row: `stride` of them a row. */
let side: usize = 0;
let stride: usize = 0;
/** The features to lay out. */
let picks: usize = 0;
/** The rows to lay out, or to sum. */
let rows: usize = 0;
/** By row of the whole: gradient and second derivative. */
let gradients: usize = 0;
/** By row of the whole: where its ids begin and end. */
let spans: usize = 0;
let ids: usize = 0;
/** Whether an id has four bytes, not two. */
let isWide: bool = false;
/** By id: the two sums. */
let histogram: usize = 0;

/** The first address that the host may use. */
export function freeFrom(): usize {
  return (__heap_base + 63) & ~63;
}

/** Tells where all stands. */
export function place(
  sideAt: usize,
  features: u32,
  picksAt: usize,
  rowsAt: usize,
  gradientsAt: usize,
  spansAt: usize,
  idsAt: usize,
  wide: bool,
  histogramAt: usize,
): void {
  side = sideAt;
  stride = features;
  picks = picksAt;
  rows = rowsAt;
  gradients = gradientsAt;
  spans = spansAt;
  ids = idsAt;
  isWide = wide;
  histogram = histogramAt;
}

/** Lays out `count` rows and `features` picks. */
export function layOut(count: u32, features: u32): void {
  if (isWide) layOutRows<u32>(count, features);
  else layOutRows<u16>(count, features);
}

function layOutRows<Id>(count: u32, features: u32): void {
  const lastPick = picks + <usize>features * PICK;
  const lastRow = rows + ((<usize>count) << 2);
  let at = ids;
  for (let r = rows; r < lastRow; r += 4) {
    const row: usize = load<u32>(r);
    const bins = side + row * stride;
    const start = at;
    for (let pick = picks; pick < lastPick; pick += PICK) {
      const bin: i32 = load<u8>(bins + load<u32>(pick));
      store<Id>(at, <Id>(load<i32>(pick, 4) + bin));
      at += bin === load<i32>(pick, 8) ? 0 : sizeof<Id>();
    }
    const end = start + padded((at - start) / sizeof<Id>()) * sizeof<Id>();
    for (; at < end; at += sizeof<Id>()) store<Id>(at, 0);
    const span = spans + (row << 3);
    store<u32>(span, start);
    store<u32>(span, end, 4);
  }
}

/** Ids of a row with padding. Rows a multiple of 256 bytes apart would share few cache sets: they get four more. */
function padded(count: usize): usize {
  const whole = max<usize>(4, (count + 3) & ~3);
  return whole % 128 === 0 ? whole + 4 : whole;
}

/**
 * Sums the histogram of `count` rows over `size` ids.
 * @returns a sum of what was touched, so that touching is not optimised away.
 */
export function sum(count: u32, size: u32): u32 {
  memory.fill(histogram, 0, (<usize>size) << 4);
  return isWide ? sumRows<u32>(count) : sumRows<u16>(count);
}

function sumRows<Id>(count: u32): u32 {
  const last = rows + ((<usize>count) << 2);
  let touched: u32 = 0;
  for (let from = rows; from < last; from += TOUCH) {
    const to = min(from + TOUCH, last);
    for (let r = from; r < to; r += 4) {
      const span = spans + ((<usize>load<u32>(r)) << 3);
      touched += <u32>load<Id>(load<u32>(span)) + <u32>load<Id>(load<u32>(span, 4) - sizeof<Id>());
    }
    for (let r = from; r < to; r += 4) {
      const row: usize = load<u32>(r);
      const both = v128.load(gradients + (row << 4));
      const span = spans + (row << 3);
      const end: usize = load<u32>(span, 4);
      for (let at: usize = load<u32>(span); at < end; at += 4 * sizeof<Id>()) {
        if (sizeof<Id>() === 2) {
          const four = load<u64>(at);
          addTo(<usize>(four & 0xffff), both);
          addTo(<usize>((four >> 16) & 0xffff), both);
          addTo(<usize>((four >> 32) & 0xffff), both);
          addTo(<usize>(four >> 48), both);
        } else {
          addTo(load<u32>(at), both);
          addTo(load<u32>(at, 4), both);
          addTo(load<u32>(at, 8), both);
          addTo(load<u32>(at, 12), both);
        }
      }
    }
  }
  return touched;
}

function addTo(id: usize, both: v128): void {
  const at = histogram + (id << 4);
  v128.store(at, f64x2.add(v128.load(at), both));
}
