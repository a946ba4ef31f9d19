import type { Catalogue } from './catalogue.ts';
import { type Chain, follow } from './chain.ts';
import { nextSessionStart } from './session-start.ts';
import { stateFlags } from './states.ts';
import { exponential, type Stream, uniform } from './stream.ts';

/**
 * Everything that decides how one listener goes on; the event it stands at included. Plain numbers: `{ ...walk }` is a
 * copy that goes on in the same way, and one whose stream is replaced goes on as the listener might have done.
 */
export interface Walk extends Stream {
  /** Index into COHORTS. */
  readonly cohort: number;
  /** Mean time between two pages, in seconds. */
  readonly alpha: number;
  /** Mean time between two sessions, in seconds. */
  readonly beta: number;
  /** Shifts the numbers of its sessions, in seconds of less than a day. */
  readonly phase: number;
  /** Index into STATES. */
  state: number;
  /** Of the event, in seconds since the epoch. */
  time: number;
  /** The song that plays or played last in the session, or -1. */
  song: number;
  /** When that song ends, in seconds since the epoch. */
  songEnd: number;
  session: number;
  itemInSession: number;
  /** 1 for one whom the scenario's offer is for, 0 for one who is left without. */
  readonly treated: number;
  /** Segment of the scenario's offer, from 1; 0 for one who is in none. Follows the walk until the day of the offer. */
  segment: number;
}

/** What the walks of a log have in common. */
export interface World {
  readonly catalogue: Catalogue;
  /** The id of the walk's next session, which starts at the given time. */
  readonly sessionId: (walk: Walk, time: number) => number;
  /** Where the walk may go from where it stands. */
  readonly chainOf: (walk: Walk) => Chain;
  /** Where sessions start, by the state in which the last one ended. */
  readonly firstStates: Chain;
  /** By how much the walk's gaps between sessions are longer at its time. */
  readonly gapFactor: (walk: Walk) => number;
  /** Notes on the walk what a scenario has to know of the event it has come to. */
  readonly arrived: (walk: Walk) => void;
  /** Whether the scenario's offer is for a listener, 1 or 0, by their name. */
  readonly isTreated: (name: string) => number;
}

/**
 * A copy that goes on in the same way, or by another stream as the listener might have done. One literal makes all copies
 * objects of one shape, which the compiled code of a step relies on: spreads give several, and steps take twice as long.
 */
export function copyWalk(walk: Walk, { a, b, c, d }: Stream = walk): Walk {
  return {
    a,
    b,
    c,
    d,
    cohort: walk.cohort,
    alpha: walk.alpha,
    beta: walk.beta,
    phase: walk.phase,
    state: walk.state,
    time: walk.time,
    song: walk.song,
    songEnd: walk.songEnd,
    session: walk.session,
    itemInSession: walk.itemInSession,
    treated: walk.treated,
    segment: walk.segment,
  };
}

/**
 * Goes on to the listener's next event, in this session or the next.
 *
 * @returns false when there is none, because the listener has cancelled; the walk then stands where it stood.
 */
export function step(walk: Walk, world: World): boolean {
  const next = follow(world.chainOf(walk), walk.state, uniform(walk));
  if (next < 0 && isCancelled[walk.state]) return false;
  moveTo(walk, world, next);
  return true;
}

/** Goes on to a state of the same session, or for -1 to the start of the next session. */
export function moveTo(walk: Walk, world: World, next: number): void {
  if (next >= 0) goOn(walk, world, next);
  else startSession(walk, world, nextStart(walk, world));
}

/** Draws when the next session starts. */
export function nextStart(walk: Walk, world: World): number {
  return nextSessionStart(walk, walk.time, walk.beta * world.gapFactor(walk));
}

/** Stands the walk at the first event of a session; what auth and level it has, it has from where it stood. */
export function startSession(walk: Walk, world: World, time: number): void {
  walk.time = time;
  walk.session = world.sessionId(walk, time);
  walk.itemInSession = 0;
  walk.song = -1;
  walk.state = follow(world.firstStates, walk.state, uniform(walk));
  if (isSong[walk.state]) play(walk, world);
  world.arrived(walk);
}

/** Whether the time to the next page of the session hangs on the listener's own pace. */
export function isPaced({ song, time, songEnd }: Walk, next: number): boolean {
  const followsSong = isSong[next] === 1 && song >= 0 && time < songEnd;
  return !(isRedirect[next] || isCancelled[next] || followsSong);
}

/** The shape of eventsim's session: pages that redirect follow after a second, songs follow songs without a gap. */
function goOn(walk: Walk, world: World, next: number): void {
  if (isPaced(walk, next)) walk.time += Math.trunc(exponential(walk, walk.alpha));
  else if (isRedirect[next]) walk.time += 1;
  else if (isCancelled[next]) walk.time += uniform(walk) < 0.5 ? 0 : 1;
  else walk.time = walk.songEnd;
  walk.itemInSession += 1;
  walk.state = next;
  if (isSong[next]) play(walk, world);
  world.arrived(walk);
}

function play(walk: Walk, world: World): void {
  walk.song = world.catalogue.pick(walk);
  walk.songEnd = walk.time + world.catalogue.seconds[walk.song];
}

const isSong = stateFlags(({ page }) => page === 'NextSong');
const isRedirect = stateFlags(({ status }) => status === 307);
const isCancelled = stateFlags(({ auth }) => auth === 'Cancelled');
