import { InputError } from '../../errors.ts';
import { columnsFor, type Matrix } from '../matrix.ts';

/** What trees see of a row. */
export interface TreeInputs {
  readonly features: readonly string[];
  /** By feature: the levels of a category, whose codes are places in the list; null for a number. Absent without categories. */
  readonly levels?: readonly (readonly string[] | null)[] | undefined;
}

/** The inputs of trees that are grown on a matrix. */
export function treeInputs({ names, levels }: Matrix): TreeInputs {
  if (!levels?.some((one) => one)) return { features: names };
  return { features: names, levels: levels.map((one) => one ?? null) };
}

/**
 * The columns of a matrix that trees test, in their order, categories in their codes. A level that they do not know is
 * missing.
 * @throws InputError naming a column that is absent, holds an infinite value, or is a category where trees expect a
 * number or the other way round.
 */
export function inputsOf({ features, levels = [] }: TreeInputs, matrix: Matrix): Float64Array[] {
  return columnsFor(features, matrix).map((column, f) => {
    const own = matrix.levels?.[matrix.names.indexOf(features[f])];
    const known = levels[f] ?? undefined;
    if (known === own) return column;
    if (known && own) return recode(column, own, known);
    throw new InputError(
      `The feature "${features[f]}" is ${own ? 'a category' : 'a number'}; the model was trained on ` +
        `${own ? 'numbers' : 'a category'}.`,
      { feature: features[f] },
    );
  });
}

function recode(column: Float64Array, from: readonly string[], to: readonly string[]): Float64Array {
  const places = new Map(to.map((level, code) => [level, code]));
  const codes = from.map((level) => places.get(level) ?? Number.NaN);
  return column.map((code) => codes[code] ?? Number.NaN);
}
