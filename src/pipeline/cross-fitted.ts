import type { UncalibratedModel } from '../models/calibration/model.ts';
import type { FitResult } from '../models/fit-task.ts';
import { learnerTitle, type RunLearnerName } from './learner-names.ts';
import { pick } from './pick-rows.ts';
import type { Split } from './split.ts';

/** A learner's models, and what they said of rows that they had not learned from. */
export interface CrossFitted {
  readonly name: RunLearnerName;
  readonly title: string;
  /** Fitted on every labelled example. */
  readonly model: UncalibratedModel;
  /** One a fold, in the order of the plan's fits. */
  readonly foldModels: readonly UncalibratedModel[];
  /** Out-of-fold probability of each row that the plan predicts; NaN elsewhere. */
  readonly probabilities: Float64Array;
  /** By selection fold: the probabilities of its validation rows, by a model of its training rows. */
  readonly validation: readonly Float64Array[];
  /** Seconds of the fit on every labelled example. */
  readonly fitSeconds: number;
}

/** What a learner is to be fitted on and to predict, beside every row: the folds of the plan, then those of the selection that differ. */
export function fitsOf({ plan, selection }: Pick<Split, 'plan' | 'selection'>): readonly Fit[] {
  if (selection.order === 'same-cutoffs') return plan.fits;
  return [
    ...plan.fits,
    ...selection.folds.map(({ trainRows, validationRows }) => ({ trainRows, predictRows: validationRows })),
  ];
}

interface Fit {
  readonly trainRows: Int32Array;
  readonly predictRows: Int32Array;
}

/** @param fits one for each of `fitsOf`, then the one on every row. @param rows how many examples there are. */
export function crossFitted(
  name: RunLearnerName,
  fits: readonly FitResult[],
  { plan, selection }: Pick<Split, 'plan' | 'selection'>,
  rows: number,
): CrossFitted {
  const probabilities = new Float64Array(rows).fill(Number.NaN);
  plan.fits.forEach(({ predictRows }, k) => {
    predictRows.forEach((row, i) => {
      probabilities[row] = fits[k].predictions[i];
    });
  });
  const whole = fits[fits.length - 1];
  return {
    name,
    title: learnerTitle(name),
    model: whole.model,
    foldModels: fits.slice(0, plan.fits.length).map(({ model }) => model),
    probabilities,
    validation:
      selection.order === 'same-cutoffs'
        ? selection.folds.map(({ validationRows }) => pick(probabilities, validationRows))
        : fits.slice(plan.fits.length, -1).map(({ predictions }) => predictions),
    fitSeconds: whole.fitSeconds,
  };
}
