/** A straight map from values to places on the page. */
export interface Scale {
  readonly place: (value: number) => number;
  /** Round values within the domain, rising. */
  readonly ticks: readonly number[];
  /** A tick as it is written: with as many digits as tell it from the next. */
  readonly label: (tick: number) => string;
}

/**
 * A scale whose domain holds all values and ends on ticks; values that are no finite numbers are left out. Without any it is 0…1.
 * @param count of ticks, about.
 */
export function linearScale(values: readonly number[], from: number, to: number, count = 5): Scale {
  const finite = values.filter(Number.isFinite);
  const [least, most] = finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
  const step = niceStep(spreadOf(least, most) / count);
  const first = Math.floor(least / step + 1e-9);
  const last = Math.max(Math.ceil(most / step - 1e-9), first + 1);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return {
    place: (value) => from + ((value / step - first) / (last - first)) * (to - from),
    ticks: Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12))),
    label: (tick) =>
      tick.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  };
}

/** What the ticks divide: values that are equal, but for rounding, are spread about themselves, and zeros about 1. */
function spreadOf(least: number, most: number): number {
  const size = Math.max(Math.abs(least), Math.abs(most));
  if (size < 1e-300) return 1;
  return most - least > 1e-9 * size ? most - least : size;
}

/** 1, 2 or 5 times a power of ten, at least `rough`. */
function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5].find((one) => one * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}
