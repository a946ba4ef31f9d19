import { columns, marks, order, rows, scratch } from './rows.ts';

/**
 * Parts rows order[start … end − 1] into those whose bin of a feature is marked and, behind them, the others; both keep their order.
 * @returns where the others begin.
 */
export function part(start: u32, end: u32, feature: u32): u32 {
  const first = order + ((<usize>start) << 2);
  const last = order + ((<usize>end) << 2);
  const bins = columns + <usize>feature * rows;
  const isLeft = marks;
  let left = first;
  let right = scratch;
  for (let at = first; at < last; at += 4) {
    const row: usize = load<u32>(at);
    const step = (<usize>load<u8>(isLeft + <usize>load<u8>(bins + row))) << 2;
    store<u32>(left, <u32>row);
    store<u32>(right, <u32>row);
    left += step;
    right += 4 - step;
  }
  memory.copy(left, scratch, right - scratch);
  return <u32>((left - order) >> 2);
}
