import { join } from 'node:path';
import type { Interval } from '../../evaluation/intervals.ts';
import { logLossOfBaseRate } from '../../pipeline/tables/base-rate.ts';
import type { FittedTable } from '../../pipeline/tables/fitted-table.ts';
import type { FitTableSettings } from '../../pipeline/tables/settings.ts';
import { alignedTable } from './write.ts';

/** A fit for a reader; its last line is the path of the model. */
export function fitText(
  { fitted, chosen, training }: FittedTable,
  { test, folds, group }: FitTableSettings,
  folder: string,
): string {
  const { labels, matrix } = training.examples;
  const positive = labels.reduce((sum, label) => sum + label, 0);
  const table = alignedTable(
    fitted.map(({ name, metrics: { intervals }, threshold, fitSeconds }) => ({
      learner: name === chosen.name && fitted.length > 1 ? `${name} *` : name,
      'ROC AUC (95 %)': inWords(intervals.rocAuc),
      'avg. precision': inWords(intervals.averagePrecision),
      'log loss': rounded(intervals.logLoss.value),
      F1: rounded(intervals.f1.value),
      'from p': rounded(threshold),
      'fit s': fitSeconds.toFixed(2),
    })),
  );
  const how = test ?? `${folds}-fold cross-validation${group === undefined ? '' : ` by ${group}`}`;
  return [
    `${labels.length} rows, ${positive} positive, ${matrix.columns.length} columns; judged by ${how}.\n`,
    `${table}\n`,
    `A constant prediction of the base rate has a log loss of ${rounded(logLossOfBaseRate(training.examples.labels, chosen.judgedRows.labels))}.`,
    ...(fitted.length > 1 ? ['* chosen by log loss in cross-validation'] : []),
    join(folder, 'model.json'),
  ].join('\n');
}

function inWords({ value, low, high }: Interval): string {
  return `${rounded(value)} [${rounded(low)}, ${rounded(high)}]`;
}

function rounded(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(3);
}
