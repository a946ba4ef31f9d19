import type { CsvLayout, LogField } from '../engine.ts';
import { jsonNumber, literal } from '../sql.ts';
import { numberedLines, withoutReturn } from './text-lines.ts';

/**
 * SQL for what `Engine.csvHeads` tells of files of text. A file in which a quotation may go on in the next line has one with an odd number of
 * quotation marks.
 */
export function csvHeadsSql(texts: string): string {
  return `
    select file, coalesce(make_valid_utf8(head.text), '') as header, coalesce(head.id - first.id + 1, 0) as line, bytes,
      has_open_quotes or coalesce(head.block <> first.block, false) as spans_lines
    from (select file, sum(octet_length(value) + 1) as bytes,
        min(struct(block, id)) as first,
        min(case when text <> '' then struct(block, id, text) end) as head,
        bool_or((octet_length(text) - octet_length(replace(text, '"', ''))) % 2 = 1) as has_open_quotes
      from (select file, block, id, value, ${withoutReturn} as text from ${texts}) group by file)`;
}

/**
 * SQL for the records of CSV (RFC 4180), none of which spans lines, as lines of `Engine.lines`; ingest makes the same of local files.
 */
export function csvLines(texts: string, { columns, headerLine, mark }: CsvLayout): string {
  const entries = columns.flatMap((field, j) =>
    field === null ? [] : [`${literal(field.key)}, ${value(`fields[${j}]`, field)}`],
  );
  const place = "'__line', line, '__offset', offset";
  return `
    select file, case when text = '' then null
        when fields is null then to_json(named_struct(${place}, '__text', make_valid_utf8(text)))
        else to_json(named_struct(${[place, ...entries].join(', ')})) end as line,
      cast(octet_length(value) + 1 as bigint) as bytes, broken
    from (select *, case when size(all_fields) = ${columns.length} then all_fields end as fields
      from (select *, case when broken then null
            when not contains(text, '"') then split(text, ',', -1)
            when text rlike ${literal(`^${oneField}(?:,${oneField})*+\\z`)} then
              transform(regexp_extract_all(concat(',', text), ${literal(`,(${oneField})`)}, 1), one -> ${unquoted('one')}) end as all_fields
        from (select *, not is_valid_utf8(text) as broken
          from (select file, value, line, offset + ${mark} as offset, ${withoutReturn} as text from (${numberedLines(texts)}))
          where line <> ${headerLine})))`;
}

/** Possessive, so that Java needs no stack for a long one. */
const oneField = '(?:"(?:[^"]++|"")*+"|[^",]*+)';

function unquoted(field: string): string {
  return `case when startswith(${field}, '"') then replace(substring(${field}, 2, char_length(${field}) - 2), '""', '"') else ${field} end`;
}

/** CSV has no null: an empty field is one, but for the user, where it means nobody. */
function value(text: string, { name, type }: LogField): string {
  const given = name === 'user' ? text : `nullif(${text}, '')`;
  if (type !== 'number') return given;
  const isNumber = `${text} rlike ${literal(`^${jsonNumber}\\z`)}
    and abs(try_cast(${text} as double)) <= double('${Number.MAX_VALUE}')`;
  return `case when ${isNumber} then cast(try_cast(${text} as double) as variant) else cast(${given} as variant) end`;
}
