import type { FittedInput } from './fit-category.ts';
import { fitScaling, presentOf, quantile } from './fit-scaling.ts';
import { type Part, preparedColumn } from './preparation.ts';
import type { PreparationSettings } from './settings.ts';

/** A column of numbers, transformed, and with imputation an indicator of what is missing. */
export function fitNumber(
  name: string,
  column: Float64Array,
  { scale, impute }: PreparationSettings,
): FittedInput {
  const present = presentOf(column);
  const isMissing = { part: 'missing' } as const;
  const fill = fillOf(present, impute);
  const varies = present.some((x) => x !== present[0]);
  const value = { part: 'value', fill, scaling: varies ? fitScaling(scale, column) : PLAIN } as const;
  const made = (part: Part, ofWhat: string) => ({
    ...{ name: ofWhat, part },
    training: preparedColumn(part, column),
  });
  const indicators =
    fill !== null && present.length < column.length ? [made(isMissing, `${name} is missing`)] : [];
  const values = varies || fill === null ? [made(value, name)] : [];
  return { input: { name }, parts: [...values, ...indicators] };
}

const PLAIN = { kind: 'none' } as const;

/** What stands for a missing value; the mean is summed in parts, so that it does not overflow. */
function fillOf(present: Float64Array, impute: PreparationSettings['impute']): number | null {
  switch (impute) {
    case 'none':
      return null;
    case 'zero':
      return 0;
    case 'mean':
      return present.reduce((sum, x) => sum + x / present.length, 0);
    case 'median':
      return quantile(present.slice().sort(), 0.5);
  }
}
