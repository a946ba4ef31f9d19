import { buildCatalogue, type Catalogue } from './catalogue.ts';
import { CHAINS, FIRST_STATES } from './chain.ts';
import type { LogPlan } from './population.ts';
import { scenarioWorld } from './scenario-world.ts';
import { sessionNumbering } from './session-ids.ts';
import type { World } from './walk.ts';

/** What the walks of a log have in common. */
export function buildWorld(plan: LogPlan, catalogue: Catalogue = buildCatalogue()): World {
  const world: World = {
    catalogue,
    sessionId: sessionNumbering(plan),
    chainOf: ({ cohort }) => CHAINS[cohort],
    firstStates: FIRST_STATES,
    gapFactor: () => 1,
    arrived: () => {},
    isTreated: () => 0,
  };
  return plan.scenario === undefined ? world : { ...world, ...scenarioWorld(plan.scenario, plan) };
}
