import { FIRST_PAGES } from './pages.ts';
import { STATES, type State } from './states.ts';
import { COHORTS, type Cohort, TRANSITIONS } from './transitions.ts';

/**
 * Where a listener goes from each state. The targets of state s stand at `first[s]` … `first[s + 1] - 1`, the
 * likeliest first, with their cumulative probabilities; a draw above the last ends the session.
 */
export interface Chain {
  readonly first: Int32Array;
  readonly target: Int32Array;
  readonly cumulative: Float64Array;
}

/** The chain of each cohort, in the order of COHORTS. */
export const CHAINS: readonly Chain[] = COHORTS.map((cohort) =>
  buildChain(STATES, (key) => targetsOf(cohort, key)),
);

/** Where a session starts, by the state in which the last one ended. */
export const FIRST_STATES: Chain = buildChain(STATES, firstTargetsOf);

/** Keys of states, each with the probability of going there. */
export type Targets = Readonly<Record<string, number>>;

/** What may follow a state of a cohort; what lacks to 1 ends the session. */
export function targetsOf(cohort: Cohort, key: string): Targets {
  return {
    ...parseTargets(key, TRANSITIONS.typical[key]),
    ...parseTargets(key, TRANSITIONS[cohort][key]),
  };
}

/** Where the session starts after one that ended in a state. */
export function firstTargetsOf(key: string): Targets {
  const prefix = key.slice(0, key.lastIndexOf('/'));
  const weights = FIRST_PAGES[prefix] ?? {};
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(
    Object.entries(weights).map(([page, weight]) => [`${prefix}/${page}`, weight / total]),
  );
}

/** @returns the state that a uniform draw from [0, 1) leads to, or -1 where the session ends. */
export function follow(chain: Chain, state: number, draw: number): number {
  const { first, target, cumulative } = chain;
  const end = first[state + 1];
  for (let i = first[state]; i < end; i++) {
    if (draw < cumulative[i]) return target[i];
  }
  return -1;
}

/** The targets of a state and their probabilities, the likeliest first. */
export function rowOf(
  { first, target, cumulative }: Chain,
  state: number,
): { readonly target: number; readonly probability: number }[] {
  const from = first[state];
  return Array.from(target.subarray(from, first[state + 1]), (to, i) => ({
    target: to,
    probability: cumulative[from + i] - (i === 0 ? 0 : cumulative[from + i - 1]),
  }));
}

/** @throws RangeError for a target that is none of the states. */
export function buildChain(states: readonly State[], targetsOf: (key: string) => Targets): Chain {
  const indexes = new Map(states.map(({ key }, index) => [key, index]));
  const first = new Int32Array(states.length + 1);
  const target: number[] = [];
  const cumulative: number[] = [];
  states.forEach((state, index) => {
    let sum = 0;
    for (const [key, probability] of Object.entries(targetsOf(state.key)).sort(byProbability)) {
      const to = indexes.get(key);
      if (to === undefined) throw new RangeError(`There is no state "${key}".`);
      sum += probability;
      target.push(to);
      cumulative.push(sum);
    }
    first[index + 1] = target.length;
  });
  return { first, target: Int32Array.from(target), cumulative: Float64Array.from(cumulative) };
}

function byProbability(a: readonly [string, number], b: readonly [string, number]): number {
  return b[1] - a[1] || (a[0] < b[0] ? -1 : 1);
}

function parseTargets(key: string, text = ''): Targets {
  const prefix = key.slice(0, key.lastIndexOf('/'));
  const targets: Record<string, number> = {};
  for (const part of text.split(', ').filter(Boolean)) {
    const split = part.lastIndexOf(' ');
    const page = part.slice(0, split);
    targets[page.includes('/') ? page : `${prefix}/${page}`] = Number(part.slice(split + 1));
  }
  return targets;
}
