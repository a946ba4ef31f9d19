/** How a number becomes milliseconds since 1970. */
export const wholeMillis = 0;
export const seconds = 1;
export const microseconds = 2;

const largest: f64 = 9007199254740991;

export function isSafeInteger(x: f64): bool {
  return Math.trunc(x) === x && Math.abs(x) <= largest;
}

/** Milliseconds since 1970 of a number as it is written; NaN where it has no such meaning. */
export function toMillis(x: f64, unit: i32): f64 {
  if (unit === seconds) return Math.round(x * 1000);
  if (!isSafeInteger(x)) return NaN;
  return unit === microseconds ? Math.floor(x / 1000) : x;
}
