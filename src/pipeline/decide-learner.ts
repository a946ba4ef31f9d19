import { chooseThreshold } from '../evaluation/threshold.ts';
import type { Calibrator } from '../models/calibration/calibrator.ts';
import type { UncalibratedModel } from '../models/calibration/model.ts';
import type { Examples } from '../models/matrix.ts';
import type { Model } from '../models/model.ts';
import { type Calibrated, calibrateLearner, type Predictions } from './calibrate-learner.ts';
import type { CalibrationSetting } from './calibration-setting.ts';
import type { CrossFitted } from './cross-fitted.ts';
import { pick, pickLabels } from './pick-rows.ts';
import type { Split } from './split.ts';

/** One learner, calibrated and decided by validation rows. */
export interface Decided
  extends Omit<CrossFitted, 'model' | 'foldModels' | 'windows'>,
    Omit<Decision, 'calibrators'> {
  /** Fitted on every labelled example; what is delivered. */
  readonly model: Model;
  /** One a fold, in the order of the plan's fits; what the metrics judge. */
  readonly foldModels: readonly Model[];
  /** What the learner said before it was calibrated. */
  readonly uncalibrated: Float64Array;
}

/** What is decided of a learner by what its models said out of fold. */
export interface Decision extends Calibrated {
  /** Chosen on validation rows. */
  readonly threshold: number;
  /** On validation rows; what the model is chosen by. */
  readonly validationLogLoss: number;
}

/** Decides a learner, models and all. */
export function decideLearner(
  one: CrossFitted,
  split: Pick<Split, 'plan' | 'selection'>,
  examples: Pick<Examples, 'labels' | 'weights' | 'groups'>,
  setting: CalibrationSetting,
): Decided {
  return decided(one, decide(one, split, examples, setting));
}

/** The decision alone, which needs no model. */
export function decide(
  one: Predictions,
  split: Pick<Split, 'plan' | 'selection'>,
  examples: Pick<Examples, 'labels' | 'weights' | 'groups'>,
  setting: CalibrationSetting,
): Decision {
  const calibrated = calibrateLearner(one, split, examples, setting);
  const { name, candidates } = calibrated.calibration;
  const { validationRows } = split.plan;
  const outcomes = pickLabels(examples.labels, validationRows);
  return {
    ...calibrated,
    threshold: chooseThreshold(outcomes, pick(calibrated.probabilities, validationRows)).threshold,
    validationLogLoss: candidates.find((candidate) => candidate.name === name)?.loss ?? Number.NaN,
  };
}

/** A learner with what was decided of it. */
export function decided(one: CrossFitted, { calibrators, ...decision }: Decision): Decided {
  const { windows: _, probabilities: uncalibrated, model, foldModels, ...rest } = one;
  return {
    ...{ ...rest, ...decision, uncalibrated },
    model: withCalibrator(model, calibrators?.whole),
    foldModels: foldModels.map((own, k) => withCalibrator(own, calibrators?.folds[k])),
  };
}

function withCalibrator(model: UncalibratedModel, calibrator: Calibrator | undefined): Model {
  if (calibrator === undefined) return model;
  return { kind: 'calibrated', features: model.features, model, calibrator };
}
