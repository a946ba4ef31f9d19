import { type LogField, longestForEngine } from '../engine.ts';
import { identifier, literal } from '../sql.ts';
import { backticked } from './spark-sql.ts';

/** SQL for the commonest key lists of the first lines of a relation with a column `line`; none in which a key stands twice. */
export function sampleShapes(lines: string): string {
  return `select to_json(keys) as shape
    from (select json_object_keys(line) as keys from (select line from ${lines} limit 5000))
    where size(array_distinct(keys)) = size(keys) and size(keys) <= 200
    group by keys order by count(*) desc, shape limit 20`;
}

/**
 * The relation of `Engine.lines` over one with the columns `file`, `line`, `bytes` and `broken`. Spark's JSON parser forgives a
 * key given twice and whatever follows the object, keeps lone surrogates, and gives a number or an object as text where
 * text is asked for: a line is plain only where none of these can be.
 *
 * @param shapes known key lists, each without a key twice.
 * @param mark a text that no line can know of.
 */
export function lineRelation(
  lines: string,
  fields: readonly LogField[],
  shapes: readonly (readonly string[])[],
  mark: string,
): string {
  const types = new Map(fields.map((field) => [field.key, field]));
  const keys = [...new Set([...types.keys(), ...shapes.flat()])].filter((key) => key !== '');
  const columns = keys.map((key) => `${backticked(key)} ${isNumber(types.get(key)) ? 'DOUBLE' : 'STRING'}`);
  const corrupt = unlike('__corrupt', keys);
  const values = keys.map((key, j) => `r.${identifier(key)} as v${j}`);
  const placed = fields.map((field) => ({ field, j: keys.indexOf(field.key) }));
  const numbers = placed.filter(({ field }) => field.type === 'number');
  const texts = placed.filter(({ field }) => field.type !== 'number');
  const others = keys.flatMap((key, j) => (types.has(key) ? [] : [`v${j}`]));
  const known = shapes.filter((shape) => shape.every((key) => keys.includes(key)));
  const terms = [
    'not broken and parsed',
    `octet_length(line) <= ${longestForEngine}`,
    hasKeysOnce(known),
    endsWithTheObject(mark),
    isWellFormed,
    ...numbers.map(({ field, j }) => hasFiniteNumber(field, j)),
    ...texts.map(({ field, j }) => isTextForCertain(field, j)),
    ...(others.length === 0 ? [] : [haveNoOverflow(others)]),
  ];
  return `
    select file, line, bytes, broken, ${allOf(terms)} as plain,
      ${placed.map(({ field, j }) => `${field.type === 'number' ? numberOf(field, j) : `v${j}`} as ${identifier(field.name)}`).join(',\n      ')}
    from (select file, line, bytes, broken, keys, r.${identifier(corrupt)} is null and startswith(line, '{') as parsed, ${values.join(', ')}
      from (select *, json_object_keys(line) as keys,
          from_json(line, ${literal([...columns, `${backticked(corrupt)} STRING`].join(', '))}, map('mode', 'PERMISSIVE',
            'columnNameOfCorruptRecord', '${corrupt}', 'allowSingleQuotes', 'false', 'allowNonNumericNumbers', 'false')) as r
        from ${lines}))`;
}

/**
 * Whether all terms are true. A chain of AND becomes one method of Java, and none of more than 8,000 bytes of bytecode is ever
 * compiled; the arguments of LEAST become methods of their own.
 */
function allOf(terms: readonly string[]): string {
  return `least(${terms.map((term) => `coalesce(${term}, false)`).join(',\n      ')})`;
}

function isNumber(field: LogField | undefined): boolean {
  return field?.type === 'number' && !field.quoted;
}

/** A name that none of the others is. */
function unlike(name: string, others: readonly string[]): string {
  return others.includes(name) ? unlike(`${name}_`, others) : name;
}

function hasKeysOnce(shapes: readonly (readonly string[])[]): string {
  const known = shapes.map((shape) => `keys = array(${shape.map(literal).join(', ')})`);
  return `(${[...known, `(size(array_distinct(keys)) = size(keys) and ${hasNoOverflow})`].join(' or ')})`;
}

/** Only one brace closes, and ends the line; or the line is one value of an array that ends as it should. */
function endsWithTheObject(mark: string): string {
  return `case when octet_length(substring_index(line, '}', 1)) = octet_length(line) - 1 then endswith(line, '}')
    else json_array_length(concat('[', line, ',"${mark}"]')) = 2 end`;
}

const hasNoOverflow = "not (line rlike '[0-9][eE][+]?[0-9]{3}|[0-9]{100}')";

/** No half of a surrogate pair stands alone; a backslash that is itself escaped is not looked into. */
const isWellFormed = `(not contains(line, ${literal('\\u')}) or not (line rlike ${literal('\\\\u[dD][89a-fA-F]')})
  or (not contains(line, ${literal('\\\\')}) and not (regexp_replace(line,
    ${literal('\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}')}, '') rlike ${literal('\\\\u[dD][89a-fA-F]')})))`;

const largest = "double('1.7976931348623157E308')";
const writtenNumber = '^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?\\z';

/** The value as a double; null where it is none. */
function numberOf(field: LogField, j: number): string {
  if (!field.quoted) return `v${j}`;
  return `case when v${j} rlike ${literal(writtenNumber)} then try_cast(v${j} as double) end`;
}

function hasFiniteNumber(field: LogField, j: number): string {
  return `(v${j} is null or coalesce(abs(${numberOf(field, j)}) <= ${largest}, false))`;
}

/** Whether a text is a string of JSON, not the text of another value (Spark writes 1e400 as "Infinity", quotes and all); a number of up to 15 digits, and a text that looks like one, are the same id. */
function isTextForCertain(field: LogField, j: number): string {
  const v = `v${j}`;
  const isPlainId = field.type === 'id' ? ` or ${v} rlike ${literal('^[0-9]{1,15}\\z')}` : '';
  const ambiguous = `${v} in ('true', 'false', '"Infinity"', '"-Infinity"') or startswith(${v}, '{') or startswith(${v}, '[')
      or ${v} rlike ${literal('^-?[0-9][0-9.eE+-]*\\z')}`;
  return `(${v} is null or (${beginsAsWord(v)} and ${v} not in ('true', 'false'))${isPlainId} or not (${ambiguous}) or ${isText(field.key)})`;
}

/** Whether a text begins as no number, list, object or quote does: after ':' come letters. Asked first, since it is cheap. */
function beginsAsWord(v: string): string {
  return `${v} >= ':' and not startswith(${v}, '[') and not startswith(${v}, '{')`;
}

function isText(key: string): string {
  // A path knows no way to write this.
  if (key.includes('"')) return 'false';
  const path = literal(`$["${key}"]`);
  return `coalesce(schema_of_variant(try_variant_get(try_parse_json(line), ${path}, 'variant')) = 'STRING', false)`;
}

/** No number of a value that nobody asked for is beyond a double's range; Spark writes one that is as "Infinity". */
function haveNoOverflow(values: readonly string[]): string {
  const calm = values.map(
    (v) => `(${v} is null or (${beginsAsWord(v)}) or not (${v} rlike ${literal('^[-0-9"{\\[]')})
      or (octet_length(${v}) <= 15 and not contains(${v}, 'e') and not contains(${v}, 'E') and not contains(${v}, 'Inf')))`,
  );
  return `((${calm.join(' and ')}) or ${hasNoOverflow})`;
}
