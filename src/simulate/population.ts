import { DAY } from './calendar.ts';
import { scatter } from './scatter.ts';
import type { Scenario } from './scenario.ts';
import { nextSessionStart } from './session-start.ts';
import { stateFlags, stateIndex } from './states.ts';
import { exponential, normal, openStream, type Stream, uniform } from './stream.ts';
import { COHORTS } from './transitions.ts';
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
    const home = stateIndex(`${auth}/${level}/Home`);
    const walk = create(world, stream, 'member', account, plan.start, home);
    begin(walk, world, plan.start);
    if (enter(walk, world, plan) && showsAccount(walk, world, plan)) {
      return { walk, account, registration: plan.start - age };
    }
  }
}

/** How many accounts a log has: `users`, and those of the cohorts that its scenario brings. */
export function accountCount({ users, scenario }: LogPlan): number {
  return (scenario?.cohorts ?? []).reduce((sum, cohort) => sum + cohort.users, users);
}

/**
 * Those who come as guests during the log, in the order they were drawn, until `arrivalCount` of them have registered;
 * then in the same way those of the cohorts that the scenario brings.
 */
export function arrivals(plan: LogPlan, world: World): Listener[] {
  const users = arrivalCount(plan);
  const usual = { name: 'arrival', users, first: plan.users - users, from: plan.start, to: plan.end };
  return [usual, ...broughtWaves(plan)].flatMap((wave) => arriveIn(wave, plan, world));
}

/** Listeners who come in a stretch of time. */
interface Wave {
  /** Names the random streams. */
  readonly name: string;
  /** How many of them get an account, the first of which is `first`. */
  readonly users: number;
  readonly first: number;
  readonly from: number;
  readonly to: number;
  /** Index of their cohort, who then begin with their registration; else all cohorts come in turn, midway. */
  readonly cohort?: number;
}

function broughtWaves({ users, end, scenario }: LogPlan): Wave[] {
  let first = users;
  return (scenario?.cohorts ?? []).map((brought, i) => {
    const [from, to] = [brought.from, brought.to].map((date) =>
      date === undefined ? end : Math.min(end, Date.parse(date) / 1000),
    );
    const wave = { name: `cohort/${brought.name}`, users: brought.users, first, from, to };
    first += brought.users;
    return { ...wave, cohort: COHORTS.length + i };
  });
}

/** A first visit may lie before the moment of registration that the account states, as it does in eventsim. */
function arriveIn({ name, users, first, from, to, cohort }: Wave, plan: LogPlan, world: World): Listener[] {
  const listeners: Listener[] = [];
  let registered = 0;
  for (let candidate = 0; registered < users; candidate++) {
    const stream = openStream(`${name}/${candidate}`, plan.seed);
    const registration = from + Math.trunc(uniform(stream) * (to - from));
    const guest = stateIndex('Guest/free/Home');
    const walk = create(world, stream, name, first + candidate, registration, guest, cohort);
    if (cohort === undefined) begin(walk, world, registration);
    else startSession(walk, world, registration);
    if (!enter(walk, world, plan)) continue;
    const registers = showsAccount(walk, world, plan);
    const account = registers ? first + registered++ : -1;
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
/** Means over all listeners of the seconds between pages and between sessions. */
export const ALPHA = 90;
export const BETA = 7 * DAY;
/** Nine users in turn: two thirds are typical, a ninth each ad-heavy, grumpy and happy. */
export const COHORT_CYCLE = [0, 0, 1, 0, 0, 2, 0, 0, 3];

/** @param kind names the listener together with `ordinal`. */
function create(
  world: World,
  stream: Stream,
  kind: string,
  ordinal: number,
  origin: number,
  state: number,
  cohort = COHORT_CYCLE[ordinal % COHORT_CYCLE.length],
): Walk {
  const alpha = ALPHA * pace(stream);
  const beta = BETA * pace(stream);
  return {
    ...stream,
    cohort,
    alpha,
    beta,
    phase: Math.floor(scatter(ordinal, PHASE) * DAY),
    state,
    time: origin,
    song: -1,
    songEnd: origin,
    session: ordinal,
    itemInSession: 0,
    treated: world.isTreated(`${kind}/${ordinal}`),
    segment: 0,
  };
}

/** Starts the first session some time from one to two mean gaps before `origin`, so that the log finds it midway. */
function begin(walk: Walk, world: World, origin: number): void {
  const { beta } = walk;
  const earliest = origin - Math.trunc(beta);
  let time = earliest - Math.trunc(beta);
  do time = nextSessionStart(walk, time, beta);
  while (time < earliest);
  startSession(walk, world, time);
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
