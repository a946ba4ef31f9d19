import { hash32 } from '../random.ts';
import { DAY } from './calendar.ts';
import { buildChain, type Chain, firstTargetsOf } from './chain.ts';
import { type LogPlan, namesAccount } from './population.ts';
import type { Scenario } from './scenario.ts';
import { planEpochs } from './scenario-epochs.ts';
import { cohortNames, dayOf, factorOn, isFor, scenarioTargets } from './scenario-targets.ts';
import { statesOf } from './states.ts';
import type { Walk, World } from './walk.ts';

/** How the walks of a log go on under its scenario. */
export function scenarioWorld(
  scenario: Scenario,
  { start, seed }: LogPlan,
): Pick<World, 'chainOf' | 'firstStates' | 'gapFactor' | 'arrived' | 'isTreated'> {
  const states = statesOf(scenario);
  const { days, at: epochAt } = planEpochs(scenario);
  const cohorts = cohortNames(scenario).length;
  const arms = (scenario.offer?.segments.length ?? 0) + 1;
  const offer = offerTime(scenario);
  const share = scenario.offer?.share ?? 0;
  const chains: Chain[] = [];
  const gapFactors: number[] = [];

  return {
    firstStates: buildChain(states, firstTargetsOf),
    chainOf: ({ time, cohort, treated, segment: own }) => {
      const epoch = epochAt(time);
      const segment = treated === 1 && time >= offer.from && time < offer.to ? own : 0;
      const index = (epoch * cohorts + cohort) * arms + segment;
      chains[index] ??= buildChain(states, (key) =>
        scenarioTargets(scenario, { day: days[epoch], cohort, segment }, key),
      );
      return chains[index];
    },
    gapFactor: ({ time, cohort }) => {
      const index = epochAt(time) * cohorts + cohort;
      gapFactors[index] ??= gapFactorOn(scenario, days[epochAt(time)], cohort);
      return gapFactors[index];
    },
    arrived: (walk: Walk) => {
      if (walk.time < start || walk.time >= offer.from || namesAccount[walk.state] === 0) return;
      walk.segment = segmentOf(scenario, walk.cohort, states[walk.state].level);
    },
    isTreated: (name) => (hash32(`offer/${name}/${seed}`, 0) / 0x100000000 < share ? 1 : 0),
  };
}

/** When the offer works, in seconds since the epoch; never, where there is none. */
export function offerTime({ offer }: Scenario): { readonly from: number; readonly to: number } {
  if (offer === undefined) return { from: Number.NEGATIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  const from = dayOf(offer.at) * DAY;
  return { from, to: offer.days === undefined ? Number.POSITIVE_INFINITY : from + offer.days * DAY };
}

/** The first segment that fits, from 1; 0 for none. */
function segmentOf(scenario: Scenario, cohort: number, level: string): number {
  const segments = scenario.offer?.segments ?? [];
  return segments.findIndex((segment) => isFor(segment, cohort, level, scenario)) + 1;
}

function gapFactorOn(scenario: Scenario, day: number, cohort: number): number {
  const own = cohortNames(scenario)[cohort];
  return scenario.gaps
    .filter(({ cohorts }) => cohorts?.includes(own) ?? true)
    .reduce((product, gap) => product * factorOn(gap, day), 1);
}
