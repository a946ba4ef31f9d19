import { chooseThreshold } from '../evaluation/threshold.ts';
import type { Examples } from '../models/matrix.ts';
import type { Model } from '../models/model.ts';
import { type Calibration, calibrateLearner } from './calibrate-learner.ts';
import type { CalibrationSetting } from './calibration-setting.ts';
import type { CrossFitted } from './cross-fitted.ts';
import { pick, pickLabels } from './pick-rows.ts';
import type { Split } from './split.ts';

/** One learner, calibrated and decided by validation rows. */
export interface Decided extends Omit<CrossFitted, 'model' | 'foldModels' | 'windows'> {
  /** Fitted on every labelled example; what is delivered. */
  readonly model: Model;
  /** One a fold, in the order of the plan's fits; what the metrics judge. */
  readonly foldModels: readonly Model[];
  /** Calibrated out-of-fold probability of each row that the plan predicts; NaN elsewhere. */
  readonly probabilities: Float64Array;
  /** The same as the learner left them. */
  readonly uncalibrated: Float64Array;
  readonly calibration: Calibration;
  /** Chosen on validation rows. */
  readonly threshold: number;
  /** On validation rows; what the model is chosen by. */
  readonly validationLogLoss: number;
}

export function decideLearner(
  one: CrossFitted,
  split: Pick<Split, 'plan' | 'selection'>,
  examples: Pick<Examples, 'labels' | 'weights' | 'groups'>,
  setting: CalibrationSetting,
): Decided {
  const { windows: _, probabilities: uncalibrated, ...rest } = one;
  const calibrated = calibrateLearner(one, split, examples, setting);
  const { name, candidates } = calibrated.calibration;
  const { validationRows } = split.plan;
  const outcomes = pickLabels(examples.labels, validationRows);
  return {
    ...rest,
    ...calibrated,
    uncalibrated,
    threshold: chooseThreshold(outcomes, pick(calibrated.probabilities, validationRows)).threshold,
    validationLogLoss: candidates.find((candidate) => candidate.name === name)?.loss ?? Number.NaN,
  };
}
