import { defaultHazardSettings, fitHazard, type HazardModel } from '../../models/hazard/hazard.ts';
import { riskByDay } from '../../models/hazard/risk-by-day.ts';
import type { Matrix } from '../../models/matrix.ts';
import { clippedLogOdds } from '../../models/stack/log-odds.ts';
import { pick } from '../pick-rows.ts';
import type { LearnedNumbers } from '../without-models.ts';
import { type WatchedRows, watchRows } from './watch-rows.ts';

/** Days that are looked ahead. */
export const LAST_DAY = defaultHazardSettings.lastDay;

/** What was learned of when users are lost. */
export interface LearnedRisk {
  /** Fitted on every row that the chosen model was judged or chosen by, watched to the end of the log. */
  readonly model: HazardModel;
  /** The training rows as they stood at the first test cutoff. */
  readonly training: WatchedRows;
  /** The test rows, in the order of the plan, watched to the end of the log. */
  readonly test: WatchedRows;
  /** By day and test row, by models that saw neither the row's user nor a day after the first test cutoff. */
  readonly testRisks: readonly Float64Array[];
}

/** How long examples were watched. */
export interface WatchedExamples {
  /** Days since 1970, as all days here. */
  readonly cutoffs: Int32Array;
  /** Of each row's user; infinite where never. */
  readonly lostOn: Float64Array;
  /** The first day that the log does not cover whole. */
  readonly end: number;
  /** The first day, from the cutoff on, on which each row can be lost, where that is known at the cutoff. */
  readonly firstDays: Int32Array | undefined;
}

/**
 * Learns the hazard of each day on top of the chosen model: its out-of-fold log-odds are the covariate. Folds are the chosen model's own.
 *
 * @throws NothingToLearnError where nobody was lost who was watched, as `fitHazard` does.
 */
export function learnRisk(
  { cutoffs, lostOn, end, firstDays }: WatchedExamples,
  learned: Pick<LearnedNumbers, 'plan' | 'groups' | 'cutoffs' | 'chosen'>,
  seed: number,
): LearnedRisk {
  const { plan, groups, chosen } = learned;
  const firstTest = firstTestDay(learned);
  const part = (chosenRows: Int32Array, until: number) => {
    const from = chosenRows.map((row) => cutoffs[row]);
    return {
      ...watchRows(from, pick(lostOn, chosenRows), until),
      matrix: covariates(pick(chosen.probabilities, chosenRows)),
      from: firstDays && chosenRows.map((row) => firstDays[row]),
    };
  };
  const fitOn = (chosenRows: Int32Array, until: number) =>
    fitHazard(
      part(chosenRows, until),
      chosenRows.map((row) => groups[row]),
      defaultHazardSettings,
      seed,
    );
  const test = part(plan.testRows, end);
  const placeOf = new Int32Array(cutoffs.length).fill(-1);
  plan.testRows.forEach((row, place) => {
    placeOf[row] = place;
  });
  const testRisks = Array.from({ length: LAST_DAY }, () => new Float64Array(plan.testRows.length));
  for (const { trainRows, predictRows } of plan.fits) {
    const own = predictRows.filter((row) => placeOf[row] >= 0);
    if (own.length === 0) continue;
    const { matrix, from: first } = part(own, end);
    const risks = riskByDay(fitOn(trainRows, firstTest), matrix, LAST_DAY, first);
    risks.forEach((ofDay, k) => {
      const ofTest = testRisks[k];
      for (let i = 0; i < own.length; i++) ofTest[placeOf[own[i]]] = ofDay[i];
    });
  }
  const judged = Int32Array.from([...plan.validationRows, ...plan.testRows]).sort();
  return { model: fitOn(judged, end), training: part(plan.validationRows, firstTest), test, testRisks };
}

/** What the hazard is regressed on. @param probabilities of the chosen model. */
export function covariates(probabilities: Float64Array): Matrix {
  return {
    rows: probabilities.length,
    names: ['log_odds'],
    columns: [probabilities.map(clippedLogOdds)],
  };
}

function firstTestDay({ cutoffs }: Pick<LearnedNumbers, 'cutoffs'>): number {
  return Math.min(...cutoffs.filter(({ role }) => role === 'test').map(({ day }) => day));
}
