import { denseRank } from './dense-rank.ts';
import type { Interval } from './intervals.ts';
import { percentileInterval } from './percentile-interval.ts';
import { fitRecalibration } from './recalibration.ts';
import { resampleUsers } from './resampling.ts';

/** Rows of one model whose true probabilities are known, as they are of a simulated log. */
export interface TruthRows {
  /** 1 = lost, 0 = stayed. */
  readonly outcomes: Uint8Array;
  /** Predicted probability of being lost. */
  readonly predictions: Float64Array;
  /** The true one. */
  readonly truth: Float64Array;
  /** What the best reader of the log would predict, NaN where that is not known. */
  readonly fromLog: Float64Array;
  /** Each row's user, 0 … users − 1. */
  readonly users: Int32Array;
}

const truthMetricNames = [
  'rocAuc',
  'oracleRocAuc',
  'reach',
  'readerRocAuc',
  'readerReach',
  'expectedRocAuc',
  'expectedOracleRocAuc',
  'expectedReach',
  'expectedReaderRocAuc',
  'expectedReaderReach',
  'meanAbsoluteError',
  'bias',
  'calibrationIntercept',
  'calibrationSlope',
] as const;

export type TruthMetricName = (typeof truthMetricNames)[number];

/**
 * A model against the truth, with 95 % intervals by bootstrap over users.
 *
 * - `rocAuc` and `oracleRocAuc` rank the outcomes by the prediction and by the true probability; `reach` is the share of
 *   the reachable ranking that the model has, (rocAuc − ½) / (oracleRocAuc − ½), NaN where the oracle has none.
 * - `readerRocAuc` and `readerReach` are the same by what the best reader of the log would predict, to whom all is hidden
 *   that the log does not show; NaN where that is not known.
 * - The `expected…` five are what these are on average over outcomes that the truth may bring about: each row counts as
 *   lost with its true probability. They have the less noise, the rarer losses are.
 * - `meanAbsoluteError` is that of the prediction from the true probability, `bias` the mean prediction less the mean truth.
 * - `calibrationIntercept` and `calibrationSlope` fit logit(truth) = intercept + slope · logit(prediction) by logistic
 *   regression on the true probabilities (Cox 1958); 0 and 1 are best, a slope below 1 means predictions too extreme.
 *
 * @throws RangeError when the lengths differ or a number is out of range.
 */
export function truthMetrics(
  rows: TruthRows,
  options: { readonly seed: number; readonly replicates: number },
): Readonly<Record<TruthMetricName, Interval>> {
  checkRows(rows);
  const users = rows.users.reduce((most, user) => Math.max(most, user), -1) + 1;
  const measure = measurer(rows);
  const values = measure(new Int32Array(users).fill(1));
  const samples: Float64Array[] = [];
  resampleUsers(users, options.replicates, options.seed, (drawn) => samples.push(measure(drawn)));
  return mapNames((name) => {
    const index = truthMetricNames.indexOf(name);
    const ofMetric = Float64Array.from(samples, (sample) => sample[index]);
    return percentileInterval(values[index], ofMetric, users);
  });
}

/** Rows in tenths by their prediction: what was predicted there on average, and what was true. */
export interface ReliabilityBin {
  readonly rows: number;
  readonly predicted: number;
  readonly truth: number;
  /** Share lost. */
  readonly observed: number;
}

/** @returns bins of as equal numbers of rows as can be, lowest predictions first; fewer than ten for fewer rows. */
export function reliability({ predictions, truth, outcomes }: TruthRows, bins = 10): ReliabilityBin[] {
  const order = Int32Array.from(predictions.keys()).sort((a, b) => predictions[a] - predictions[b] || a - b);
  const mean = (values: ArrayLike<number>, rows: Int32Array) =>
    rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
  return Array.from({ length: bins }, (_, i) =>
    order.subarray(Math.floor((order.length * i) / bins), Math.floor((order.length * (i + 1)) / bins)),
  )
    .filter((rows) => rows.length > 0)
    .map((rows) => ({
      rows: rows.length,
      predicted: mean(predictions, rows),
      truth: mean(truth, rows),
      observed: mean(outcomes, rows),
    }));
}

/** Measures under weights of users; the numbers stand in the order of `truthMetricNames`. */
function measurer(rows: TruthRows): (weights: Int32Array) => Float64Array {
  const { outcomes, predictions, truth, fromLog, users } = rows;
  const lost = Float64Array.from(outcomes);
  const byPrediction = ranking(predictions);
  const byTruth = ranking(truth);
  const byReader = fromLog.some(Number.isNaN) ? undefined : ranking(fromLog);
  const recalibrate = fitRecalibration(predictions, truth);
  const weights = new Float64Array(users.length).fill(1);
  const ofAll = recalibrate(weights);
  const excess = predictions.map((prediction, row) => prediction - truth[row]);
  const error = excess.map(Math.abs);
  return (drawn) => {
    for (let row = 0; row < weights.length; row++) weights[row] = drawn[users[row]];
    const auc = areaUnder(byPrediction, lost, weights);
    const oracle = areaUnder(byTruth, lost, weights);
    const expected = areaUnder(byPrediction, truth, weights);
    const expectedOracle = areaUnder(byTruth, truth, weights);
    const reader = byReader ? areaUnder(byReader, lost, weights) : Number.NaN;
    const expectedReader = byReader ? areaUnder(byReader, truth, weights) : Number.NaN;
    const { intercept, slope } = recalibrate(weights, ofAll);
    return Float64Array.of(
      auc,
      oracle,
      reachOf(auc, oracle),
      reader,
      reachOf(auc, reader),
      expected,
      expectedOracle,
      reachOf(expected, expectedOracle),
      expectedReader,
      reachOf(expected, expectedReader),
      weightedMean(error, weights),
      weightedMean(excess, weights),
      intercept,
      slope,
    );
  };
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    sum += weights[row] * values[row];
    total += weights[row];
  }
  return sum / total;
}

function reachOf(auc: number, oracle: number): number {
  return oracle > 0.5 ? (auc - 0.5) / (oracle - 0.5) : Number.NaN;
}

/** Rows by falling score; rows of one score have one place. */
interface Ranking {
  readonly order: Int32Array;
  readonly places: Int32Array;
}

function ranking(scores: Float64Array): Ranking {
  const places = denseRank(scores).ranks;
  return { order: Int32Array.from(places.keys()).sort((a, b) => places[b] - places[a]), places };
}

/**
 * Area under the ROC curve where each row is lost with a probability of its own: over pairs of different rows, the chance
 * that the lost one scores above the one that stayed, a tie counting half.
 *
 * @param lost 0…1.
 */
function areaUnder({ order, places }: Ranking, lost: Float64Array, weights: Float64Array): number {
  let above = 0;
  let below = 0;
  let concordant = 0;
  let ofOneRow = 0;
  for (let i = 0; i < order.length; ) {
    const place = places[order[i]];
    let positives = 0;
    let negatives = 0;
    for (; i < order.length && places[order[i]] === place; i++) {
      const p = lost[order[i]];
      const weight = weights[order[i]];
      positives += weight * p;
      negatives += weight * (1 - p);
      ofOneRow += weight * p * (1 - p);
    }
    concordant += negatives * (above + positives / 2);
    above += positives;
    below += negatives;
  }
  return (concordant - ofOneRow / 2) / (above * below - ofOneRow);
}

function mapNames<T>(entry: (name: TruthMetricName) => T): Readonly<Record<TruthMetricName, T>> {
  return {
    rocAuc: entry('rocAuc'),
    oracleRocAuc: entry('oracleRocAuc'),
    reach: entry('reach'),
    readerRocAuc: entry('readerRocAuc'),
    readerReach: entry('readerReach'),
    expectedRocAuc: entry('expectedRocAuc'),
    expectedOracleRocAuc: entry('expectedOracleRocAuc'),
    expectedReach: entry('expectedReach'),
    expectedReaderRocAuc: entry('expectedReaderRocAuc'),
    expectedReaderReach: entry('expectedReaderReach'),
    meanAbsoluteError: entry('meanAbsoluteError'),
    bias: entry('bias'),
    calibrationIntercept: entry('calibrationIntercept'),
    calibrationSlope: entry('calibrationSlope'),
  };
}

function checkRows({ outcomes, predictions, truth, fromLog, users }: TruthRows): void {
  const lengths = [outcomes, predictions, truth, fromLog, users].map(({ length }) => length);
  if (new Set(lengths).size > 1) {
    throw new RangeError(
      `There are ${lengths.join(', ')} outcomes, predictions, true probabilities, those from the log and users; each row needs all.`,
    );
  }
  for (const [name, values] of Object.entries({ prediction: predictions, truth })) {
    const row = values.findIndex((value) => !(value >= 0 && value <= 1));
    if (row >= 0) throw new RangeError(`The ${name} of row ${row} is ${values[row]}; it must be in 0…1.`);
  }
}
