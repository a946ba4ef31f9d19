import { order } from '../trees/rows.ts';
import { ids, isWide, PICK, picks, side, spans, stride } from './memory.ts';

/** Lays out `count` rows and `features` picks. */
export function layOut(count: u32, features: u32): void {
  if (isWide) layOutRows<u32>(count, features);
  else layOutRows<u16>(count, features);
}

function layOutRows<Id>(count: u32, features: u32): void {
  const first = picks;
  const last = first + <usize>features * PICK;
  const bytesOfRow = stride;
  const all = side;
  const lastRow = order + ((<usize>count) << 2);
  let at = ids;
  for (let r = order; r < lastRow; r += 4) {
    const row: usize = load<u32>(r);
    const bins = all + row * bytesOfRow;
    const start = at;
    for (let pick = first; pick < last; pick += PICK) {
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
