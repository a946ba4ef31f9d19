import type { Test } from '../../../src/models/tree/growing.ts';

/** `partRows` by filters. @param bins the tested feature's bin by row. @returns where the right rows begin. */
export function partition(
  order: Int32Array,
  start: number,
  end: number,
  bins: Uint8Array,
  { bin, isLeft, missingLeft }: Test,
): number {
  const goesLeft = (row: number): boolean => {
    if (isLeft) return isLeft[bins[row]] === 1;
    return bins[row] === 0 ? missingLeft : bins[row] <= bin;
  };
  const rows = order.slice(start, end);
  const left = rows.filter(goesLeft);
  order.set(left, start);
  order.set(
    rows.filter((row) => !goesLeft(row)),
    start + left.length,
  );
  return start + left.length;
}
