import type { LogField } from '../engine.ts';
import { identifier, literal } from '../sql.ts';

/** Longer lines are left to the slow path; DuckDB holds two of them in memory for each thread. */
const maxLineBytes = 16_000_000;

/** Lines as text: one column, split at newlines alone. chr(1) may not stand in JSON, so it never splits a good line. */
export function linesTable(paths: readonly string[], rejects: string): string {
  const list = paths.map(literal).join(', ');
  return `read_csv([${list}], columns = {'line': 'VARCHAR'}, delim = chr(1), quote = '', escape = '', comment = '',
    header = false, auto_detect = false, filename = 'file', max_line_size = ${maxLineBytes},
    store_rejects = true, rejects_table = '${rejects}', rejects_scan = '${rejects}_scan', rejects_limit = 0)`;
}

/** The key lists of the log's first lines that have no key twice. */
export function sampleShapes(lines: string): string {
  return `select distinct keys, hash(keys) as shape
    from (select try(json_keys(line)) as keys from (select line from ${lines} limit 20000))
    where keys is not null and len(list_distinct(keys)) = len(keys) and len(keys) <= 200`;
}

/**
 * The relation of `Engine.lines`. DuckDB's JSON parser forgives trailing commas, NaN, Infinity and a key given twice, so
 * a line is plain only when its key list is a known one, every value is a scalar that begins as JSON's do, and
 * nothing but the closing brace ends it; a line with another key list pays for a slower check.
 */
export function lineRelation(
  lines: string,
  fields: readonly LogField[],
  shapes: readonly { readonly keys: readonly string[]; readonly shape: bigint }[],
): string {
  const declared = new Set(fields.map((field) => field.key));
  const others = [...new Set(shapes.flatMap((shape) => shape.keys))].filter((key) => !declared.has(key));
  const keys = [...declared, ...others];
  const structure = `{${keys.map((key) => `${JSON.stringify(key)}:"JSON"`).join(',')}}`;
  // By position: by name, DuckDB takes "TS" for "ts" and cannot ask for "".
  const values = keys.map((_, j) => `struct_extract_at(r, ${j + 1})::varchar as v${j}`);
  const starts = keys.map((_, j) => `ascii(v${j}) as c${j}`);
  const placed = fields.map((field) => ({ field, j: keys.indexOf(field.key) }));
  const numeric = placed.filter(({ field }) => field.type !== 'text');
  const numbers = [...new Set(numeric.map(({ field, j }) => numberOf(field, j)))];
  const shapeList = shapes.length > 0 ? shapes.map((shape) => `${shape.shape}::ubigint`).join(', ') : 'null';
  const scalars = others.map((_, j) => startsAsScalar(declared.size + j));
  return `
    select file, line,
      coalesce(parsed and case when shape in (${shapeList}) then ${conjunction([...scalars, endsPlainly])}
        else ${strictJson} end and ${conjunction(placed.map(({ field, j }) => hasType(field, j)))}, false) as plain,
      ${placed.map(({ field, j }) => `${decode(field, j)} as ${identifier(field.name)}`).join(',\n      ')}
    from (select *, ${numbers.join(', ')}
      from (select *, ${starts.join(', ')}
        from (select file, line, shape, r is not null as parsed, ${values.join(', ')}
          from (select file, line, try(hash(json_keys(line))) as shape,
              try(json_transform(line, ${literal(structure)})) as r from ${lines}))))`;
}

const quote = 34;
const minus = 45;
const endsPlainly = `(ends_with(line, '}') and not (ends_with(line, ',}') or ends_with(line, ' }') or ends_with(line, chr(9) || '}')))`;

const strictJson = `(try(len(list_distinct(json_keys(line))) = len(json_keys(line)))
  and not regexp_matches(line, ',\\s*[}\\]]|[:,\\[]\\s*-?(?:[nN][aA][nN]|[iI][nN][fF])'))`;

function conjunction(terms: readonly string[]): string {
  return terms.length === 0 ? 'true' : terms.join(' and ');
}

/** A string, a number that a double holds, true, false or null. */
function startsAsScalar(j: number): string {
  return `case when v${j} is null or c${j} in (${quote}, 116, 102) then true
    when ${startsAsNumber(j)} then coalesce(isfinite(try_cast(v${j} as double)), false) else false end`;
}

function startsAsNumber(j: number): string {
  return `(c${j} between 48 and 57 or c${j} = ${minus})`;
}

/** The value as a double in `d<j>`; null where it is none. */
function numberOf(field: LogField, j: number): string {
  const plain = `when ${startsAsNumber(j)} then try_cast(v${j} as double)`;
  if (!field.quoted) return `case ${plain} end as d${j}`;
  const quoted = `c${j} = ${quote} and regexp_matches(v${j}, '^"-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?"$')`;
  return `case ${plain} when ${quoted} then try_cast(v${j}[2:-2] as double) end as d${j}`;
}

function hasType(field: LogField, j: number): string {
  switch (field.type) {
    case 'text':
      return `(v${j} is null or c${j} = ${quote})`;
    case 'number':
      return `(v${j} is null or isfinite(d${j}))`;
    case 'id':
      return `(v${j} is null or c${j} = ${quote} or ${isWhole(j)})`;
  }
}

function isWhole(j: number): string {
  return `(floor(d${j}) = d${j} and abs(d${j}) <= ${Number.MAX_SAFE_INTEGER})`;
}

function decode(field: LogField, j: number): string {
  const text = `case when contains(v${j}, '\\') then json_extract_string(v${j}, '$') else v${j}[2:-2] end`;
  switch (field.type) {
    case 'text':
      return `case when c${j} = ${quote} then ${text} end`;
    case 'number':
      return `d${j}`;
    case 'id':
      return `case when c${j} = ${quote} then ${text} when ${isWhole(j)} then try_cast(d${j} as bigint)::varchar end`;
  }
}
