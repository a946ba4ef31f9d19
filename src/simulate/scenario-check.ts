import { InputError } from '../errors.ts';
import { DAY } from './calendar.ts';
import type { LogPlan } from './population.ts';
import type { Scenario } from './scenario.ts';
import { planEpochs } from './scenario-epochs.ts';
import { cohortNames, isFor, scenarioTargets } from './scenario-targets.ts';
import { statesOf } from './states.ts';

/**
 * Checks a scenario against the log that it is for: that its days are in the log, that each change changes something, and
 * that probabilities stay probabilities in every situation.
 * @throws InputError that names the change.
 */
export function checkScenario(scenario: Scenario, plan: LogPlan): void {
  checkDays(scenario, plan);
  checkRates(scenario);
  checkProbabilities(scenario);
}

function checkDays({ rates, gaps, pages, cohorts, offer }: Scenario, { start, end }: LogPlan): void {
  const first = new Date(start * 1000).toISOString().slice(0, 10);
  const last = new Date((end - DAY) * 1000).toISOString().slice(0, 10);
  const check = (path: string, date: string, from = first) => {
    if (date >= from && date <= last) return;
    throw new InputError(`The scenario's ${path} is ${date}, but the log has ${from} to ${last} for it.`, {
      path,
      date,
    });
  };
  for (const [name, changes] of Object.entries({ rates, gaps, pages, cohorts })) {
    changes.forEach(({ from }, i) => {
      check(`${name}.${i}.from`, from);
    });
  }
  cohorts.forEach(({ from, to }, i) => {
    if (to !== undefined && to <= from) {
      throw new InputError(`The scenario's cohorts.${i}.to is ${to}: expected a day after ${from}.`, { to });
    }
  });
  const second = new Date((start + DAY) * 1000).toISOString().slice(0, 10);
  if (offer !== undefined) check('offer.at', offer.at, second);
}

/** A factor on what never follows would plant nothing. */
function checkRates(scenario: Scenario): void {
  const cohorts = cohortNames(scenario);
  const everything = { ...scenario, rates: [] };
  scenario.rates.forEach((rate, i) => {
    const applies = cohorts.some((_, cohort) =>
      statesOf(scenario).some(({ key, auth, level, page }) => {
        if (auth !== 'Logged In' || !isFor(rate, cohort, level, scenario)) return false;
        if (rate.page !== undefined && rate.page !== page) return false;
        const targets = scenarioTargets(
          everything,
          { day: Number.POSITIVE_INFINITY, cohort, segment: 0 },
          key,
        );
        return Object.keys(targets).some((target) => target.endsWith(`/${rate.to}`));
      }),
    );
    if (applies) return;
    const from = rate.page === undefined ? 'any page' : rate.page;
    throw new InputError(
      `The scenario's rates.${i} changes nothing: ${rate.to} never follows ${from} for those whom it is for.`,
      { path: `rates.${i}` },
    );
  });
}

/** Goes through all situations, since it is there that a probability above 1 shows. */
function checkProbabilities(scenario: Scenario): void {
  const segments = [0, ...(scenario.offer?.segments ?? []).map((_, i) => i + 1)];
  for (const day of planEpochs(scenario).days) {
    for (const cohort of cohortNames(scenario).keys()) {
      for (const segment of segments) {
        for (const { key } of statesOf(scenario)) scenarioTargets(scenario, { day, cohort, segment }, key);
      }
    }
  }
}
