import { DAY } from './calendar.ts';
import { scatter } from './scatter.ts';
import type { Scenario } from './scenario.ts';
import { nextSessionStart } from './session-start.ts';
import { stateFlags, stateIndex } from './states.ts';
import { exponential, normal, openStream, type Stream, uniform } from './stream.ts';
import { startSession, step, type Walk, type World } from './walk.ts';

/** One who comes to the service during the log. */
export interface Listener {
  readonly walk: Walk;
  /** Number of the account, 0 … users - 1; -1 for a visitor who never gets one within the log. */
  readonly account: number;
  /** When the account was opened, in seconds since the epoch. */
  readonly registration: number;
}

/** What a log is made from; times in seconds since the epoch. */
export interface LogPlan {
  readonly seed: number;
  readonly start: number;
  readonly end: number;
  /** Distinct users in the log, new arrivals included, but not those whom the scenario brings. */
  readonly users: number;
  readonly scenario?: Scenario;
}

/** How many of the users register during the log; the others have accounts before it starts. */
export function arrivalCount(plan: LogPlan): number {
  return Math.round((plan.users * GROWTH_A_YEAR * (plan.end - plan.start)) / YEAR);
}

/**
 * One who has an account when the log starts, standing at the first event in it. Users who would not show up in the
 * log are drawn again: an account is one that has at least one row with its id.
 */
export function member(plan: LogPlan, world: World, account: number): Listener {
  for (let attempt = 0; ; attempt++) {
    const stream = openStream(`member/${account}/${attempt}`, plan.seed);
    const draw = uniform(stream);
    const auth = uniform(stream) < LOGGED_OUT ? 'Logged Out' : 'Logged In';
    const level = draw < PAID ? 'paid' : 'free';
    const age = Math.min(Math.trunc(exponential(stream, GROWTH_A_YEAR * YEAR)), 5 * YEAR);
    const walk = begin(world, stream, account, plan.start, stateIndex(`${auth}/${level}/Home`));
    if (enter(walk, world, plan) && showsAccount(walk, world, plan)) {
      return { walk, account, registration: plan.start - age };
    }
  }
}

/**
 * Those who come as guests during the log, in the order they were drawn, until `arrivalCount` of them have registered.
 * A first visit may lie before the moment of registration that the account states, as it does in eventsim.
 */
export function arrivals(plan: LogPlan, world: World): Listener[] {
  const wanted = arrivalCount(plan);
  const listeners: Listener[] = [];
  let registered = 0;
  for (let candidate = 0; registered < wanted; candidate++) {
    const stream = openStream(`arrival/${candidate}`, plan.seed);
    const registration = plan.start + Math.trunc(uniform(stream) * (plan.end - plan.start));
    const guest = stateIndex('Guest/free/Home');
    const walk = begin(world, stream, plan.users - wanted + candidate, registration, guest);
    if (!enter(walk, world, plan)) continue;
    const registers = showsAccount(walk, world, plan);
    const account = registers ? plan.users - wanted + registered++ : -1;
    listeners.push({ walk, account, registration });
  }
  return listeners;
}

/** Users a year who come, for each one there is. */
const GROWTH_A_YEAR = 0.1;
const YEAR = 365 * DAY;
/** As eventsim's configurations have it; the upgrades and adverts of the full log bear them out to 1 %. */
const LOGGED_OUT = 1 / 11;
const PAID = 1 / 6;
const ALPHA = 90;
const BETA = 7 * DAY;
/** Nine users in turn: two thirds are typical, a ninth each ad-heavy, grumpy and happy. */
const COHORT_CYCLE = [0, 0, 1, 0, 0, 2, 0, 0, 3];

/** Starts the first session some time from one to two mean gaps before `origin`, so that the log finds it midway. */
function begin(world: World, stream: Stream, ordinal: number, origin: number, state: number): Walk {
  const alpha = ALPHA * pace(stream);
  const beta = BETA * pace(stream);
  const walk: Walk = {
    ...stream,
    cohort: COHORT_CYCLE[ordinal % COHORT_CYCLE.length],
    alpha,
    beta,
    phase: Math.floor(scatter(ordinal, PHASE) * DAY),
    state,
    time: origin,
    song: -1,
    songEnd: origin,
    session: ordinal,
    itemInSession: 0,
    treated: 0,
    segment: 0,
  };
  const earliest = origin - Math.trunc(beta);
  let time = earliest - Math.trunc(beta);
  do time = nextSessionStart(walk, time, beta);
  while (time < earliest);
  startSession(walk, world, time);
  return walk;
}

const PHASE = 4;

/** Log-normal with σ = 1 and mean 1. */
function pace(stream: Stream): number {
  return Math.exp(normal(stream) - 0.5);
}

/** Goes to the first event at or after the start of the log. @returns whether there is one before its end. */
function enter(walk: Walk, world: World, plan: LogPlan): boolean {
  while (walk.time < plan.start) {
    if (!step(walk, world)) return false;
  }
  return walk.time < plan.end;
}

/** Whether the log will hold a row with the listener's account; the walk stays where it is. */
function showsAccount(walk: Walk, world: World, plan: LogPlan): boolean {
  const ahead = { ...walk };
  while (ahead.time < plan.end) {
    if (namesAccount[ahead.state]) return true;
    if (!step(ahead, world)) return false;
  }
  return false;
}

/** The states in which a row bears the user's id and details. */
export const namesAccount = stateFlags(({ auth }) => auth === 'Logged In' || auth === 'Cancelled', 1);
