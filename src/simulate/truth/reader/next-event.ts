import type { Stream } from '../../stream.ts';
import { copyWalk, nextStart, startSession, step, type Walk, type World } from '../../walk.ts';
import { drawHidden, type Posterior } from './posterior.ts';

/**
 * A walk at its next event as a reader of the log may expect it: cohort and pace are drawn with the event, again and
 * again until the silence up to the moment is met, so that it counts as evidence too.
 *
 * @param isOver whether the session is known to have ended, which the posterior then knows as well.
 */
export function nextEventAsRead(
  last: Walk,
  stream: Stream,
  posterior: Posterior,
  isOver: boolean,
  world: World,
  moment: number,
): Walk {
  let walk = copyWalk(last, stream);
  for (;;) {
    walk = copyWalk({ ...last, ...drawHidden(posterior, walk) }, walk);
    if (isOver) {
      const start = nextStart(walk, world);
      if (start < moment) continue;
      startSession(walk, world, start);
      return walk;
    }
    step(walk, world);
    if (walk.time >= moment) return walk;
  }
}
