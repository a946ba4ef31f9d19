import { presentUsers } from './bootstrap.ts';
import { type Interval, normalQuantile975 } from './intervals.ts';
import { checkProbabilities } from './metrics.ts';
import { clippedLogit, fitRecalibration } from './recalibration.ts';

/** logit(P(lost)) = intercept + slope · logit(prediction); 0 and 1 are what a calibrated model has. */
export interface CalibrationLine {
  /** Above 0: more are lost than predicted, at even odds. */
  readonly intercept: Interval;
  /** Below 1: predictions are too far apart, as those of an overfitted model are. */
  readonly slope: Interval;
}

/**
 * Calibration intercept and slope (Cox 1958) with 95 % intervals by the sandwich estimate of variance, clustered by user (Liang and Zeger
 * 1986, with the small-sample factor of Stata and statsmodels). All NaN where outcomes are separated or predictions do not differ.
 *
 * @param labels 1 = lost, 0 = stayed.
 * @param probabilities of being lost, 0…1, one a row.
 * @param groups the user of each row; any whole numbers.
 * @throws RangeError when the lengths differ or a probability is not in 0…1.
 */
export function calibrationLine(
  labels: Uint8Array,
  probabilities: Float64Array,
  groups: Int32Array,
): CalibrationLine {
  checkProbabilities(probabilities);
  const { users, count } = presentUsers(labels, groups);
  const outcomes = Float64Array.from(labels);
  const line = fitRecalibration(probabilities, outcomes)(new Float64Array(labels.length).fill(1));
  const [interceptError, slopeError] = standardErrors(outcomes, probabilities, users, count, line);
  return {
    intercept: around(line.intercept, interceptError),
    slope: around(line.slope, slopeError),
  };
}

function around(value: number, error: number): Interval {
  const half = normalQuantile975 * error;
  return { value, low: value - half, high: value + half };
}

function standardErrors(
  outcomes: Float64Array,
  probabilities: Float64Array,
  users: Int32Array,
  count: number,
  { intercept, slope }: { intercept: number; slope: number },
): [intercept: number, slope: number] {
  const scores = [new Float64Array(count), new Float64Array(count)];
  let [h00, h01, h11] = [0, 0, 0];
  for (let i = 0; i < outcomes.length; i++) {
    const x = clippedLogit(probabilities[i]);
    const p = 1 / (1 + Math.exp(-(intercept + slope * x)));
    scores[0][users[i]] += outcomes[i] - p;
    scores[1][users[i]] += (outcomes[i] - p) * x;
    h00 += p * (1 - p);
    h01 += p * (1 - p) * x;
    h11 += p * (1 - p) * x * x;
  }
  const determinant = h00 * h11 - h01 * h01;
  let [ofIntercept, ofSlope] = [0, 0];
  for (let user = 0; user < count; user++) {
    const [g0, g1] = [scores[0][user], scores[1][user]];
    ofIntercept += ((h11 * g0 - h01 * g1) / determinant) ** 2;
    ofSlope += ((h00 * g1 - h01 * g0) / determinant) ** 2;
  }
  const rows = outcomes.length;
  const factor = (count / (count - 1)) * ((rows - 1) / (rows - 2));
  return [Math.sqrt(factor * ofIntercept), Math.sqrt(factor * ofSlope)];
}
