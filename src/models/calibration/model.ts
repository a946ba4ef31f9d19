import type { Matrix } from '../matrix.ts';
import { logOddsOfMember, type MemberModel } from '../member.ts';
import { logOddsOfStack, type StackModel } from '../stack/model.ts';
import { applyCalibrator, type Calibrator } from './calibrator.ts';

/** A model as its learner left it. */
export type UncalibratedModel = MemberModel | StackModel;

/** A model whose probabilities are put right by what became of rows that it had not learned from. */
export interface CalibratedModel {
  readonly kind: 'calibrated';
  /** Those of the model within. */
  readonly features: readonly string[];
  readonly model: UncalibratedModel;
  readonly calibrator: Calibrator;
}

export function predictCalibrated({ model, calibrator }: CalibratedModel, matrix: Matrix): Float64Array {
  return applyCalibrator(calibrator, logOddsOf(model, matrix));
}

/** The model within, or the model itself where it is not calibrated. */
export function withoutCalibration(model: UncalibratedModel | CalibratedModel): UncalibratedModel {
  return model.kind === 'calibrated' ? model.model : model;
}

function logOddsOf(model: UncalibratedModel, matrix: Matrix): Float64Array {
  return model.kind === 'stack' ? logOddsOfStack(model, matrix) : logOddsOfMember(model, matrix);
}
