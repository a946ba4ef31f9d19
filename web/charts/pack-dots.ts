export interface Dot {
  readonly x: number;
  /** From the middle of the row. */
  readonly y: number;
}

/**
 * Places dots beside each other where they would lie on one another: each at its own `x`, as near to the middle as those before it let
 * it, at most `reach` away, where dots then share a place.
 *
 * @param places along the axis, rising.
 * @param size of a dot.
 */
export function packDots(places: readonly number[], size: number, reach: number): Dot[] {
  const lanes = lanesWithin(size, reach);
  const ends = lanes.map(() => Number.NEGATIVE_INFINITY);
  return places.map((x) => {
    const free = ends.findIndex((end) => x - end >= size);
    const lane = free < 0 ? lanes.length - 1 : free;
    ends[lane] = x;
    return { x, y: lanes[lane] };
  });
}

/** 0, then by turns below and above. */
function lanesWithin(size: number, reach: number): number[] {
  const lanes = [0];
  for (let away = size; away <= reach; away += size) lanes.push(away, -away);
  return lanes;
}
