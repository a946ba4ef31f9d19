import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BootstrapOptions } from '../evaluation/bootstrap.ts';
import { calibrationCurve, expectedCalibrationError } from '../evaluation/calibration.ts';
import { calibrationLine } from '../evaluation/calibration-line.ts';
import { confusionMatrix } from '../evaluation/confusion.ts';
import { gainsCurve, precisionRecallCurve, rocCurve } from '../evaluation/curves.ts';
import { groupMetrics, leastUsers } from '../evaluation/group-metrics.ts';
import type { Interval } from '../evaluation/intervals.ts';
import { metricNames } from '../evaluation/metrics.ts';
import { type ScoreTally, tallyScores } from '../evaluation/score-tally.ts';
import { topShares } from '../evaluation/top-share.ts';
import type { PermutationImportance } from '../explanation/permutation.ts';
import { dateOf } from '../features/cutoffs.ts';
import type { ExampleRows } from '../features/examples.ts';
import { recordsToCsv } from '../table/csv.ts';
import type { Cell } from '../table/table.ts';
import { type Judged, pick, pickLabels } from './judge-learner.ts';
import type { Learned } from './learn.ts';
import { groupings } from './test-groups.ts';
import { trialRecords } from './trials-file.ts';

type Records = readonly Readonly<Record<string, Cell>>[];

/** Writes `metrics/`: every number of the evaluation. None depends on the machine's speed; seconds stand in `run.json`. */
export async function writeMetrics(
  folder: string,
  learned: Learned,
  rows: ExampleRows,
  importance: readonly PermutationImportance[],
  options: BootstrapOptions,
): Promise<void> {
  const target = join(folder, 'metrics');
  await mkdir(target);
  const tests = learned.judged.map((judged) => testOf(judged, learned, rows, options));
  for (const [name, rowsOf] of Object.entries(modelTables)) {
    const records = tests.flatMap((test) =>
      rowsOf(test).map((record) => ({ model: test.judged.name, ...record })),
    );
    await write(target, name, records);
  }
  const chosen = testOf(learned.chosen, learned, rows, options);
  await write(target, 'top', topRecords(chosen));
  await write(target, 'groups', groupRecords(chosen, learned, rows));
  await write(
    target,
    'importance',
    importance.map(({ name, value, low, high }) => ({
      feature: name,
      average_precision_lost: value,
      low,
      high,
    })),
  );
  if (learned.tuning !== undefined) await write(target, 'trials', trialRecords(learned.tuning));
  await write(
    target,
    'cutoffs',
    learned.cutoffs.map(({ day, role, examples, lost }) => ({ cutoff: dateOf(day), role, examples, lost })),
  );
}

/** The model's scores of the test rows. */
export function testTally(judged: Judged, { plan }: Learned, rows: ExampleRows): ScoreTally {
  return tallyScores(pickLabels(rows.labels, plan.testRows), pick(judged.probabilities, plan.testRows));
}

/** A model on the test rows. */
interface Test {
  readonly judged: Judged;
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
  readonly users: Int32Array;
  readonly tally: ScoreTally;
  readonly options: BootstrapOptions;
}

function testOf(
  judged: Judged,
  { plan, groups }: Learned,
  { labels }: ExampleRows,
  options: BootstrapOptions,
): Test {
  const outcomes = pickLabels(labels, plan.testRows);
  const probabilities = pick(judged.probabilities, plan.testRows);
  const users = Int32Array.from(plan.testRows, (row) => groups[row]);
  return {
    judged,
    labels: outcomes,
    probabilities,
    users,
    tally: tallyScores(outcomes, probabilities),
    options,
  };
}

const modelTables: Readonly<Record<string, (test: Test) => Records>> = {
  models: ({ judged: { test } }) =>
    metricNames.map((metric) => ({ metric, ...limits(test.intervals[metric]) })),
  over_baseline: ({ judged: { overBaseline } }) =>
    metricNames.map((metric) => ({ metric, ...limits(overBaseline.intervals[metric]) })),
  validation: ({ judged: { validationLogLoss, threshold } }) => [{ log_loss: validationLogLoss, threshold }],
  confusion: ({ judged: { threshold }, tally }) => {
    const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusionMatrix(
      tally,
      threshold,
    );
    return [
      {
        threshold,
        true_positives: truePositives,
        false_positives: falsePositives,
        false_negatives: falseNegatives,
        true_negatives: trueNegatives,
      },
    ];
  },
  calibration_line: ({ labels, probabilities, users, tally }) => {
    const { intercept, slope } = calibrationLine(labels, probabilities, users);
    const ece = expectedCalibrationError(calibrationCurve(tally));
    return [
      { expected_calibration_error: ece, ...prefixed('intercept', intercept), ...prefixed('slope', slope) },
    ];
  },
  roc: ({ tally }) =>
    rocCurve(tally).map(({ falsePositiveRate, truePositiveRate }) => ({
      false_positive_rate: falsePositiveRate,
      true_positive_rate: truePositiveRate,
    })),
  precision_recall: ({ tally }) =>
    precisionRecallCurve(tally).map(({ recall, precision }) => ({ recall, precision })),
  gains: ({ tally }) => gainsCurve(tally).map(({ share, captured }) => ({ share, captured })),
  calibration: ({ tally }) =>
    calibrationCurve(tally).map(({ predicted, observed, examples }) => ({
      predicted,
      observed: observed.value,
      low: observed.low,
      high: observed.high,
      examples,
    })),
};

const shares = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];

/** Whom one reaches who can act on so many. */
function topRecords({ labels, probabilities, users, options }: Test): Records {
  return topShares(labels, probabilities, users, shares, options).map(({ share, ...found }) => ({
    share,
    ...prefixed('precision', found.precision),
    ...prefixed('lift', found.lift),
    ...prefixed('captured', found.captured),
  }));
}

/** Enough for intervals that are only to show what is surely different: every group costs as much as a model. */
const groupReplicates = 200;

function groupRecords(
  { judged, labels, probabilities, users, options: { seed, replicates = groupReplicates } }: Test,
  { plan }: Learned,
  rows: ExampleRows,
): Records {
  const options = { seed, replicates: Math.min(replicates, groupReplicates) };
  return groupings(rows, plan.testRows).flatMap(({ attribute, groups, groupOfRow }) =>
    groupMetrics(labels, probabilities, users, groups, groupOfRow, judged.threshold, options).map(
      (found) => ({
        attribute,
        group: found.group,
        users: found.users,
        rows: found.rows,
        lost: found.lost,
        ...prefixed('roc_auc', found.rocAuc),
        ...prefixed('average_precision', found.averagePrecision),
        ...prefixed('brier', found.brier),
        ...prefixed('bias', found.bias),
        note: found.isTooSmall ? `fewer than ${leastUsers} users of an outcome: too few to tell` : '',
      }),
    ),
  );
}

function limits({ value, low, high }: Interval) {
  return { value, low, high };
}

function prefixed(name: string, { value, low, high }: Interval) {
  return { [name]: value, [`${name}_low`]: low, [`${name}_high`]: high };
}

function write(folder: string, name: string, records: Records): Promise<void> {
  return writeFile(join(folder, `${name}.csv`), recordsToCsv(Object.keys(records[0] ?? {}), records));
}
