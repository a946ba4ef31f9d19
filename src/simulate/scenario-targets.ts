import { InputError } from '../errors.ts';
import { type Targets, targetsOf } from './chain.ts';
import type { Scenario } from './scenario.ts';
import { STATES } from './states.ts';
import { COHORTS, type Cohort } from './transitions.ts';

/** A moment and a listener, as far as the scenario's probabilities hang on them. */
export interface Situation {
  /** Days since 1970. */
  readonly day: number;
  /** Index into the cohorts of the log. */
  readonly cohort: number;
  /** Segment of the offer that works now, from 1; 0 where none does. */
  readonly segment: number;
}

/** The cohorts of a log in the order of their index: a scenario's come last. */
export function cohortNames(scenario: Scenario | undefined): readonly string[] {
  return [...COHORTS, ...(scenario?.cohorts.map(({ name }) => name) ?? [])];
}

/**
 * What may follow a state in a situation. The changes apply in the order: cohort, pages, rates, offer. Where one target
 * gets another probability, the others, and the end of the session, keep their odds.
 *
 * @throws InputError when a probability would be above 1.
 */
export function scenarioTargets(
  scenario: Scenario,
  { day, cohort, segment }: Situation,
  key: string,
): Targets {
  const [auth, level, page] = key.split('/');
  const targets = ownTargets(scenario, cohort, key);
  if (auth !== 'Logged In' || page === 'Cancel') return targets;
  const change = (from: Targets, target: string, probability: number, by: string) =>
    withProbability(from, target, probability, `${by} at ${key} for ${cohortNames(scenario)[cohort]}`);
  const multiply = (from: Targets, to: string, factor: number, by: string) =>
    Object.keys(from)
      .filter((target) => pageOf(target) === to)
      .reduce((result, target) => change(result, target, result[target] * factor, by), from);

  let changed = targets;
  for (const { name, from, reached } of scenario.pages) {
    if (day < dayOf(from) || reached[page] === undefined) continue;
    changed = change(changed, `${auth}/${level}/${name}`, reached[page], `the page ${name}`);
  }
  for (const [i, rate] of scenario.rates.entries()) {
    if ((rate.page ?? page) !== page || !isFor(rate, cohort, level, scenario)) continue;
    changed = multiply(changed, rate.to, factorOn(rate, day), `rates.${i}`);
  }
  const effect = scenario.offer?.segments[segment - 1];
  if (effect === undefined) return changed;
  return multiply(changed, 'Cancel', effect.factor, `the offer to ${effect.name}`);
}

/** The factor of a change on a day: 1 before it comes, then nearing its own by equal steps. */
export function factorOn(
  { from, over, factor }: { readonly from: string; readonly over: number; readonly factor: number },
  day: number,
): number {
  const steps = Math.max(0, Math.min(over, day - dayOf(from) + 1));
  return 1 + ((factor - 1) * steps) / over;
}

/** Days since 1970. */
export function dayOf(date: string): number {
  return Date.parse(date) / 86_400_000;
}

/** Whether a change, or a segment, is for a cohort at a level. */
export function isFor(
  {
    cohorts,
    level,
  }: { readonly cohorts?: readonly string[] | undefined; readonly level?: string | undefined },
  cohort: number,
  atLevel: string,
  scenario: Scenario,
): boolean {
  return (cohorts?.includes(cohortNames(scenario)[cohort]) ?? true) && (level ?? atLevel) === atLevel;
}

function pageOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** What follows before anything has changed. */
function ownTargets(scenario: Scenario, cohort: number, key: string): Targets {
  const [auth, level, page] = key.split('/');
  // One who pays has no Upgrade to go to, for instance.
  const within = (targets: Targets): Targets =>
    Object.fromEntries(
      Object.entries(targets)
        .map(([name, share]) => [`${auth}/${level}/${name}`, share] as const)
        .filter(([target]) => isState(scenario, target)),
    );
  const opened = scenario.pages.find(({ name }) => name === page);
  if (opened !== undefined) return within(opened.leads);
  const brought = scenario.cohorts[cohort - COHORTS.length];
  const kind: Cohort = brought?.like ?? COHORTS[cohort];
  const changes = auth === 'Logged In' ? brought?.changes[page] : undefined;
  return changes === undefined
    ? targetsOf(kind, key)
    : withProbabilities(targetsOf(kind, key), within(changes));
}

function isState({ pages }: Scenario, key: string): boolean {
  return STATES.some((state) => state.key === key) || pages.some(({ name }) => name === pageOf(key));
}

function withProbability(targets: Targets, target: string, probability: number, by: string): Targets {
  if (probability <= 1) return withProbabilities(targets, { [target]: probability });
  throw new InputError(
    `The scenario makes ${target} follow with probability ${probability} by ${by}: expected 1 at most. Make the factor smaller.`,
    { target, probability },
  );
}

/** @param changes new probabilities, 1 together at most; what else may follow keeps its odds. */
function withProbabilities(targets: Targets, changes: Targets): Targets {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const before = sum(Object.keys(changes).map((key) => targets[key] ?? 0));
  const scale = before < 1 ? (1 - sum(Object.values(changes))) / (1 - before) : 0;
  const others = Object.entries(targets).map(([key, share]) => [key, share * scale] as const);
  return { ...Object.fromEntries(others), ...changes };
}
