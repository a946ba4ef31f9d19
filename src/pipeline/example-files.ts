import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExampleStatistics } from '../explore/examples.ts';
import { quantileShares } from '../explore/feature-distribution.ts';
import { dateOf } from '../features/cutoffs.ts';
import { recordsToCsv } from '../table/csv.ts';
import type { Cell } from '../table/table.ts';

/** Writes to `statistics/`, which is there, what the examples of one cutoff are like: features by outcome, and how they go together. */
export async function writeExampleStatistics(folder: string, statistics: ExampleStatistics): Promise<void> {
  const tables = {
    feature_distributions: distributions(statistics),
    feature_histograms: histograms(statistics),
    feature_correlations: correlations(statistics),
  };
  for (const [name, [columns, records]] of Object.entries(tables)) {
    await writeFile(join(folder, 'statistics', `${name}.csv`), recordsToCsv(columns, records));
  }
}

type Records = readonly [columns: readonly string[], records: readonly Readonly<Record<string, Cell>>[]];

const quantileNames = quantileShares.map((share) => `q${String(Math.round(100 * share)).padStart(2, '0')}`);

function distributions({ cutoff, features }: ExampleStatistics): Records {
  const records = features.flatMap(({ name, auc, ...outcomes }) =>
    (['lost', 'stayed'] as const).map((outcome) => {
      const { known, missing, mean, quantiles } = outcomes[outcome];
      const values = Object.fromEntries(quantileNames.map((column, i) => [column, quantiles[i]]));
      const area = { auc: auc.value, auc_low: auc.low, auc_high: auc.high };
      return { cutoff: dateOf(cutoff), feature: name, ...area, outcome, known, missing, mean, ...values };
    }),
  );
  const columns = ['cutoff', 'feature', 'auc', 'auc_low', 'auc_high', 'outcome', 'known', 'missing', 'mean'];
  return [[...columns, ...quantileNames], records];
}

function histograms({ features }: ExampleStatistics): Records {
  const records = features.flatMap(({ name, bins }) => bins.map((bin) => ({ feature: name, ...bin })));
  return [['feature', 'from', 'to', 'lost', 'stayed'], records];
}

/** A pair a row, each once. */
function correlations({ correlations: { names, matrix } }: ExampleStatistics): Records {
  const records = names.flatMap((feature, i) =>
    names.slice(0, i).map((other, j) => ({ feature, other, spearman: matrix[i][j] })),
  );
  return [['feature', 'other', 'spearman'], records];
}
