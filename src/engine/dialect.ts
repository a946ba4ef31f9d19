/** SQL whose text differs between engines. Arguments and results are SQL expressions. */
export interface Dialect {
  /** Epoch milliseconds of an ISO 8601 text, null where it is none; UTC where it names no zone. */
  isoToMillis(text: string): string;
  /** UTC date `YYYY-MM-DD` of epoch milliseconds. */
  dateText(millis: string): string;
  /** A double rounded to a whole one, halves away from zero; infinite or no number where it is one of these. */
  round(value: string): string;
  /** Whether the text has a match of the regular expression (RE2 and Java syntax in common). */
  matches(text: string, pattern: string): string;
  /** Bytes of a text in UTF-8. */
  byteLength(text: string): string;
  /** The given quantiles (0…1) of a column, one expression each, interpolated linearly. */
  quantile(expression: string, share: number): string;
  /** A 64-bit hash of the expressions; equal values hash alike within one engine. */
  hash(expressions: readonly string[]): string;
  /** A record of named values, compared by the first in which two of them differ. */
  record(fields: readonly (readonly [name: string, value: string])[]): string;
  /** The rows of a query, those alike in the columns near each other where the engine then works faster with them; it promises no order. */
  clustered(select: string, columns: readonly string[]): string;
}
