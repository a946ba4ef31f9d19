import { InputError } from '../../errors.ts';
import { columnsFor, type Matrix } from '../matrix.ts';
import type { DroppedColumn } from './redundant-columns.ts';
import { applyScaling, type Scaling } from './scaling.ts';
import type { LevelRates } from './target-encoding.ts';

/** How a learner's columns are made from those of a table; fitted on training rows, and part of the model. */
export interface Preparation {
  /** The columns of the table that are used. */
  readonly inputs: readonly PreparationInput[];
  /** The columns that the learner sees. */
  readonly columns: readonly PreparedColumn[];
  /** The columns that are not used. */
  readonly dropped: readonly DroppedColumn[];
}

export interface PreparationInput {
  readonly name: string;
  /** What the codes of a category stand for; absent for a number. */
  readonly levels?: readonly string[] | undefined;
}

/** A column made of input `input`. */
export type PreparedColumn = { readonly name: string; readonly input: number } & Part;

export type Part =
  /** The number, transformed; a missing one is `fill` before that, or stays missing where `fill` is null. */
  | { readonly part: 'value'; readonly fill: number | null; readonly scaling: Scaling }
  /** 1 where the value is missing, else 0. */
  | { readonly part: 'missing' }
  /** 1 where the category is this level, else 0. */
  | { readonly part: 'level'; readonly level: number }
  /** The level's rate of label 1. */
  | ({ readonly part: 'rate' } & LevelRates)
  /** The level itself; one that training rows do not have is missing. */
  | { readonly part: 'code' };

/**
 * The columns that the learner's model takes, made from a table's, which are found by name.
 * @throws InputError naming a column that is absent, holds an infinite value, or holds categories where numbers are
 * expected or the other way round.
 */
export function prepare(preparation: Preparation, matrix: Matrix): Matrix {
  const { inputs, columns } = preparation;
  const names = inputs.map(({ name }) => name);
  const sources = columnsFor(names, matrix).map((column, k) => inTermsOf(inputs[k], column, matrix));
  return {
    rows: matrix.rows,
    names: columns.map(({ name }) => name),
    columns: columns.map((column) => preparedColumn(column, sources[column.input])),
    ...levelsOf(preparation),
  };
}

/** The levels of the prepared columns, where any has some. */
export function levelsOf({ inputs, columns }: Omit<Preparation, 'dropped'>): Pick<Matrix, 'levels'> {
  const levels = columns.map(({ part, input }) => (part === 'code' ? inputs[input].levels : undefined));
  return levels.some((one) => one !== undefined) ? { levels } : {};
}

/** The column of one part. @param source numbers, or codes of the input's levels, −1 for an unknown one. */
export function preparedColumn(part: Part, source: Float64Array): Float64Array {
  switch (part.part) {
    case 'value': {
      const { fill } = part;
      const filled = fill === null ? source : source.map((x) => (Number.isNaN(x) ? fill : x));
      return applyScaling(part.scaling, filled);
    }
    case 'missing':
      return source.map((x) => (Number.isNaN(x) ? 1 : 0));
    case 'level':
      return source.map((code) => (code === part.level ? 1 : 0));
    case 'rate':
      return source.map((code) => rateOf(part, code));
    case 'code':
      return source.map((code) => (code === UNKNOWN ? Number.NaN : code));
  }
}

/** The code of a level that is not among those of the training rows. */
export const UNKNOWN = -1;

/** Codes of levels `from` as codes of levels `to`. */
export function translateCodes(
  codes: Float64Array,
  from: readonly string[],
  to: readonly string[],
): Float64Array {
  const place = new Map(to.map((level, code) => [level, code]));
  const translation = from.map((level) => place.get(level) ?? UNKNOWN);
  return codes.map((code) => (Number.isNaN(code) ? code : translation[code]));
}

function rateOf({ rates, missing, overall }: LevelRates, code: number): number {
  if (Number.isNaN(code)) return missing;
  return code === UNKNOWN ? overall : rates[code];
}

function inTermsOf({ name, levels }: PreparationInput, column: Float64Array, matrix: Matrix): Float64Array {
  const own = matrix.levels?.[matrix.names.indexOf(name)];
  if (levels !== undefined && own !== undefined) return translateCodes(column, own, levels);
  if (levels === undefined && own === undefined) return column;
  const [found, expected] = levels === undefined ? ['categories', 'numbers'] : ['numbers', 'categories'];
  throw new InputError(
    `The column ${JSON.stringify(name)} holds ${found}; the model was trained on ${expected}.`,
    {
      column: name,
    },
  );
}
