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

/**
 * The share of session starts that are dropped at a moment: half in the midst of weekends, rising and falling linearly
 * over the six hours around their midnights. Not on holidays, which eventsim would thin too: with those of the United
 * States the full log's users have 3 % fewer sessions than the real ones.
 */
export function thinning(time: number): number {
  const day = Math.floor(time / DAY);
  const second = time - day * DAY;
  const today = isWeekend(day) ? 1 : 0;
  if (second < RAMP) return THINNED * mix(isWeekend(day - 1) ? 1 : 0, today, (second + RAMP) / (2 * RAMP));
  const left = DAY - second;
  if (left < RAMP) return THINNED * mix(isWeekend(day + 1) ? 1 : 0, today, (left + RAMP) / (2 * RAMP));
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
function isWeekend(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}
