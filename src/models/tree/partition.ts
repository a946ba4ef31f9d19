/** What sends a row left, by the bin of a feature: one from 1 to `bin`, or of a category one that is marked. */
export interface Test {
  readonly feature: number;
  readonly bin: number;
  readonly isLeft: Uint8Array | undefined;
  readonly missingLeft: boolean;
}

/**
 * Parts rows order[start … end − 1] into those that go left and, behind them, those that go right; both keep
 * their order.
 * @param bins the tested feature's bin by row.
 * @param scratch room for the rows that go right.
 * @returns where the right rows begin.
 */
export function partition(
  order: Int32Array,
  start: number,
  end: number,
  bins: Uint8Array,
  { bin, isLeft, missingLeft }: Test,
  scratch: Int32Array,
): number {
  return isLeft
    ? partitionBySet(order, start, end, bins, isLeft, scratch)
    : partitionByBin(order, start, end, bins, bin, missingLeft, scratch);
}

function partitionByBin(
  order: Int32Array,
  start: number,
  end: number,
  bins: Uint8Array,
  bin: number,
  missingLeft: boolean,
  scratch: Int32Array,
): number {
  const low = missingLeft ? 0 : 1;
  const span = bin - low;
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = order[i];
    const goesLeft = (bins[row] - low) >>> 0 <= span ? 1 : 0;
    order[left] = row;
    scratch[right] = row;
    left += goesLeft;
    right += 1 - goesLeft;
  }
  order.set(scratch.subarray(0, right), left);
  return left;
}

function partitionBySet(
  order: Int32Array,
  start: number,
  end: number,
  bins: Uint8Array,
  isLeft: Uint8Array,
  scratch: Int32Array,
): number {
  let left = start;
  let right = 0;
  for (let i = start; i < end; i++) {
    const row = order[i];
    const goesLeft = isLeft[bins[row]];
    order[left] = row;
    scratch[right] = row;
    left += goesLeft;
    right += 1 - goesLeft;
  }
  order.set(scratch.subarray(0, right), left);
  return left;
}
