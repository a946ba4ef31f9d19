import { type LogField, longestForEngine } from '../engine.ts';
import { identifier, jsonNumber, literal } from '../sql.ts';

/** Where lines come from: files of text, and queries that give `file` and `line`. */
export interface LineSources {
  readonly texts: readonly string[];
  readonly rows: readonly string[];
}

/** All lines of the sources, with their `file`; what cannot be read as text goes to the table `rejects`. */
export function linesOf({ texts, rows }: LineSources, rejects: string): string {
  const parts = texts.length === 0 ? rows : [`select file, line from ${linesTable(texts, rejects)}`, ...rows];
  return `(${parts.join(' union all ')})`;
}

/** Lines as text: one column, split at newlines alone. chr(1) may not stand in JSON, so it never splits a good line. */
function linesTable(paths: readonly string[], rejects: string): string {
  const list = paths.map(literal).join(', ');
  return `read_csv([${list}], columns = {'line': 'VARCHAR'}, delim = chr(1), quote = '', escape = '', comment = '',
    header = false, auto_detect = false, filename = 'file', hive_partitioning = false, max_line_size = ${longestForEngine}, buffer_size = ${2 * longestForEngine},
    store_rejects = true, rejects_table = '${rejects}', rejects_scan = '${rejects}_scan', rejects_limit = 0)`;
}

/** SQL for the key lists of the log's first lines in which no key stands twice, and a hash of each. */
export function sampleShapes(lines: string): string {
  return `select distinct keys, hash(keys) as shape
    from (select try(json_keys(line)) as keys from (select line from ${lines} limit 5000))
    where len(list_distinct(keys)) = len(keys) and len(keys) <= 200`;
}

export interface Shape {
  readonly keys: readonly string[];
  readonly hash: string;
}

/**
 * The relation of `Engine.lines`. DuckDB's JSON parser forgives trailing commas, NaN, Infinity and a key given twice, and
 * gives a number or an object as text where text is asked for. So a line is plain only when its key list is a known one,
 * its other values are scalars and nothing but the closing brace ends it, or it passes a slower check; and when no value
 * could be of another type than it seems.
 */
export function lineRelation(lines: string, fields: readonly LogField[], shapes: readonly Shape[]): string {
  const fieldKeys = new Set(fields.map(({ key }) => key));
  const texts = new Set(fields.filter(({ type }) => type !== 'number').map(({ key }) => key));
  const clear = shapes.filter((shape) => hasClearNames([...fieldKeys, ...shape.keys]));
  const keys = distinctNames([...fieldKeys, ...clear.flatMap((shape) => shape.keys)]);
  // Numbers and undeclared values are taken as they are written, so that quotes can be seen; text without its quotes.
  const structure = keys.map((key) => `${JSON.stringify(key)}:"${texts.has(key) ? 'VARCHAR' : 'JSON'}"`);
  const values = keys.map((key, j) => `r.${identifier(key)}::varchar as v${j}`);
  const placed = fields.map((field) => ({ field, j: keys.indexOf(field.key) }));
  const numbers = placed
    .filter(({ field }) => field.type === 'number')
    .map(({ field, j }) => numberOf(field, j, texts.has(field.key)));
  const numbersAreFinite = placed
    .filter(({ field }) => field.type === 'number')
    .map(({ j }) => `(v${j} is null or coalesce(isfinite(d${j}), false))`);
  const placedTexts = placed.filter(({ field }) => field.type !== 'number');
  const firsts = placedTexts.map(({ j }) => `ascii(v${j}) as c${j}`);
  const others = keys.flatMap((key, j) => (fieldKeys.has(key) ? [] : [isScalar(j)]));
  const known = clear
    .filter((shape) => shape.keys.every((key) => keys.includes(key)))
    .map(({ hash }) => `${hash}::ubigint`);
  return `
    select file, line, cast(coalesce(strlen(line), 0) as bigint) as bytes, false as broken,
      coalesce(parsed and case when hash(keys) in (${['null', ...known].join(', ')}) then ${conjunction([...others, endsPlainly])}
        else ${isStrictJson} end and ${conjunction(numbersAreFinite)}
        and case when ${placedTexts.map(({ field, j }) => isAmbiguous(field, j)).join(' or ')} then ${conjunction(placedTexts.map(({ field, j }) => `(v${j} is null or not (${isAmbiguous(field, j)}) or ${isText(field)})`))} else true end, false) as plain,
      ${placed.map(({ field, j }) => `${field.type === 'number' ? 'd' : 'v'}${j} as ${identifier(field.name)}`).join(',\n      ')}
    from (select *, ${['case when parsed then json_keys(line) end as keys', ...new Set([...numbers, ...firsts])].join(', ')}
      from (select file, line, r is not null as parsed, ${values.join(', ')}
        from (select file, line, try(json_transform(line, ${literal(`{${structure.join(',')}}`)})) as r from ${lines})))`;
}

/** DuckDB's fields have names, whose case does not count. */
function hasClearNames(keys: readonly string[]): boolean {
  return !keys.includes('') && distinctNames(keys).length === new Set(keys).size;
}

/** The first of the keys that differ in case alone. */
function distinctNames(keys: readonly string[]): string[] {
  const byName = new Map<string, string>();
  for (const key of keys) if (!byName.has(key.toLowerCase())) byName.set(key.toLowerCase(), key);
  return [...byName.values()];
}

const quote = 34;
const minus = 45;
const digits = 'between 48 and 57';
const endsPlainly = `(ends_with(line, '}') and not (ends_with(line, ',}') or ends_with(line, ' }') or ends_with(line, chr(9) || '}')))`;

const isStrictJson = `(len(list_distinct(keys)) = len(keys)
  and not regexp_matches(line, ',\\s*[}\\]]|[:,\\[]\\s*-?(?:[nN][aA][nN]|[iI][nN][fF])|[0-9][eE][+]?[0-9]{3}|[0-9]{100}'))`;

function conjunction(terms: readonly string[]): string {
  return terms.length === 0 ? 'true' : terms.join(' and ');
}

/** A string, true, false, or a number that is finite for certain. */
function isScalar(j: number): string {
  return `(v${j} is null or ascii(v${j}) in (${quote}, 116, 102) or (ascii(v${j}) ${digits}
    and strlen(v${j}) <= 15 and not contains(v${j}, 'e') and not contains(v${j}, 'E')))`;
}

/**
 * The value as a double in `d<j>`; null where it is none, not finite where it is written as NaN or Infinity.
 * @param isText whether the value is a text too, and so without its quotes.
 */
function numberOf(field: LogField, j: number, isText: boolean): string {
  if (isText) {
    return field.quoted
      ? `case when regexp_full_match(v${j}, '${jsonNumber}') then try_cast(v${j} as double) end as d${j}`
      : `cast(null as double) as d${j}`;
  }
  if (!field.quoted) return `try_cast(v${j} as double) as d${j}`;
  const quoted = `ascii(v${j}) = ${quote} and regexp_full_match(v${j}, '"${jsonNumber}"')`;
  return `try_cast(case when ${quoted} then v${j}[2:-2] else v${j} end as double) as d${j}`;
}

/** Whether a text may stand for a value that was written without quotes; `c<j>` is its first character. */
function isAmbiguous(field: LogField, j: number): string {
  const words = `(c${j} = 116 and strlen(v${j}) = 4) or (c${j} = 102 and strlen(v${j}) = 5)
    or (c${j} in (78, 110) and strlen(v${j}) = 3) or (c${j} in (73, 105) and strlen(v${j}) in (3, 8))`;
  // A number of up to 15 digits, and a text that looks like one, are the same id.
  const isNoPlainId = `(strlen(v${j}) > 15 or contains(v${j}, '.') or contains(v${j}, 'e') or contains(v${j}, 'E'))`;
  const number = field.type === 'id' ? `(c${j} ${digits} and ${isNoPlainId})` : `c${j} ${digits}`;
  return `c${j} in (${minus}, 91, 123) or ${number} or ${words}`;
}

function isText(field: LogField): string {
  return `coalesce(json_type(line, ${pointer(field.key)}) in ('VARCHAR', 'NULL'), true)`;
}

/** JSON pointer (RFC 6901), which takes any key. */
function pointer(key: string): string {
  return literal(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}
