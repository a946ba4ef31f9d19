import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComparedMetric } from '../../evaluation/compare-paired.ts';
import type { Interval } from '../../evaluation/intervals.ts';
import { recordsToCsv } from '../../table/csv.ts';
import type { Cell } from '../../table/table.ts';
import type { Sufficiency } from './sufficiency.ts';

type Records = readonly Readonly<Record<string, Cell>>[];

/** Writes `sufficiency.csv` and `auc_precision.csv`, and where it was measured `learning_curve.csv` and `ablation.csv`, to `metrics/` of a run. */
export async function writeSufficiency(folder: string, sufficiency: Sufficiency): Promise<void> {
  const { criteria, precision, measured } = sufficiency;
  const tables: Readonly<Record<string, Records>> = {
    sufficiency: criteria.map(({ criterion, verdict, words }) => ({ criterion, verdict, words })),
    auc_precision: precision.map(({ lostUsers, halfWidth, smallestDifference, isThis }) => ({
      lost_users: lostUsers,
      half_width: halfWidth,
      smallest_difference: smallestDifference,
      this_test: isThis ? 1 : 0,
    })),
    ...(measured === undefined
      ? {}
      : {
          learning_curve: measured.curves.flatMap(({ of, points }) =>
            points.map(({ amount, examples, lostUsers, rocAuc, averagePrecision }) => ({
              learner: measured.learner,
              of,
              amount,
              examples,
              lost_users: lostUsers,
              draws: rocAuc.draws.length,
              ...metricCells('roc_auc', rocAuc),
              ...metricCells('average_precision', averagePrecision),
            })),
          ),
          ablation: measured.ablation.map(({ kind, group, use, features, rocAuc, averagePrecision }) => ({
            learner: measured.learner,
            kind,
            group,
            use,
            features,
            ...metricCells('roc_auc', rocAuc),
            ...metricCells('average_precision', averagePrecision),
          })),
        }),
  };
  for (const [name, records] of Object.entries(tables)) {
    const path = join(folder, 'metrics', `${name}.csv`);
    await writeFile(path, recordsToCsv(Object.keys(records[0] ?? {}), records));
  }
}

/** A metric, the spread of its draws, and its difference from that of all. */
function metricCells(name: string, metric: ComparedMetric) {
  const { draws, difference, simultaneous } = metric;
  return {
    ...cells(name, metric),
    [`${name}_least_draw`]: Math.min(...draws),
    [`${name}_greatest_draw`]: Math.max(...draws),
    ...cells(`${name}_difference`, difference),
    [`${name}_simultaneous_low`]: simultaneous.low,
    [`${name}_simultaneous_high`]: simultaneous.high,
  };
}

function cells(name: string, { value, low, high }: Interval) {
  return { [name]: value, [`${name}_low`]: low, [`${name}_high`]: high };
}
