import type { Stream } from '../stream.ts';
import { copyWalk, nextStart, startSession, step, type Walk, type World } from '../walk.ts';

/**
 * Takes a copy of a walk from its last event before a moment to its next one, given that this comes at the moment or later,
 * which is what a log shows at a cutoff. The event that the log will hold is drawn anew.
 *
 * The condition is met by rejection, which is exact whatever the rules of the walk are. It is cheap on average for the
 * same reason that it is sometimes dear: a long silence comes about as rarely in the log as in the draws, so that n
 * walks together take some n · ln n of them.
 *
 * @param last the walk at its last event before the moment.
 * @param stream where the copy's chance comes from.
 */
export function nextEventFrom(last: Walk, stream: Stream, world: World, moment: number): Walk {
  let walk = copyWalk(last, stream);
  if (sessionIsOver(last, moment)) {
    let start = nextStart(walk, world);
    while (start < moment) start = nextStart(walk, world);
    startSession(walk, world, start);
    return walk;
  }
  step(walk, world);
  while (walk.time < moment) {
    walk = copyWalk(last, walk);
    step(walk, world);
  }
  return walk;
}

/**
 * Whether the silence up to the moment is longer than any within a session, so that the session has ended. Exact: no draw
 * of the 32-bit uniform numbers makes an exponential one of more than 22.9 means.
 */
export function sessionIsOver({ time, songEnd, alpha }: Walk, moment: number): boolean {
  return moment > songEnd && moment - time > LONGEST_PAUSE * alpha + 1;
}

const LONGEST_PAUSE = 23;
