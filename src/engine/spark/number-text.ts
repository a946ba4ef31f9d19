import { literal } from '../sql.ts';

const writtenNumber = '^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?\\z';

/** SQL for a text as a double; null where it is no number as JSON writes them. */
export function numberOfText(text: string): string {
  return `case when ${text} rlike ${literal(writtenNumber)} then try_cast(${text} as double) end`;
}

/** SQL that is true for a double that is a number, and false for null. */
export function isFiniteNumber(value: string): string {
  return `coalesce(abs(${value}) <= double('${Number.MAX_VALUE}'), false)`;
}
