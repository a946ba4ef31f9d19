import { type CalibratedModel, predictCalibrated, type UncalibratedModel } from './calibration/model.ts';
import { sigmoid } from './exponential.ts';
import type { Matrix } from './matrix.ts';
import { logOddsOfMember } from './member.ts';
import { unwrap } from './preparation/model.ts';
import { logOddsOfStack } from './stack/model.ts';
import { predictRandomForest } from './tree/ensemble.ts';

/** What a learner learned, as plain numbers, strings and arrays: safe to store as JSON, and never code. */
export type Model = UncalibratedModel | CalibratedModel;

/** What the model reads of each of a row's last days; none where it reads features alone. */
export function channelsOf(model: Model): string[] {
  switch (model.kind) {
    case 'temporal-convolution':
      return model.channels.map(({ name }) => name);
    case 'stack':
      return [...new Set(model.members.flatMap(channelsOf))];
    case 'calibrated':
      return channelsOf(model.model);
    default:
      return [];
  }
}

/**
 * The probability of being lost, for each row. The model's features are found by name; other columns are
 * ignored.
 * @throws InputError naming a feature that is absent or holds an infinite value.
 */
export function predict(model: Model, matrix: Matrix): Float64Array {
  switch (model.kind) {
    case 'random-forest':
      return predictRandomForest(model, matrix);
    case 'prepared': {
      const within = unwrap(model, matrix);
      return predict(within.model, within.matrix);
    }
    case 'stack':
      return logOddsOfStack(model, matrix).map(sigmoid);
    case 'calibrated':
      return predictCalibrated(model, matrix);
    default:
      return logOddsOfMember(model, matrix).map(sigmoid);
  }
}
