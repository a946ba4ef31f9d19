import type { Interval } from '../../evaluation/intervals.ts';
import { type MetricName, metricNames } from '../../evaluation/metrics.ts';
import { isCombination } from '../../models/stack/combinations.ts';
import { aboutModel, type CardImportance, type CardModel, mostImportant } from '../card-parts.ts';
import { logLossOfBaseRate } from './base-rate.ts';
import type { FittedTable } from './fitted-table.ts';
import type { FitTableSettings, TablePreparation } from './settings.ts';

/**
 * What whoever uses a model of a table must know of it (Mitchell et al. 2019, "Model Cards for Model Reporting"), as plain data. Numbers
 * that are undefined are NaN here, and null in JSON.
 */
export interface TableCard {
  readonly model: CardModel;
  readonly prediction: {
    readonly label: string;
    readonly positive: string;
    readonly negative: string;
    /** A row is decided to be positive from this probability up. */
    readonly threshold: number;
  };
  /** What it learned from. */
  readonly data: RowCounts & {
    readonly sha256: string;
    readonly columns: number;
    readonly weight: string | undefined;
    readonly preparation: TablePreparation;
  };
  readonly evaluation: RowCounts & {
    readonly by: 'cross-validation' | 'test';
    /** On the judged rows, with 95 % intervals over groups. */
    readonly metrics: readonly ({ readonly metric: MetricName } & Interval)[];
    /** Where every judged row is predicted the share of positive rows among those that were learned from. */
    readonly logLossOfBaseRate: number;
  };
  /** The columns whose permutation costs the most average precision on judged rows. */
  readonly importance: readonly CardImportance[];
  readonly notes: readonly string[];
}

interface RowCounts {
  readonly rows: number;
  readonly positive: number;
  readonly groups: number;
}

/** What is known when the files are written. */
interface Written {
  /** Of `model.json`. */
  readonly modelSha256: string;
  /** Of the training table. */
  readonly tableSha256: string;
}

/** The card of the model that a fit chose. Nothing in it depends on the machine. */
export function tableCard(
  settings: FitTableSettings,
  { chosen, training, tuned, importance, notes }: FittedTable,
  { modelSha256, tableSha256 }: Written,
): TableCard {
  const { label, weight, preparation, test, seed } = settings;
  const { classes, columns, examples } = training;
  const { judgedRows, metrics, name, threshold } = chosen;
  const found = tuned?.get(name);
  return {
    model: aboutModel(chosen, {
      changes: { ...settings.changes[name], ...found?.settings },
      trials: found?.trials.length ?? 0,
      single: settings.learners.filter((one) => !isCombination(one)),
      sha256: modelSha256,
      seed,
    }),
    prediction: { label, ...classes, threshold },
    data: {
      ...countsOf(examples),
      sha256: tableSha256,
      columns: columns.length,
      ...{ weight, preparation },
    },
    evaluation: {
      by: test === undefined ? 'cross-validation' : 'test',
      ...countsOf(judgedRows),
      metrics: metricNames.map((metric) => {
        const { value, low, high } = metrics.intervals[metric];
        return { metric, value, low, high };
      }),
      logLossOfBaseRate: logLossOfBaseRate(examples.labels, judgedRows.labels),
    },
    importance: mostImportant(importance),
    notes,
  };
}

function countsOf({
  labels,
  groups,
}: {
  readonly labels: Uint8Array;
  readonly groups: Int32Array;
}): RowCounts {
  const positive = labels.reduce((sum, label) => sum + label, 0);
  return { rows: labels.length, positive, groups: new Set(groups).size };
}
