import { type Command, Option } from 'commander';
import { defaultPreparation, encodings, imputations, scalings } from '../models/preparation/settings.ts';
import type { TablePreparation } from '../pipeline/tables/settings.ts';
import { parseNumber, wholeNumber } from './options.ts';

/** What the options of `withPreparationOptions` are parsed to. */
export interface PreparationOptions extends Omit<TablePreparation, 'maxCorrelation'> {
  readonly dropCorrelated?: number;
}

/** What is done to the columns of a table before a learner sees them. */
export function withPreparationOptions(command: Command): Command {
  const defaults = defaultPreparation;
  return command
    .addOption(
      new Option('--scale <way>', 'transformation of numbers').choices(scalings).default(defaults.scale),
    )
    .addOption(
      new Option('--impute <way>', 'what stands for missing numbers, with an indicator')
        .choices(imputations)
        .default(defaults.impute),
    )
    .addOption(
      new Option('--encode <way>', 'how categories become numbers')
        .choices(encodings)
        .default(defaults.encode),
    )
    .option(
      '--max-levels <n>',
      'levels beyond which --encode auto takes their rates',
      wholeNumber(2, 1000),
      defaults.maxLevels,
    )
    .option(
      '--smoothing <rows>',
      'rows of the overall rate in the rate of a level',
      parseNumber(0, 1e9),
      defaults.smoothing,
    )
    .option(
      '--drop-correlated <r>',
      'drop a column whose correlation with an earlier one is as strong as this',
      parseNumber(0.01, 1),
    );
}

export function preparationOf(options: PreparationOptions): TablePreparation {
  const { scale, impute, encode, maxLevels, smoothing, dropCorrelated = null } = options;
  return { scale, impute, encode, maxLevels, smoothing, maxCorrelation: dropCorrelated };
}
