import { order } from '../trees/rows.ts';
import { gradients, histogramAt, isWide, spans } from './memory.ts';

/** Rows whose cache lines are asked for before any of them is added: the misses then overlap. Four bytes each. */
const TOUCH: usize = 32 * 4;

/**
 * Sums the histogram of rows order[start … end − 1] over `size` ids into a slot. Bins that are left out stay 0.
 * @returns a sum of what was touched, so that touching is not optimised away.
 */
export function sum(slot: u32, start: u32, end: u32, size: u32): u32 {
  const histogram = histogramAt(slot);
  memory.fill(histogram, 0, (<usize>size) << 4);
  const first = order + ((<usize>start) << 2);
  const last = order + ((<usize>end) << 2);
  return isWide ? sumRows<u32>(histogram, first, last) : sumRows<u16>(histogram, first, last);
}

function sumRows<Id>(histogram: usize, first: usize, last: usize): u32 {
  const pairs = gradients;
  const ends = spans;
  let touched: u32 = 0;
  for (let from = first; from < last; from += TOUCH) {
    const to = min(from + TOUCH, last);
    for (let r = from; r < to; r += 4) {
      const row: usize = load<u32>(r);
      const span = ends + (row << 3);
      touched += <u32>load<Id>(load<u32>(span)) + <u32>load<Id>(load<u32>(span, 4) - sizeof<Id>());
      touched += load<u32>(pairs + (row << 4));
    }
    for (let r = from; r < to; r += 4) {
      const row: usize = load<u32>(r);
      const both = v128.load(pairs + (row << 4));
      const span = ends + (row << 3);
      const end: usize = load<u32>(span, 4);
      for (let at: usize = load<u32>(span); at < end; at += 4 * sizeof<Id>()) {
        if (sizeof<Id>() === 2) {
          const two = load<u32>(at);
          const next = load<u32>(at, 4);
          addTo(histogram + ((two << 4) & 0xffff0), both);
          addTo(histogram + ((two >>> 12) & 0xffff0), both);
          addTo(histogram + ((next << 4) & 0xffff0), both);
          addTo(histogram + ((next >>> 12) & 0xffff0), both);
        } else {
          addTo(histogram + (load<u32>(at) << 4), both);
          addTo(histogram + (load<u32>(at, 4) << 4), both);
          addTo(histogram + (load<u32>(at, 8) << 4), both);
          addTo(histogram + (load<u32>(at, 12) << 4), both);
        }
      }
    }
  }
  return touched;
}

function addTo(at: usize, both: v128): void {
  v128.store(at, f64x2.add(v128.load(at), both));
}
