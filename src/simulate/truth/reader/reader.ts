import type { LogPlan } from '../../population.ts';
import { cohortNames } from '../../scenario-targets.ts';
import type { Stream } from '../../stream.ts';
import type { Walk, World } from '../../walk.ts';
import { sessionIsOver } from '../pending-event.ts';
import { type Evidence, noEvidence, observe, observeFirst, observePage } from './evidence.ts';
import { nextEventAsRead } from './next-event.ts';
import { openTime } from './open-time.ts';
import { cohortPrior, type Posterior, posteriorOf, slowestAlpha } from './posterior.ts';

/**
 * One who knows how listeners go on and reads the log of one of them, event by event, but sees neither cohort nor pace.
 * What such a reader expects is the best that any model of the log can.
 */
export interface Reader {
  readonly observe: (before: Walk, after: Walk) => void;
  /** What the reader expects at a moment, when the last event before it is `last`. */
  readonly expect: (last: Walk, moment: number) => Expectation;
}

/** Draws the listener's next event from the moment on, as it might be. */
export type Expectation = (stream: Stream) => Walk;

/** Sets up reading about a log: once a thread. */
export function readers(plan: LogPlan, world: World, ahead: World): (first: Walk) => Reader {
  const open = openTime(plan.start, plan.end);
  const cohorts = cohortNames(plan.scenario).length;
  return (first) => {
    const evidence = noEvidence(cohorts);
    const prior = cohortPrior(plan, first.time);
    observeFirst(evidence, first, plan.start, world, open);
    return {
      observe: (before, after) => observe(evidence, before, after, world, open),
      expect: (last, moment) => expectation(evidence, prior, last, moment, world, ahead),
    };
  };
}

function expectation(
  evidence: Evidence,
  prior: Float64Array,
  last: Walk,
  moment: number,
  world: World,
  ahead: World,
): Expectation {
  const known = posteriorOf(evidence, prior);
  const isOver = sessionIsOver({ ...last, alpha: slowestAlpha(known) }, moment);
  const posterior = isOver ? afterSession(evidence, prior, last, world) : known;
  return (stream) => nextEventAsRead(last, stream, posterior, isOver, ahead, moment);
}

function afterSession(evidence: Evidence, prior: Float64Array, last: Walk, world: World): Posterior {
  const seen = { ...evidence, cohorts: evidence.cohorts.slice() };
  observePage(seen, last, -1, world);
  return posteriorOf(seen, prior);
}
