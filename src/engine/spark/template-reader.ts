import type { LogField } from '../engine.ts';
import { literal } from '../sql.ts';
import { type LineTemplate, type TemplateMember, typeOf, type ValueType } from './line-template.ts';
import { isFiniteNumber, numberOfText } from './number-text.ts';
import { backticked } from './spark-sql.ts';

/** Reads lines that are written as one of some templates. */
export interface TemplateReader {
  /** Columns and types for `from_json`. */
  readonly columns: readonly string[];
  /** SQL that is true only for a line that is one object of JSON, with the keys of a template, each once, and all fields of their types. */
  readonly isSure: string;
  /** SQL for the value of a field; null where no template has its key. */
  fieldSql(field: LogField): string;
}

/**
 * A line is sure when the values that were read from it, put into the template, give the same text: then nothing else can
 * be in it, whatever the parser forgives.
 *
 * @param line SQL for the line.
 * @param read SQL for what `from_json` made of it.
 */
export function templateReader(
  templates: readonly LineTemplate[],
  fields: readonly LogField[],
  line: string,
  read: string,
): TemplateReader {
  const fitting = templates.filter(({ members }) => members.every((member) => fits(member, fields)));
  const types = typesOf(fitting);
  const cell = (key: string) => `${read}.${backticked(key)}`;
  const texts = fitting.map(({ members, end }) => {
    const pieces = members.flatMap((member) => piecesOf(member, types, cell));
    return `coalesce(${line} = concat(${[...pieces, literal(end)].join(', ')}), false)`;
  });
  const fieldSql = (field: LogField) => valueSql(field, cell(field.key), types.get(field.key));
  const areGood = fields.flatMap((field) => {
    const isGood = goodValue(field, cell(field.key), types.get(field.key));
    return isGood === undefined ? [] : [`(${cell(field.key)} is null or ${isGood})`];
  });
  return {
    columns: [...types].map(([key, type]) => `${backticked(key)} ${type}`),
    isSure: texts.length === 0 ? 'false' : [`(${texts.join('\n      or ')})`, ...areGood].join(' and '),
    fieldSql,
  };
}

function valueSql({ type }: LogField, cell: string, written: SqlType | undefined): string {
  if (written === undefined) return `cast(null as ${type === 'number' ? 'double' : 'string'})`;
  if (type === 'number') return written === 'STRING' ? numberOfText(cell) : `cast(${cell} as double)`;
  return `cast(${cell} as string)`;
}

/** SQL that is true where a value that may be none of its field's is one; undefined where each is. */
function goodValue({ type }: LogField, cell: string, written: SqlType | undefined): string | undefined {
  if (type === 'number' && written === 'STRING') return isFiniteNumber(numberOfText(cell));
  if (type === 'id' && written === 'BIGINT') return `${cell} between 0 and ${largestId}`;
  return undefined;
}

/** Of fifteen digits: what ids beyond it are, the judge says. */
const largestId = 999_999_999_999_999;

/** Whether each field with this key can be read from it as it is written. */
function fits({ key, kind }: TemplateMember, fields: readonly LogField[]): boolean {
  const written = typeOf(kind);
  return fields
    .filter((field) => field.key === key)
    .every(({ type, quoted = false }) => {
      if (written === undefined) return true;
      if (type === 'number') return written === 'number' || (quoted && written === 'text');
      return written === 'text' || (type === 'id' && kind === 'whole');
    });
}

type SqlType = 'STRING' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN';

function typesOf(templates: readonly LineTemplate[]): Map<string, SqlType> {
  const types = new Map<string, SqlType>();
  for (const { key, kind } of templates.flatMap(({ members }) => members)) {
    const written = typeOf(kind);
    if (written === undefined) continue;
    if (written !== 'number') types.set(key, plainTypes[written]);
    else if (types.get(key) !== 'DOUBLE') types.set(key, kind === 'whole' ? 'BIGINT' : 'DOUBLE');
  }
  return types;
}

const plainTypes: Readonly<Record<Exclude<ValueType, 'number'>, SqlType>> = {
  text: 'STRING',
  boolean: 'BOOLEAN',
};

/**
 * SQL for the pieces of a member as it is written in JSON; other ones where that is not certain. None is null, and none is put together before the
 * line is: every byte of it is copied once.
 */
function piecesOf(
  { key, before, kind, optional = false }: TemplateMember,
  types: ReadonlyMap<string, SqlType>,
  cell: (key: string) => string,
): string[] {
  const none = `${before}null`;
  if (kind === 'null') return [literal(none)];
  const value = cell(key);
  const unlessNull = (otherwise: string, text: string) =>
    `if(${value} is null, ${literal(otherwise)}, ${literal(text)})`;
  const quote = kind === 'text' ? '"' : '';
  return [
    unlessNull(optional ? '' : none, `${before}${quote}`),
    `coalesce(${written(value, kind, types.get(key))}, '')`,
    ...(kind === 'text' ? [unlessNull('', quote)] : []),
  ];
}

function written(value: string, kind: TemplateMember['kind'], type: SqlType | undefined): string {
  if (kind === 'text') return escaped(value);
  if (type !== 'DOUBLE') return `cast(${value} as string)`;
  const whole = `cast(try_cast(${value} as bigint) as string)`;
  const isWhole = `${value} % 1 = 0 and abs(${value}) <= ${Number.MAX_SAFE_INTEGER}`;
  if (kind === 'whole') return `case when ${isWhole} then ${whole} end`;
  // From here on Java writes a power of ten.
  return `case when abs(${value}) >= 1e7 and ${isWhole} then concat(${whole}, '.0') else cast(${value} as string) end`;
}

/** Spark looks for a byte six times as fast as it replaces it, and most texts have none of these. */
function escaped(value: string): string {
  const replaced = `replace(replace(${value}, ${literal('\\')}, ${literal('\\\\')}), '"', ${literal('\\"')})`;
  return `case when contains(${value}, '"') or contains(${value}, ${literal('\\')}) then ${replaced} else ${value} end`;
}
