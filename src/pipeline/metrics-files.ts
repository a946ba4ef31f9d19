import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calibrationCurve } from '../evaluation/calibration.ts';
import { confusionMatrix } from '../evaluation/confusion.ts';
import { gainsCurve, precisionRecallCurve, rocCurve } from '../evaluation/curves.ts';
import { metricNames } from '../evaluation/metrics.ts';
import { type ScoreTally, tallyScores } from '../evaluation/score-tally.ts';
import type { PermutationImportance } from '../explanation/permutation.ts';
import { dateOf } from '../features/cutoffs.ts';
import type { ExampleRows } from '../features/examples.ts';
import { recordsToCsv } from '../table/csv.ts';
import type { Cell } from '../table/table.ts';
import { type Judged, pick, pickLabels } from './judge-learner.ts';
import type { Learned } from './learn.ts';
import { trialRecords } from './trials-file.ts';

type Records = readonly Readonly<Record<string, Cell>>[];

/** Writes `metrics/`: every number of the evaluation. None depends on the machine's speed; seconds stand in `run.json`. */
export async function writeMetrics(
  folder: string,
  learned: Learned,
  rows: ExampleRows,
  importance: readonly PermutationImportance[],
): Promise<void> {
  const target = join(folder, 'metrics');
  await mkdir(target);
  const tallies = learned.judged.map((judged) => ({ judged, tally: testTally(judged, learned, rows) }));
  for (const [name, rowsOf] of Object.entries(modelTables)) {
    const records = tallies.flatMap(({ judged, tally }) =>
      rowsOf(judged, tally).map((record) => ({ model: judged.name, ...record })),
    );
    await write(target, name, records);
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

const modelTables: Readonly<Record<string, (judged: Judged, tally: ScoreTally) => Records>> = {
  models: ({ test }) => metricNames.map((metric) => ({ metric, ...limits(test.intervals[metric]) })),
  over_baseline: ({ overBaseline }) =>
    metricNames.map((metric) => ({ metric, ...limits(overBaseline.intervals[metric]) })),
  validation: ({ validationLogLoss, threshold }) => [{ log_loss: validationLogLoss, threshold }],
  confusion: ({ threshold }, tally) => {
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
  roc: (_, tally) =>
    rocCurve(tally).map(({ falsePositiveRate, truePositiveRate }) => ({
      false_positive_rate: falsePositiveRate,
      true_positive_rate: truePositiveRate,
    })),
  precision_recall: (_, tally) =>
    precisionRecallCurve(tally).map(({ recall, precision }) => ({ recall, precision })),
  gains: (_, tally) => gainsCurve(tally).map(({ share, captured }) => ({ share, captured })),
  calibration: (_, tally) =>
    calibrationCurve(tally).map(({ predicted, observed, examples }) => ({
      predicted,
      observed: observed.value,
      low: observed.low,
      high: observed.high,
      examples,
    })),
};

function limits({ value, low, high }: { value: number; low: number; high: number }) {
  return { value, low, high };
}

function write(folder: string, name: string, records: Records): Promise<void> {
  return writeFile(join(folder, `${name}.csv`), recordsToCsv(Object.keys(records[0] ?? {}), records));
}
