import { type LogField, longestForEngine } from '../engine.ts';
import { identifier, literal } from '../sql.ts';
import { closeReader } from './close-reader.ts';
import type { LineTemplate } from './line-template.ts';
import { backticked } from './spark-sql.ts';
import { templateReader } from './template-reader.ts';

/** SQL for some of the first lines of a relation with a column `line`, blank ones left out. */
export function sampleLines(lines: string): string {
  return `select make_valid_utf8(line) as line from (select line from ${lines} limit 2000)
    where octet_length(line) between 1 and 100000`;
}

/**
 * The relation of `Engine.lines` over one with the columns of `LineSources.relation`. Spark's JSON parser forgives a
 * key given twice and whatever follows the object, keeps lone surrogates, and gives a number or an object as text where
 * text is asked for: a line is plain only where none of these can be. That is cheap to see of a line that is written like one
 * of the templates; no other is plain here.
 */
export function templateLines(
  lines: string,
  fields: readonly LogField[],
  templates: readonly LineTemplate[],
): string {
  const { sure, template } = sureLines(lines, fields, templates);
  const values = fields.map((field) => `${template.fieldSql(field)} as ${identifier(field.name)}`);
  return `
    select file, line, bytes, broken, sure as plain,
      ${values.join(',\n      ')}
    from (${sure})`;
}

/**
 * The same, but lines that are like no template are looked at more closely: at a price, which is paid in compiling even where there are none.
 *
 * @param mark a text that no line can know of.
 */
export function closeLines(
  lines: string,
  fields: readonly LogField[],
  templates: readonly LineTemplate[],
  mark: string,
): string {
  const { sure, template, corrupt } = sureLines(lines, fields, templates);
  const close = closeReader(fields, 'line', 'read', mark);
  const values = fields.map((field) => {
    const value = `case when sure then ${template.fieldSql(field)} else ${close.fieldSql(field)} end`;
    return `${value} as ${identifier(field.name)}`;
  });
  return `
    select file, line, bytes, broken,
      case when sure then true else not broken and read.${backticked(corrupt)} is null and ${close.isPlain} end as plain,
      ${values.join(',\n      ')}
    from (select *, ${fromJson('case when not sure then line end', [...close.columns, corruptColumn(corrupt)], corrupt)} as read
      from (${sure}))`;
}

/**
 * SQL for the lines with what is read of them by the templates, as `written`, and whether that is all there is, as `sure`. Bytes that are no UTF-8
 * are read as other characters and so are not sure: of a sure line they need not be looked for.
 */
function sureLines(lines: string, fields: readonly LogField[], templates: readonly LineTemplate[]) {
  const keys = [
    ...fields.map(({ key }) => key),
    ...templates.flatMap(({ members }) => members.map(({ key }) => key)),
  ];
  const corrupt = unlike('__corrupt', keys);
  const template = templateReader(templates, fields, 'line', 'written');
  const columns = [...template.columns, corruptColumn(corrupt)];
  const sure = `
    select file, case when sure then line else nullif(make_valid_utf8(line), '') end as line, bytes,
      case when sure then false else coalesce(broken or not is_valid_utf8(line), false) end as broken, written, sure
    from (select *, coalesce(not broken and written.${backticked(corrupt)} is null and octet_length(line) <= ${longestForEngine}
          and ${template.isSure}, false) as sure
      from (select *, ${fromJson('line', columns, corrupt)} as written from ${lines}))`;
  return { sure, template, corrupt };
}

/** A name that none of the others is. */
function unlike(name: string, others: readonly string[]): string {
  return others.includes(name) ? unlike(`${name}_`, others) : name;
}

function corruptColumn(name: string): string {
  return `${backticked(name)} STRING`;
}

function fromJson(line: string, columns: readonly string[], corrupt: string): string {
  return `from_json(${line}, ${literal(columns.join(', '))}, map('mode', 'PERMISSIVE', 'columnNameOfCorruptRecord', '${corrupt}',
      'allowSingleQuotes', 'false', 'allowNonNumericNumbers', 'false'))`;
}
