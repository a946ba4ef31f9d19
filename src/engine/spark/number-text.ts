import { jsonNumber, literal } from '../sql.ts';

/** SQL for a text as a double; null where it is no number as JSON writes them. */
export function numberOfText(text: string): string {
  return `case when ${text} rlike ${literal(`^${jsonNumber}\\z`)} then try_cast(${text} as double) end`;
}

/** SQL that is true for a double that is a number, and false for null. */
export function isFiniteNumber(value: string): string {
  return `coalesce(abs(${value}) <= double('${Number.MAX_VALUE}'), false)`;
}
