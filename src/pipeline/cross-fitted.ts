import type { CrossFitPlan } from '../evaluation/cross-fit.ts';
import type { UncalibratedModel } from '../models/calibration/model.ts';
import type { FitResult } from '../models/fit-task.ts';
import { learnerTitle, type RunLearnerName } from './learner-names.ts';
import type { Split } from './split.ts';

/** A learner's models of a plan, and what they said of rows that they had not learned from. */
export interface PlanFits {
  /** One a fit of the plan. */
  readonly foldModels: readonly UncalibratedModel[];
  /** Probability of each row that the plan predicts; NaN elsewhere. */
  readonly probabilities: Float64Array;
}

/** A learner, fitted out of fold by a split's plan and by the plans of its selection. */
export interface CrossFitted extends PlanFits {
  readonly name: RunLearnerName;
  readonly title: string;
  /** Fitted on every labelled example. */
  readonly model: UncalibratedModel;
  /** By window of the selection. */
  readonly windows: readonly PlanFits[];
  /** Seconds of the fit on every labelled example. */
  readonly fitSeconds: number;
}

/** What a learner is to be fitted on and to predict, beside every row: the folds of the plan, then those of the selection's. */
export function fitsOf({ plan, selection }: Pick<Split, 'plan' | 'selection'>): CrossFitPlan['fits'] {
  return [plan, ...selection.plans].flatMap(({ fits }) => fits);
}

/** @param fits one for each of `fitsOf`, then the one on every row. @param rows how many examples there are. */
export function crossFitted(
  name: RunLearnerName,
  fits: readonly FitResult[],
  { plan, selection }: Pick<Split, 'plan' | 'selection'>,
  rows: number,
): CrossFitted {
  const whole = fits[fits.length - 1];
  let start = 0;
  const [main, ...windows] = [plan, ...selection.plans].map((one) => {
    const own = fits.slice(start, start + one.fits.length);
    start += own.length;
    return planFits(one, own, rows);
  });
  return {
    ...{ name, title: learnerTitle(name) },
    ...{ ...main, windows },
    ...{ model: whole.model, fitSeconds: whole.fitSeconds },
  };
}

function planFits({ fits }: CrossFitPlan, results: readonly FitResult[], rows: number): PlanFits {
  const probabilities = new Float64Array(rows).fill(Number.NaN);
  fits.forEach(({ predictRows }, k) => {
    predictRows.forEach((row, i) => {
      probabilities[row] = results[k].predictions[i];
    });
  });
  return { foldModels: results.map(({ model }) => model), probabilities };
}
