import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { encodings, imputations, scalings } from '../models/preparation/settings.ts';
import { fitRecords } from '../pipeline/tables/fit-record.ts';
import { fitTable } from '../pipeline/tables/fit-table.ts';
import {
  defaultFitSettings,
  type FitTableSettings,
  type TableLearnerName,
  type TablePreparation,
  tableLearnerNames,
} from '../pipeline/tables/settings.ts';
import { parseMemory, wholeNumber, withCommonOptions, withThreads } from './options.ts';
import { withTerminal } from './terminal/effects.ts';
import { fitText } from './terminal/fit-result.ts';
import { writeJson, writeNotes, writeOut } from './terminal/write.ts';
import { type TuningOptions, tuningSettings, withTuningOptions } from './tuning-options.ts';

interface Options extends Omit<TablePreparation, 'maxCorrelation'>, TuningOptions {
  readonly label: string;
  readonly positive?: string;
  readonly group?: string;
  readonly weight?: string;
  readonly test?: string;
  readonly drop: readonly string[];
  readonly category: readonly string[];
  readonly learner: readonly TableLearnerName[];
  readonly set: FitTableSettings['changes'];
  readonly dropCorrelated?: number;
  readonly threshold: number | 'best-f1';
  readonly folds: number;
  readonly replicates: number;
  readonly seed: number;
  readonly out: string;
  readonly force?: boolean;
  readonly memory?: string;
  readonly threads: number;
  readonly json?: true;
}

/** `refrain fit TABLE` */
export function fitCommand(signal: AbortSignal): Command {
  const defaults = defaultFitSettings;
  const { preparation } = defaults;
  const command = new Command('fit')
    .description('Fit and judge the learners on a feature table of your own: one row an example.')
    .argument('<table>', '.parquet, .csv or .tsv, or .csv.gz or .csv.zst')
    .requiredOption('--label <column>', 'what to predict: 0 and 1, true and false, or two values (required)')
    .requiredOption('--out <folder>', 'where to write the models and metrics (required)')
    .option('--positive <value>', 'the value of the label to predict (default: 1 or true)')
    .option('--group <column>', 'rows of one group, such as a user, are never on both sides of a split')
    .option('--weight <column>', 'how much each row counts in the fit')
    .option('--test <table>', 'judge by this table (default: by cross-validation)')
    .option(
      '--learner <names>',
      `comma-separated, of ${tableLearnerNames.join(', ')}`,
      parseLearners,
      defaults.learners,
    )
    .option('--set <learner.setting=value>', 'a setting of a learner; may be given again', parseSetting, {})
    .option(
      '--drop <columns>',
      'comma-separated columns to leave out, such as ids',
      parseColumns,
      defaults.drop,
    )
    .option(
      '--category <columns>',
      'comma-separated columns of numbers that are categories',
      parseColumns,
      defaults.category,
    )
    .addOption(
      new Option('--scale <way>', 'transformation of numbers').choices(scalings).default(preparation.scale),
    )
    .addOption(
      new Option('--impute <way>', 'what stands for missing numbers, with an indicator')
        .choices(imputations)
        .default(preparation.impute),
    )
    .addOption(
      new Option('--encode <way>', 'how categories become numbers')
        .choices(encodings)
        .default(preparation.encode),
    )
    .option(
      '--max-levels <n>',
      'levels of a category up to which it is one-hot',
      wholeNumber(2, 1000),
      preparation.maxLevels,
    )
    .option(
      '--smoothing <rows>',
      'rows of the overall rate in the rate of a level',
      parseShare(0, 1e9),
      preparation.smoothing,
    )
    .option(
      '--drop-correlated <r>',
      'drop a column whose correlation with an earlier one is as strong as this',
      parseShare(0.01, 1),
    )
    .option(
      '--threshold <p|best-f1>',
      'probability from which a row is decided to be positive',
      parseThreshold,
      defaults.threshold,
    )
    .option('--folds <n>', 'parts for cross-validation', wholeNumber(2, 100), defaults.folds)
    .option(
      '--replicates <n>',
      'bootstrap replicates for intervals',
      wholeNumber(100, 100_000),
      defaults.replicates,
    )
    .option('--seed <n>', 'seed of all chance', wholeNumber(0, 2 ** 32 - 1), defaults.seed)
    .option('--memory <size>', 'memory for the engine, such as 4GB', parseMemory)
    .option('--force', 'replace what an earlier fit left in the folder');
  return withCommonOptions(withThreads(withTuningOptions(command)))
    .addHelpText('after', help)
    .action(async (table: string, options: Options) => {
      const settings = toSettings(table, options);
      const result = await withTerminal(signal, options.threads, (effects) => fitTable(settings, effects));
      writeNotes(result.notes);
      if (options.json) writeJson(fitRecords(result.fitted));
      else writeOut(fitText(result, settings, resolve(options.out)));
    });
}

const help = `
Numbers, booleans (0, 1), dates (days since 1970) and text are taken, and missing values: null, an empty field, NA, NaN.
Columns that are empty, constant or twice there are dropped, and said so.

Examples:
  $ refrain fit churn.parquet --label churned --group user_id --out churn-fit
  $ refrain fit train.csv --label y --test test.csv --learner logistic-regression --threshold 0.5 --out fit --json
  $ refrain fit train.csv --label left --positive yes --drop id,name --scale yeo-johnson --impute median --out fit
  $ refrain fit train.csv --label y --learner logistic-regression --set logistic-regression.C=1 --out fit
  $ refrain fit train.csv --label y --test test.csv --tune 30 --out fit
  $ refrain predict new.csv --model churn-fit --out predictions.csv`;

function toSettings(table: string, options: Options): FitTableSettings {
  const { positive, group, weight, test, memory, dropCorrelated } = options;
  return {
    table,
    label: options.label,
    drop: options.drop,
    category: options.category,
    learners: options.learner,
    changes: options.set,
    preparation: {
      scale: options.scale,
      impute: options.impute,
      encode: options.encode,
      maxLevels: options.maxLevels,
      smoothing: options.smoothing,
      maxCorrelation: dropCorrelated ?? null,
    },
    threshold: options.threshold,
    folds: options.folds,
    ...tuningSettings(options),
    replicates: options.replicates,
    seed: options.seed,
    out: options.out,
    force: options.force === true,
    ...(positive === undefined ? {} : { positive }),
    ...(group === undefined ? {} : { group }),
    ...(weight === undefined ? {} : { weight }),
    ...(test === undefined ? {} : { test }),
    ...(memory === undefined ? {} : { memory }),
  };
}

function parseLearners(text: string): TableLearnerName[] {
  return text.split(',').map((name) => {
    const found = tableLearnerNames.find((known) => known === name);
    if (found === undefined)
      throw new InvalidArgumentError(`Expected learners of ${tableLearnerNames.join(', ')}.`);
    return found;
  });
}

/** `learner.setting=value`, of which the value is JSON or else text, beside those given before. */
function parseSetting(text: string, before: FitTableSettings['changes']): FitTableSettings['changes'] {
  const match = /^([\w-]+)\.(\w+)=(.+)$/s.exec(text);
  if (match === null) throw new InvalidArgumentError('Expected such as logistic-regression.C=1.');
  const [, learner, setting, value] = match;
  return { ...before, [learner]: { ...before[learner], [setting]: parseValue(value) } };
}

function parseValue(text: string): unknown {
  const isJson = /^(-?\d+(\.\d+)?([eE][-+]?\d+)?|true|false|null|\[.*\]|".*")$/s.test(text);
  return isJson ? JSON.parse(text) : text;
}

/** Columns by name; a name with a comma in it is written in quotes, as in CSV. */
export function parseColumns(text: string): string[] {
  const fields = text.match(/"(?:[^"]|"")*"|[^,]+/g) ?? [];
  return fields.map((field) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field));
}

function parseShare(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!(value >= min && value <= max)) {
      throw new InvalidArgumentError(`Expected a number from ${min} to ${max}.`);
    }
    return value;
  };
}

function parseThreshold(text: string): number | 'best-f1' {
  return text === 'best-f1' ? text : parseShare(0, 1)(text);
}
