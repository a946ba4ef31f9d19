import { sigmoid } from '../exponential.ts';
import { log } from '../logarithm.ts';
import { CLIP } from '../stack/log-odds.ts';

/** A rising function from a model's log-odds to a probability, as plain numbers. */
export type Calibrator = PlattCalibrator | BetaCalibrator | IsotonicCalibrator;

export type CalibratorName = Calibrator['kind'];

/** log-odds = slope · x + intercept, x the model's log-odds (Platt 2000). */
interface PlattCalibrator {
  readonly kind: 'platt';
  /** Above 0. */
  readonly slope: number;
  readonly intercept: number;
}

/** log-odds = a · ln p − b · ln(1 − p) + intercept, p the model's probability (Kull, Silva Filho and Flach 2017). */
export interface BetaCalibrator {
  readonly kind: 'beta';
  /** Neither below 0, one above. */
  readonly a: number;
  readonly b: number;
  readonly intercept: number;
}

/** Straight lines between points, and beyond the first and the last point their probability. */
export interface IsotonicCalibrator {
  readonly kind: 'isotonic';
  /** Rising; of the model. */
  readonly logOdds: readonly number[];
  /** Not falling; one a point. */
  readonly probabilities: readonly number[];
}

/** Coefficients beyond this tell no probabilities apart, and might overflow. */
export const LARGEST_COEFFICIENT = 1e6;

/** Log-odds beyond this size count as this: those of a probability of 1 − 1e-6. */
export const LARGEST_LOG_ODDS = log((1 - CLIP) / CLIP);

/** The calibrated probability of each row. @param logOdds of the model, none of them NaN. */
export function applyCalibrator(calibrator: Calibrator, logOdds: Float64Array): Float64Array {
  const x = logOdds.map(bounded);
  switch (calibrator.kind) {
    case 'platt': {
      const { slope, intercept } = calibrator;
      return x.map((own) => sigmoid(slope * own + intercept));
    }
    case 'beta': {
      const { a, b, intercept } = calibrator;
      return x.map((own) => sigmoid(a * logOfProbability(own) - b * logOfProbability(-own) + intercept));
    }
    case 'isotonic':
      return x.map((own) => interpolate(calibrator, own));
  }
}

export function bounded(logOdds: number): number {
  return Math.min(Math.max(logOdds, -LARGEST_LOG_ODDS), LARGEST_LOG_ODDS);
}

/** ln p of the probability with these log-odds; ln(1 − p) is that of the opposite. */
export function logOfProbability(logOdds: number): number {
  return log(sigmoid(logOdds));
}

function interpolate({ logOdds, probabilities }: IsotonicCalibrator, x: number): number {
  const last = logOdds.length - 1;
  if (x <= logOdds[0]) return probabilities[0];
  if (x >= logOdds[last]) return probabilities[last];
  const k = placeOf(logOdds, x);
  return (
    probabilities[k] +
    ((x - logOdds[k]) / (logOdds[k + 1] - logOdds[k])) * (probabilities[k + 1] - probabilities[k])
  );
}

/** The last point at or below x, which lies between the first and the last. */
function placeOf(rising: readonly number[], x: number): number {
  let low = 0;
  let high = rising.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (rising[middle] <= x) low = middle;
    else high = middle;
  }
  return low;
}
