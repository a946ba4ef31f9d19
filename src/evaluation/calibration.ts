import { type Interval, wilsonInterval } from './intervals.ts';
import { countLabels, type ScoreTally } from './score-tally.ts';

/** Rows with neighbouring probabilities: what was predicted, and what came. */
export interface CalibrationBin {
  /** Mean probability. */
  readonly predicted: number;
  /** Share lost, with its Wilson interval, which takes the rows as independent. */
  readonly observed: Interval;
  readonly examples: number;
}

/**
 * The calibration curve of a tally of probabilities, lowest first, in bins of as equal numbers of rows as ties
 * allow: rows with one probability stay together, in the bin that their middle row falls in. Many ties make
 * fewer bins; no rows, none.
 *
 * @throws RangeError unless `bins` is a whole number above 0.
 */
export function calibrationCurve(tally: ScoreTally, bins = 10): CalibrationBin[] {
  if (!(Number.isInteger(bins) && bins > 0)) {
    throw new RangeError(`${bins} calibration bins were asked for; expected a whole number above 0.`);
  }
  const total = countLabels(tally);
  const sums = Array.from({ length: bins }, () => ({ rows: 0, lost: 0, probability: 0 }));
  let below = 0;
  for (let i = tally.scores.length - 1; i >= 0; i--) {
    const rows = tally.positives[i] + tally.negatives[i];
    const middle = (below + rows / 2) / (total.positives + total.negatives);
    const bin = sums[Math.min(bins - 1, Math.floor(bins * middle))];
    bin.rows += rows;
    bin.lost += tally.positives[i];
    bin.probability += rows * tally.scores[i];
    below += rows;
  }
  return sums
    .filter((bin) => bin.rows > 0)
    .map((bin) => ({
      predicted: bin.probability / bin.rows,
      observed: wilsonInterval(bin.lost, bin.rows),
      examples: bin.rows,
    }));
}

/**
 * Expected calibration error: the mean distance of predicted and observed over the bins, weighed by their rows
 * (Naeini, Cooper and Hauskrecht 2015). NaN without bins.
 */
export function expectedCalibrationError(bins: readonly CalibrationBin[]): number {
  let rows = 0;
  let sum = 0;
  for (const { predicted, observed, examples } of bins) {
    rows += examples;
    sum += examples * Math.abs(predicted - observed.value);
  }
  return sum / rows;
}
