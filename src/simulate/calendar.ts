import { isHoliday } from './holidays.ts';

export const DAY = 86_400;

/**
 * Moves a moment by a sine over the day, which thins the hours around 3 am and thickens those around 3 pm.
 *
 * @param time seconds since the epoch, UTC.
 * @returns whole seconds since the epoch.
 */
export function warpToDay(time: number): number {
  const phase = (((time % DAY) - THREE_AM) * 2 * Math.PI) / DAY;
  return time + Math.trunc(DAMPING * DAY * Math.sin(phase));
}

/** The moment that `warpToDay` moves to the given one, to a second or two. */
export function unwarp(time: number): number {
  let before = time;
  // The warp moves neighbouring moments apart or together by .4 at most: each round leaves .4 of the error.
  for (let round = 0; round < 12; round++) before = time - (warpToDay(before) - before);
  return before;
}

/**
 * The share of session starts that are dropped at a moment: half in the midst of weekends and US holidays, rising
 * and falling linearly over the six hours around their midnights.
 */
export function thinning(time: number): number {
  const day = Math.floor(time / DAY);
  const second = time - day * DAY;
  const today = isOff(day) ? 1 : 0;
  if (second < RAMP) return THINNED * mix(isOff(day - 1) ? 1 : 0, today, (second + RAMP) / (2 * RAMP));
  const left = DAY - second;
  if (left < RAMP) return THINNED * mix(isOff(day + 1) ? 1 : 0, today, (left + RAMP) / (2 * RAMP));
  return THINNED * today;
}

const THREE_AM = 3 * 3600;
/** eventsim's own default; the hours of the mini log's songs have the amplitude it gives, and not that of .09375. */
const DAMPING = 0.0625;
const THINNED = 0.5;
const RAMP = 3 * 3600;

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** Day 0, 1970-01-01, was a Thursday. */
function isOff(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6 || isHoliday(day);
}
