import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { confusionMatrix } from '../evaluation/confusion.ts';
import { gainsCurve, precisionRecallCurve, rocCurve } from '../evaluation/curves.ts';
import type { Interval } from '../evaluation/intervals.ts';
import { metricNames } from '../evaluation/metrics.ts';
import { type ScoreTally, tallyScores } from '../evaluation/score-tally.ts';
import type { TopShare } from '../evaluation/top-share.ts';
import type { PermutationImportance } from '../explanation/permutation.ts';
import { dateOf } from '../features/cutoffs.ts';
import type { ExampleRows } from '../features/examples.ts';
import { recordsToCsv } from '../table/csv.ts';
import type { Cell } from '../table/table.ts';
import type { Assessment } from './assess.ts';
import type { Judged } from './judge-learners.ts';
import { judgementTables, prefixed } from './judgement-tables.ts';
import type { Learned } from './learn.ts';
import { pick, pickLabels } from './pick-rows.ts';
import { trialRecords } from './trials-file.ts';

type Records = readonly Readonly<Record<string, Cell>>[];

/** Writes to `metrics/`, which is there, every number of the evaluation. None depends on the machine's speed; seconds stand in `run.json`. */
export async function writeMetrics(
  folder: string,
  learned: Learned,
  rows: ExampleRows,
  importance: readonly PermutationImportance[],
  { judgement, top }: Assessment,
): Promise<void> {
  const target = join(folder, 'metrics');
  const tests = learned.judged.map((judged): Test => ({ judged, tally: testTally(judged, learned, rows) }));
  for (const [name, rowsOf] of Object.entries(modelTables)) {
    const records = tests.flatMap((test) =>
      rowsOf(test).map((record) => ({ model: test.judged.name, ...record })),
    );
    await write(target, name, records);
  }
  await write(target, 'top', top.map(topRecord));
  for (const [name, records] of Object.entries(judgementTables(judgement))) {
    if (records.length > 0) await write(target, name, records);
  }
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
  readonly tally: ScoreTally;
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
  roc: ({ tally }) =>
    rocCurve(tally).map(({ falsePositiveRate, truePositiveRate }) => ({
      false_positive_rate: falsePositiveRate,
      true_positive_rate: truePositiveRate,
    })),
  precision_recall: ({ tally }) =>
    precisionRecallCurve(tally).map(({ recall, precision }) => ({ recall, precision })),
  gains: ({ tally }) => gainsCurve(tally).map(({ share, captured }) => ({ share, captured })),
};

function topRecord({ share, precision, lift, captured }: TopShare) {
  return {
    share,
    ...prefixed('precision', precision),
    ...prefixed('lift', lift),
    ...prefixed('captured', captured),
  };
}

function limits({ value, low, high }: Interval) {
  return { value, low, high };
}

function write(folder: string, name: string, records: Records): Promise<void> {
  return writeFile(join(folder, `${name}.csv`), recordsToCsv(Object.keys(records[0] ?? {}), records));
}
