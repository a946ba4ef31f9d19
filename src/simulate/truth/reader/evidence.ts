import { unwarp } from '../../calendar.ts';
import type { Chain } from '../../chain.ts';
import { SESSION_GAP } from '../../session-start.ts';
import { stateFlags } from '../../states.ts';
import { copyWalk, isPaced, type Walk, type World } from '../../walk.ts';
import type { OpenTime } from './open-time.ts';

/** What the events of a user in a log say of the user: all that the posterior of cohort and pace hangs on. */
export interface Evidence {
  /** By cohort: the log-likelihood of the pages that followed one another. */
  readonly cohorts: Float64Array;
  /** Pauses between pages, and their seconds together. */
  pauses: number;
  pauseSeconds: number;
  /** Gaps between sessions, and the seconds together in which a session could have started. */
  gaps: number;
  gapSeconds: number;
  /** Whether the start of the log found the user on the way. */
  isFound: boolean;
}

export function noEvidence(cohorts: number): Evidence {
  return {
    cohorts: new Float64Array(cohorts),
    pauses: 0,
    pauseSeconds: 0,
    gaps: 0,
    gapSeconds: 0,
    isFound: false,
  };
}

/** Takes the step from one event to the next into account. */
export function observe(evidence: Evidence, before: Walk, after: Walk, world: World, open: OpenTime): void {
  const sessionEnds = after.itemInSession === 0;
  observePage(evidence, before, sessionEnds ? -1 : after.state, world);
  if (sessionEnds) {
    evidence.gaps++;
    evidence.gapSeconds += openBetween(before.time + SESSION_GAP, after.time, open) / world.gapFactor(before);
  } else if (isPaced(before, after.state)) {
    evidence.pauses++;
    evidence.pauseSeconds += after.time - before.time;
  }
}

/**
 * Takes into account where the start of the log finds the user. A renewal process is found within a session of mean length S
 * with probability S / (beta + S), and so long before its next session with density exp(-x / beta) / (beta + S). Of one who
 * comes as a guest during the log nothing follows.
 */
export function observeFirst(
  evidence: Evidence,
  first: Walk,
  start: number,
  world: World,
  open: OpenTime,
): void {
  if (isGuest[first.state]) return;
  evidence.isFound = true;
  if (first.itemInSession > 0) return;
  evidence.gapSeconds += openBetween(start, first.time, open) / world.gapFactor(first);
}

/** @param next the state of the same session that followed; -1 for the end of the session. */
export function observePage(evidence: Evidence, before: Walk, next: number, world: World): void {
  for (let cohort = 0; cohort < evidence.cohorts.length; cohort++) {
    const chain = world.chainOf(copyWalk({ ...before, cohort }));
    evidence.cohorts[cohort] += Math.log(probabilityOf(chain, before.state, next));
  }
}

function openBetween(from: number, to: number, open: OpenTime): number {
  return Math.max(0, open(unwarp(to)) - open(from));
}

const isGuest = stateFlags(({ auth }) => auth === 'Guest');

function probabilityOf({ first, target, cumulative }: Chain, state: number, next: number): number {
  const from = first[state];
  const to = first[state + 1];
  // The sum of a row that never ends a session may be a hair above 1.
  if (next < 0) return from === to ? 1 : Math.max(0, 1 - cumulative[to - 1]);
  for (let i = from; i < to; i++) {
    if (target[i] === next) return cumulative[i] - (i === from ? 0 : cumulative[i - 1]);
  }
  return 0;
}
