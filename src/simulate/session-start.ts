import { thinning, warpToDay } from './calendar.ts';
import { exponential, type Stream, uniform } from './stream.ts';

/**
 * When the next session starts: half an hour and an exponential gap after the last event, warped over the day; a
 * start that is thinned out, or warped into the past, is drawn again from where it fell.
 *
 * @param after seconds since the epoch.
 * @param beta mean gap in seconds.
 */
export function nextSessionStart(stream: Stream, after: number, beta: number): number {
  let from = after;
  for (;;) {
    const start = warpToDay(from + Math.trunc(exponential(stream, beta)) + SESSION_GAP);
    if (start < from) {
      from += SESSION_GAP;
      continue;
    }
    const share = thinning(start);
    if (share === 0 || uniform(stream) >= share) return start;
    from = start;
  }
}

/** Seconds: eventsim's half hour, after which a session is another one. */
export const SESSION_GAP = 1800;
