import { type LogField, longestForEngine } from '../engine.ts';
import { literal } from '../sql.ts';
import { isFiniteNumber, numberOfText } from './number-text.ts';
import { backticked } from './spark-sql.ts';

/** Reads any line, by what Spark's parser makes of it and what else it may hold. */
export interface CloseReader {
  /** Columns and types for `from_json`. */
  readonly columns: readonly string[];
  /** SQL that is true only for a line that is one object of JSON, its keys each once, and all fields of their types. */
  readonly isPlain: string;
  /** SQL for the value of a field. */
  fieldSql(field: LogField): string;
}

/**
 * @param line SQL for the line.
 * @param read SQL for what `from_json` made of it.
 * @param mark a text that no line can know of.
 */
export function closeReader(
  fields: readonly LogField[],
  line: string,
  read: string,
  mark: string,
): CloseReader {
  const keys = [...new Set(fields.map(({ key }) => key))].filter((key) => key !== '');
  const texts = new Set(fields.filter((field) => !isBareNumber(field)).map(({ key }) => key));
  const cell = ({ key }: LogField) => (key === '' ? 'cast(null as string)' : `${read}.${backticked(key)}`);
  const number = (field: LogField) => numberOf(field, cell(field), texts.has(field.key));
  const terms = [
    `startswith(${line}, '{')`,
    `octet_length(${line}) <= ${longestForEngine}`,
    hasKeysOnce(line),
    hasNoOverflow(line),
    endsWithTheObject(line, mark),
    isWellFormed(line),
    ...fields.map((field) =>
      field.type === 'number'
        ? hasFiniteNumber(cell(field), number(field))
        : isTextForCertain(field, cell(field), line),
    ),
  ];
  return {
    columns: keys.map((key) => `${backticked(key)} ${texts.has(key) ? 'STRING' : 'DOUBLE'}`),
    isPlain: allOf(terms),
    fieldSql: (field) => (field.type === 'number' ? number(field) : cell(field)),
  };
}

/**
 * Whether all terms are true. A chain of AND becomes one method of Java, and none of more than 8,000 bytes of bytecode is ever
 * compiled; the arguments of LEAST become methods of their own.
 */
function allOf(terms: readonly string[]): string {
  return `least(${terms.map((term) => `coalesce(${term}, false)`).join(',\n      ')})`;
}

function isBareNumber({ type, quoted }: LogField): boolean {
  return type === 'number' && !quoted;
}

function hasKeysOnce(line: string): string {
  return `size(array_distinct(json_object_keys(${line}))) = size(json_object_keys(${line}))`;
}

/** Only one brace closes, and ends the line; or the line is one value of an array that ends as it should. */
function endsWithTheObject(line: string, mark: string): string {
  return `case when octet_length(substring_index(${line}, '}', 1)) = octet_length(${line}) - 1 then endswith(${line}, '}')
    else json_array_length(concat('[', ${line}, ',"${mark}"]')) = 2 end`;
}

/** No number of a value that nobody asked for is beyond a double's range; Spark writes one that is as "Infinity". */
function hasNoOverflow(line: string): string {
  return `not (${line} rlike '[0-9][eE][+]?[0-9]{3}|[0-9]{100}')`;
}

/** No half of a surrogate pair stands alone; a backslash that is itself escaped is not looked into. */
function isWellFormed(line: string): string {
  const half = literal('\\\\u[dD][89a-fA-F]');
  const pair = literal('\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}');
  return `(not contains(${line}, ${literal('\\u')}) or not (${line} rlike ${half})
      or (not contains(${line}, ${literal('\\\\')}) and not (regexp_replace(${line}, ${pair}, '') rlike ${half})))`;
}

/** The value as a double; null where it is none. @param isText whether it was read as text. */
function numberOf(field: LogField, value: string, isText: boolean): string {
  if (field.quoted) return numberOfText(value);
  return isText ? 'cast(null as double)' : value;
}

function hasFiniteNumber(value: string, number: string): string {
  return `(${value} is null or ${isFiniteNumber(number)})`;
}

/** Whether a text is a string of JSON, not the text of another value (Spark writes 1e400 as "Infinity", quotes and all); a number of up to 15 digits, and a text that looks like one, are the same id. */
function isTextForCertain(field: LogField, value: string, line: string): string {
  const isPlainId = field.type === 'id' ? ` or ${value} rlike ${literal('^[0-9]{1,15}\\z')}` : '';
  const ambiguous = `${value} in ('true', 'false', '"Infinity"', '"-Infinity"') or startswith(${value}, '{') or startswith(${value}, '[')
      or ${value} rlike ${literal('^-?[0-9][0-9.eE+-]*\\z')}`;
  return `(${value} is null or ${beginsAsWord(value)}${isPlainId} or not (${ambiguous}) or ${isText(field.key, line)})`;
}

/** Whether a text begins as no number, list, object or quote does: after ':' come letters. Asked first, since it is cheap. */
function beginsAsWord(value: string): string {
  return `(${value} >= ':' and not startswith(${value}, '[') and not startswith(${value}, '{') and ${value} not in ('true', 'false'))`;
}

function isText(key: string, line: string): string {
  // A path knows no way to write this.
  if (key.includes('"')) return 'false';
  const path = literal(`$["${key}"]`);
  return `coalesce(schema_of_variant(try_variant_get(try_parse_json(${line}), ${path}, 'variant')) = 'STRING', false)`;
}
