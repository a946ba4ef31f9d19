import type { ScoreTally } from './score-tally.ts';

/** What one row with each score of a tally adds to the log loss, by its label. */
export interface LogLosses {
  readonly positive: Float64Array;
  readonly negative: Float64Array;
}

/**
 * Mean negative log-likelihood in nats, probabilities clipped to [2^-52, 1 - 2^-52] as scikit-learn does.
 * NaN without rows.
 *
 * @param losses given where one tally is weighed many times.
 */
export function logLoss(tally: ScoreTally, losses: LogLosses = logLosses(tally.scores)): number {
  return meanLoss(tally, losses.positive, losses.negative);
}

/** Mean squared difference of probability and label. NaN without rows. */
export function brierScore({ scores, positives, negatives }: ScoreTally): number {
  let rows = 0;
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i];
    rows += positives[i] + negatives[i];
    sum += positives[i] * (1 - score) * (1 - score) + negatives[i] * score * score;
  }
  return sum / rows;
}

export function logLosses(probabilities: Float64Array): LogLosses {
  return {
    positive: probabilities.map((probability) => -Math.log(clip(probability))),
    negative: probabilities.map((probability) => -Math.log(clip(1 - probability))),
  };
}

function meanLoss(
  { positives, negatives }: ScoreTally,
  positiveLoss: Float64Array,
  negativeLoss: Float64Array,
): number {
  let rows = 0;
  let sum = 0;
  for (let i = 0; i < positives.length; i++) {
    rows += positives[i] + negatives[i];
    sum += positives[i] * positiveLoss[i] + negatives[i] * negativeLoss[i];
  }
  return sum / rows;
}

function clip(probability: number): number {
  return Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability));
}
