import { accuracy, f1, precision, recall, weightedF1 } from './confusion.ts';
import { type LogLosses, logLosses } from './probability-metrics.ts';
import { topDecileLift } from './ranking-metrics.ts';
import { type ScoreTally, tallyScores } from './score-tally.ts';

export type MetricName = (typeof metricNames)[number];

/** Every metric of one model on one set of rows; NaN where a metric is undefined there. */
export type Metrics = Readonly<Record<MetricName, number>>;

export const metricNames = [
  'rocAuc',
  'averagePrecision',
  'f1',
  'weightedF1',
  'precision',
  'recall',
  'accuracy',
  'logLoss',
  'brier',
  'topDecileLift',
] as const;

/** Metrics that are better when smaller; the others are better when larger. */
export const lossMetrics: ReadonlySet<MetricName> = new Set(['logLoss', 'brier']);

/**
 * Measures predicted probabilities against what happened. Permuting the rows changes no bit of the result.
 *
 * A metric that is undefined on these rows is NaN, never 0: ROC AUC without both labels; average precision,
 * recall and lift without a lost row; precision when no row reaches the threshold; F1 when neither; all
 * without rows.
 *
 * @param labels 1 = lost, 0 = stayed.
 * @param probabilities of being lost, 0…1, one a row.
 * @param threshold a row is decided "lost" from this probability up.
 * @throws RangeError when the lengths differ, a label is not 0 or 1, or a probability is not in 0…1.
 */
export function evaluate(labels: Uint8Array, probabilities: Float64Array, threshold: number): Metrics {
  checkProbabilities(probabilities);
  const tally = tallyScores(labels, probabilities);
  return measure(tally, logLosses(tally.scores), threshold);
}

/** The metrics of a tally of probabilities, without checks. */
export function measure(tally: ScoreTally, losses: LogLosses, threshold: number): Metrics {
  const sums = sumUp(tally, losses, threshold);
  const { confusion, lost, stayed } = sums;
  const rows = lost + stayed;
  const pairsTwice = 2 * lost * stayed;
  return {
    rocAuc: (pairsTwice - sums.misorderedTwice) / pairsTwice,
    averagePrecision: sums.precision / lost,
    f1: f1(confusion),
    weightedF1: weightedF1(confusion),
    precision: precision(confusion),
    recall: recall(confusion),
    accuracy: accuracy(confusion),
    logLoss: sums.loss / rows,
    brier: sums.squares / rows,
    topDecileLift: topDecileLift(tally, { positives: lost, negatives: stayed }),
  };
}

/**
 * What `rocAuc`, `averagePrecision`, `logLoss`, `brierScore` and `confusionMatrix` sum up, each in its own order, in one pass over the tally: a
 * bootstrap takes all of them thousands of times.
 */
function sumUp(
  { scores, positives, negatives }: ScoreTally,
  { positive, negative }: LogLosses,
  threshold: number,
) {
  if (Number.isNaN(threshold)) throw new RangeError('The threshold is NaN; it must be a number.');
  let lost = 0;
  let stayed = 0;
  let misorderedTwice = 0;
  let precision = 0;
  let loss = 0;
  let squares = 0;
  let truePositives = 0;
  let falsePositives = 0;
  for (let i = 0; i < scores.length; i++) {
    const p = positives[i];
    const n = negatives[i];
    const score = scores[i];
    loss += p * positive[i] + n * negative[i];
    squares += p * (1 - score) * (1 - score) + n * score * score;
    if (p > 0) {
      misorderedTwice += p * (2 * stayed + n);
      lost += p;
      precision += p * (lost / (lost + stayed + n));
    }
    stayed += n;
    if (score >= threshold) {
      truePositives = lost;
      falsePositives = stayed;
    }
  }
  const confusion = {
    truePositives,
    falsePositives,
    falseNegatives: lost - truePositives,
    trueNegatives: stayed - falsePositives,
  };
  return { confusion, lost, stayed, misorderedTwice, precision, loss, squares };
}

/** A record with an entry for every metric. */
export function mapMetrics<T>(entry: (name: MetricName) => T): Readonly<Record<MetricName, T>> {
  return {
    rocAuc: entry('rocAuc'),
    averagePrecision: entry('averagePrecision'),
    f1: entry('f1'),
    weightedF1: entry('weightedF1'),
    precision: entry('precision'),
    recall: entry('recall'),
    accuracy: entry('accuracy'),
    logLoss: entry('logLoss'),
    brier: entry('brier'),
    topDecileLift: entry('topDecileLift'),
  };
}

/** @throws RangeError naming the first row whose probability is not in 0…1. */
export function checkProbabilities(probabilities: Float64Array): void {
  const row = probabilities.findIndex((probability) => !(probability >= 0 && probability <= 1));
  if (row >= 0) {
    throw new RangeError(`The probability of row ${row} is ${probabilities[row]}; it must be in 0…1.`);
  }
}
