import { resolve } from 'node:path';
import { Command } from 'commander';
import { fitRecords } from '../pipeline/tables/fit-record.ts';
import { fitTable } from '../pipeline/tables/fit-table.ts';
import { type FitOptions, fitSettings, withFitOptions } from './fit-options.ts';
import { withCommonOptions, withThreads } from './options.ts';
import { withPreparationOptions } from './preparation-options.ts';
import { withTerminal } from './terminal/effects.ts';
import { fitText } from './terminal/fit-result.ts';
import { writeJson, writeNotes, writeOut } from './terminal/write.ts';
import { withTuningOptions } from './tuning-options.ts';

interface Options extends FitOptions {
  readonly threads: number;
  readonly json?: true;
}

/** `refrain fit TABLE` */
export function fitCommand(signal: AbortSignal): Command {
  const command = new Command('fit')
    .description('Fit and judge the learners on a feature table of your own: one row an example.')
    .argument('<table>', '.parquet, .csv or .tsv, or .csv.gz or .csv.zst');
  const tuned = withTuningOptions(withPreparationOptions(withFitOptions(command)));
  return withCommonOptions(withThreads(tuned))
    .addHelpText('after', help)
    .action(async (table: string, options: Options) => {
      const settings = fitSettings(table, options);
      const result = await withTerminal(signal, options.threads, (effects) => fitTable(settings, effects));
      writeNotes(result.notes);
      if (options.json) writeJson(fitRecords(result.fitted));
      else writeOut(fitText(result, settings, resolve(options.out)));
    });
}

const help = `
Numbers, booleans (0, 1), dates (days since 1970) and text are taken, and missing values: null, an empty field, NA, NaN.
Columns that are empty, constant or twice there are dropped, and said so. Every fit learns from all of its rows.

Examples:
  $ refrain fit churn.parquet --label churned --group user_id --out churn-fit
  $ refrain fit train.csv --label y --test test.csv --learner logistic-regression --threshold 0.5 --out fit --json
  $ refrain fit train.csv --label left --positive yes --drop id,name --scale yeo-johnson --impute median --out fit
  $ refrain fit train.csv --label y --learner logistic-regression --set logistic-regression.C=1 --out fit
  $ refrain fit train.csv --label y --test test.csv --tune 30 --out fit`;
