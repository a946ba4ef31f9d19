import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  defaultFitSettings,
  type FitTableSettings,
  type TableLearnerName,
  tableLearnerNames,
} from '../pipeline/tables/settings.ts';
import { type CalibrationOption, withCalibration } from './calibration-option.ts';
import { parseColumns, parseMemory, parseNumber, wholeNumber } from './options.ts';
import { type PreparationOptions, preparationOf } from './preparation-options.ts';
import { type TuningOptions, tuningSettings } from './tuning-options.ts';

/** What the options of `withFitOptions` and of preparation and tuning are parsed to. */
export interface FitOptions extends PreparationOptions, TuningOptions, CalibrationOption {
  readonly label: string;
  readonly positive?: string;
  readonly group?: string;
  readonly weight?: string;
  readonly test?: string;
  readonly drop?: readonly string[];
  readonly category?: readonly string[];
  readonly learner: readonly TableLearnerName[];
  readonly set?: FitTableSettings['changes'];
  readonly threshold: number | 'best-f1';
  readonly folds: number;
  readonly replicates: number;
  readonly seed: number;
  readonly out: string;
  readonly force?: boolean;
  readonly memory?: string;
}

/** What is learned from which columns, and how it is judged. */
export function withFitOptions(command: Command): Command {
  const defaults = defaultFitSettings;
  return withCalibration(command)
    .requiredOption('--label <column>', 'what to predict: 0 and 1, true and false, or two values (required)')
    .requiredOption('--out <folder>', 'where to write the models and metrics (required)')
    .option('--positive <value>', 'the value of the label to predict (default: 1 or true)')
    .option('--group <column>', 'rows of one group, such as a user, are never on both sides of a split')
    .option('--weight <column>', 'how much each row counts in the fit')
    .option('--test <table>', 'judge by this table (default: by cross-validation)')
    .addOption(
      new Option('--learner <names>', `comma-separated, of ${tableLearnerNames.join(', ')}`)
        .argParser(parseLearners)
        .default(defaults.learners, defaults.learners.join(',')),
    )
    .option('--set <learner.setting=value>', 'a setting of a learner; may be given again', parseSetting)
    .option('--drop <columns>', 'comma-separated columns to leave out, such as ids', parseColumns)
    .option('--category <columns>', 'comma-separated columns of numbers that are categories', parseColumns)
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
}

export function fitSettings(table: string, options: FitOptions): FitTableSettings {
  const { positive, group, weight, test, memory } = options;
  return {
    table,
    label: options.label,
    drop: options.drop ?? [],
    category: options.category ?? [],
    learners: options.learner,
    changes: options.set ?? {},
    preparation: preparationOf(options),
    threshold: options.threshold,
    folds: options.folds,
    calibration: options.calibration,
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
function parseSetting(text: string, before: FitTableSettings['changes'] = {}): FitTableSettings['changes'] {
  const match = /^([\w-]+)\.(\w+)=(.+)$/s.exec(text);
  if (match === null) throw new InvalidArgumentError('Expected such as logistic-regression.C=1.');
  const [, learner, setting, value] = match;
  return { ...before, [learner]: { ...before[learner], [setting]: parseValue(value) } };
}

function parseValue(text: string): unknown {
  const isJson = /^(-?\d+(\.\d+)?([eE][-+]?\d+)?|true|false|null|\[.*\]|".*")$/s.test(text);
  return isJson ? JSON.parse(text) : text;
}

function parseThreshold(text: string): number | 'best-f1' {
  return text === 'best-f1' ? text : parseNumber(0, 1)(text);
}
