import { NothingToLearnError } from '../../errors.ts';
import type { Examples } from '../matrix.ts';
import { type FittedInput, fitCategory } from './fit-category.ts';
import { fitNumber } from './fit-number.ts';
import { uniqueNames } from './names.ts';
import { levelsOf, type Preparation } from './preparation.ts';
import { redundantColumns } from './redundant-columns.ts';
import type { PreparationSettings } from './settings.ts';

/** A preparation, and the training rows as the learner shall see them. */
export interface FittedPreparation {
  readonly preparation: Preparation;
  /** As `prepare` gives them, save that no row sees its own label in the rate of its level (`orderedRates`). */
  readonly examples: Examples;
}

/** Fits on the training rows. @throws NothingToLearnError when no column is left. */
export function fitPreparation(
  examples: Examples,
  settings: PreparationSettings,
  seed: number,
): FittedPreparation {
  const { matrix } = examples;
  const dropped = redundantColumns(matrix, settings.maxCorrelation);
  const unused = new Set(dropped.map(({ name }) => name));
  const used = [...matrix.names.keys()].filter((j) => !unused.has(matrix.names[j]));
  if (used.length === 0) {
    const reasons = dropped.slice(0, 10).map(({ name, reason }) => `${JSON.stringify(name)} is ${reason}`);
    throw new NothingToLearnError(`No column tells the rows apart: ${reasons.join(', ')}.`, { dropped });
  }
  const fitted = used.map((j) => fitInput(examples, j, settings, seed));
  const inputs = fitted.map(({ input }) => input);
  const names = uniqueNames(fitted.flatMap(({ parts }) => parts.map(({ name }) => name)));
  const columns = fitted
    .flatMap(({ parts }, input) => parts.map(({ part }) => ({ input, ...part })))
    .map((column, k) => ({ name: names[k], ...column }));
  const preparation = { inputs, columns, dropped };
  const training = fitted.flatMap(({ parts }) => parts.map(({ training }) => training));
  return {
    preparation,
    examples: {
      ...examples,
      matrix: { rows: matrix.rows, names, columns: training, ...levelsOf(preparation) },
    },
  };
}

function fitInput(examples: Examples, j: number, settings: PreparationSettings, seed: number): FittedInput {
  const { names, columns, levels } = examples.matrix;
  const own = levels?.[j];
  if (own === undefined) return fitNumber(names[j], columns[j], settings);
  return fitCategory(names[j], { ...examples, codes: columns[j], levels: own }, settings, seed);
}
