import type { ExampleRows } from '../../features/examples.ts';
import { defaultHazardSettings, fitHazard, type HazardModel } from '../../models/hazard/hazard.ts';
import { riskByDay } from '../../models/hazard/risk-by-day.ts';
import type { Matrix } from '../../models/matrix.ts';
import { clippedLogOdds } from '../../models/stack/log-odds.ts';
import type { Learned } from '../learn.ts';
import { pick } from '../pick-rows.ts';
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

/**
 * Learns the hazard of each day on top of the chosen model: its out-of-fold log-odds are the covariate. Folds are the chosen model's own.
 *
 * @param end first day that the log does not cover whole.
 * @param from the first day on which each row can be lost, where that is known at the cutoff.
 * @throws NothingToLearnError where nobody was lost who was watched, as `fitHazard` does.
 */
export function learnRisk(
  rows: ExampleRows,
  learned: Pick<Learned, 'plan' | 'groups' | 'cutoffs' | 'chosen'>,
  lostOn: ReadonlyMap<string, number>,
  end: number,
  seed: number,
  from?: Int32Array,
): LearnedRisk {
  const { plan, groups, chosen } = learned;
  const firstTest = firstTestDay(learned);
  const part = (chosenRows: Int32Array, until: number) => {
    const own = {
      users: Array.from(chosenRows, (row) => rows.users[row]),
      cutoffs: chosenRows.map((row) => rows.cutoffs[row]),
    };
    return {
      ...watchRows(own, lostOn, until),
      matrix: covariates(pick(chosen.probabilities, chosenRows)),
      from: from && chosenRows.map((row) => from[row]),
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
  const place = new Map(Array.from(plan.testRows, (row, i) => [row, i]));
  const testRisks = Array.from({ length: LAST_DAY }, () => new Float64Array(plan.testRows.length));
  for (const { trainRows, predictRows } of plan.fits) {
    const own = predictRows.filter((row) => place.has(row));
    if (own.length === 0) continue;
    const { matrix, from: first } = part(own, end);
    const risks = riskByDay(fitOn(trainRows, firstTest), matrix, LAST_DAY, first);
    risks.forEach((ofDay, k) => {
      own.forEach((row, i) => {
        testRisks[k][place.get(row) ?? -1] = ofDay[i];
      });
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

function firstTestDay({ cutoffs }: Pick<Learned, 'cutoffs'>): number {
  return Math.min(...cutoffs.filter(({ role }) => role === 'test').map(({ day }) => day));
}
