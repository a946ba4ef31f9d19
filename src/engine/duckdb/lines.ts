import type { LogField } from '../engine.ts';
import { identifier, literal } from '../sql.ts';

/** Longer lines are left to the slow path; DuckDB holds two of them in memory for each thread. */
const maxLineBytes = 16_000_000;

/** Lines as text: one column, split at newlines alone. chr(1) may not stand in JSON, so it never splits a good line. */
export function linesTable(paths: readonly string[], rejects: string): string {
  const list = paths.map(literal).join(', ');
  return `read_csv([${list}], columns = {'line': 'VARCHAR'}, delim = chr(1), quote = '', escape = '', comment = '',
    header = false, auto_detect = false, filename = 'file', max_line_size = ${maxLineBytes}, buffer_size = ${2 * maxLineBytes},
    store_rejects = true, rejects_table = '${rejects}', rejects_scan = '${rejects}_scan', rejects_limit = 0)`;
}

/** SQL for the keys that the log's first lines have. */
export function sampleKeys(lines: string): string {
  return `select distinct unnest(try(json_keys(line))) as key from (select line from ${lines} limit ${sampleLines}) order by key limit 1000`;
}

/** SQL for the signatures (keys and JSON types of a line, hashed) among the log's first lines that cannot hide a fault. */
export function sampleSignatures(
  lines: string,
  fields: readonly LogField[],
  keys: readonly string[],
): string {
  const all = allKeys(fields, keys);
  return `select distinct ${signature} as signature
    from (select ${keysAndTypes(all)} from (select line from ${lines} limit ${sampleLines}))
    where len(list_distinct(keys)) = len(keys) and ${typesFit(fields, all)} and ${othersArePlain(fields, all)}`;
}

/**
 * The relation of `Engine.lines`. DuckDB's JSON parser forgives trailing commas, NaN, Infinity and a key given twice, so
 * a line is plain only when its signature is a known one and nothing but the closing brace ends it, or it passes a slower
 * check; and when every number is finite.
 */
export function lineRelation(
  lines: string,
  fields: readonly LogField[],
  keys: readonly string[],
  signatures: readonly string[],
): string {
  const all = allKeys(fields, keys);
  const structure = `{${[...typeOfKey(fields)].map(([key, type]) => `${JSON.stringify(key)}:"${type}"`).join(',')}}`;
  const known = signatures.length > 0 ? signatures.map((hash) => `${hash}::ubigint`).join(', ') : 'null';
  const numbers = fields.filter((field) => field.type !== 'text').map((field) => isGoodNumber(field, all));
  return `
    select file, line,
      coalesce(r is not null and case when ${signature} in (${known}) then ${endsPlainly}
        else ${typesFit(fields, all)} and ${isStrictJson} end and ${conjunction(numbers)}, false) as plain,
      ${fields.map((field) => `${decoded(field)} as ${identifier(field.name)}`).join(',\n      ')}
    from (select file, line, ${keysAndTypes(all)}, try(json_transform(line, ${literal(structure)})) as r from ${lines})`;
}

const sampleLines = 5000;
const signature = 'hash(keys, types)';

/** Declared keys first, in the order of the fields. */
function allKeys(fields: readonly LogField[], keys: readonly string[]): string[] {
  return [...new Set([...fields.map((field) => field.key), ...keys])];
}

function keysAndTypes(all: readonly string[]): string {
  const pointers = all.map((key) => literal(`/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`));
  return `try(json_keys(line)) as keys, try(json_type(line, [${pointers.join(', ')}])) as types`;
}

const whole = ['UBIGINT', 'BIGINT'];

/** JSON types, as DuckDB names them, of a field's values that the fast path takes; null and absent aside. */
function fastTypes(field: LogField): string[] {
  switch (field.type) {
    case 'text':
      return ['VARCHAR'];
    case 'id':
      return ['VARCHAR', ...whole];
    case 'number':
      return field.quoted ? [...whole, 'DOUBLE', 'VARCHAR'] : [...whole, 'DOUBLE'];
  }
}

function typesFit(fields: readonly LogField[], all: readonly string[]): string {
  return conjunction(fields.map((field) => typeIsOneOf(all.indexOf(field.key), fastTypes(field))));
}

/** Undeclared values are of kinds that cannot hide NaN, a trailing comma or a key given twice. */
function othersArePlain(fields: readonly LogField[], all: readonly string[]): string {
  const declared = new Set(fields.map((field) => field.key));
  const terms = all.flatMap((key, j) =>
    declared.has(key) ? [] : [typeIsOneOf(j, ['VARCHAR', 'BOOLEAN', ...whole])],
  );
  return `${conjunction(terms)} and list_has_all([${all.map(literal).join(', ')}], keys)`;
}

function typeIsOneOf(j: number, types: readonly string[]): string {
  const list = ['NULL', ...types].map((type) => `'${type}'`).join(', ');
  return `coalesce(types[${j + 1}] in (${list}), true)`;
}

const endsPlainly = `(ends_with(line, '}') and not (ends_with(line, ',}') or ends_with(line, ' }') or ends_with(line, chr(9) || '}')))`;

const isStrictJson = `len(list_distinct(keys)) = len(keys)
  and not regexp_matches(line, ',\\s*[}\\]]|[:,\\[]\\s*-?(?:[nN][aA][nN]|[iI][nN][fF])|[0-9][eE][+]?[0-9]{3}|[0-9]{100}')`;

/** A quoted number is taken as text here, so that its form can be seen. */
function typeOfKey(fields: readonly LogField[]): Map<string, string> {
  return new Map(
    fields.map((field) => [field.key, field.type === 'number' && !field.quoted ? 'DOUBLE' : 'VARCHAR']),
  );
}

function decoded(field: LogField): string {
  const value = `r.${identifier(field.key)}`;
  return field.type === 'number' && field.quoted ? `try_cast(${value} as double)` : value;
}

/** A whole number of up to 15 digits is safe as a double. */
function isGoodNumber(field: LogField, all: readonly string[]): string {
  const value = `r.${identifier(field.key)}`;
  if (field.type === 'id') {
    const type = `types[${all.indexOf(field.key) + 1}]`;
    return `coalesce(strlen(${value}) <= 15 or ${type} = 'VARCHAR', true)`;
  }
  const finite = `coalesce(isfinite(${decoded(field)}), ${value} is null)`;
  if (!field.quoted) return finite;
  return `(${finite} and coalesce(regexp_matches(${value}, '^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?$'), true))`;
}

function conjunction(terms: readonly string[]): string {
  return terms.length === 0 ? 'true' : terms.join(' and ');
}
