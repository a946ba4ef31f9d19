export interface Tick {
  /** Place along the axis in pixels. */
  readonly at: number;
  readonly label: string;
}

interface LinearScale {
  (value: number): number;
  ticks(count: number): number[];
}

export function ticksOf(scale: LinearScale, count: number, format: (value: number) => string): Tick[] {
  return scale.ticks(count).map((value) => ({ at: scale(value), label: format(value) }));
}

/** As `ticksOf`, for a scale of counts: no tick stands between two whole numbers. */
export function countTicksOf(scale: LinearScale, count: number, format: (value: number) => string): Tick[] {
  const whole = scale.ticks(count).filter(Number.isInteger);
  return whole.map((value) => ({ at: scale(value), label: format(value) }));
}
