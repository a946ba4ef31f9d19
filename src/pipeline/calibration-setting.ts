import type { CalibratorName } from '../models/calibration/calibrator.ts';
import { calibratorNames } from '../models/calibration/fit-calibrator.ts';

/** What a model's probabilities are put right by; 'none' leaves them as the learner gives them. */
export type CalibrationName = 'none' | CalibratorName;

/** Which of them is to be used; 'auto' chooses by log loss on validation rows. */
export type CalibrationSetting = 'auto' | CalibrationName;

export const calibrationSettings: readonly CalibrationSetting[] = ['auto', 'none', ...calibratorNames];
