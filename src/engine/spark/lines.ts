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
  const { written, template, isSure } = readByTemplates(lines, fields, templates);
  const values = fields.map((field) => `${template.fieldSql(field)} as ${identifier(field.name)}`);
  return `
    select file, ${validText} as line, bytes, ${isBroken} as broken, ${isSure} as plain,
      ${values.join(',\n      ')}
    from (${written})`;
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
  const { written, template, isSure } = readByTemplates(lines, fields, templates);
  const corrupt = unlike(
    '__corrupt',
    fields.map(({ key }) => key),
  );
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
      from (select file, case when sure then line else ${validText} end as line, bytes,
          case when sure then false else ${isBroken} end as broken, written, sure
        from (select *, ${isSure} as sure from (${written}))))`;
}

/** SQL for the lines with what is read of them by the templates, as `written`; and, over that, whether it is all there is. */
function readByTemplates(lines: string, fields: readonly LogField[], templates: readonly LineTemplate[]) {
  const template = templateReader(templates, fields, 'line', 'written');
  const read = template.columns.length === 0 ? 'null' : fromJson('line', template.columns);
  const written = `select *, ${read} as written from ${lines}`;
  const isSure = `coalesce(not broken and octet_length(line) <= ${longestForEngine} and ${template.isSure}, false)`;
  return { written, template, isSure };
}

const validText = `nullif(make_valid_utf8(line), '')`;
/** Bytes that are no UTF-8 are read as other characters and so are not sure: of a sure line they need not be looked for. */
const isBroken = 'coalesce(broken or not is_valid_utf8(line), false)';

/** A name that none of the others is. */
function unlike(name: string, others: readonly string[]): string {
  return others.includes(name) ? unlike(`${name}_`, others) : name;
}

function corruptColumn(name: string): string {
  return `${backticked(name)} STRING`;
}

function fromJson(line: string, columns: readonly string[], corrupt?: string): string {
  const options = ['mode', 'PERMISSIVE', 'allowSingleQuotes', 'false', 'allowNonNumericNumbers', 'false'];
  if (corrupt !== undefined) options.push('columnNameOfCorruptRecord', corrupt);
  return `from_json(${line}, ${literal(columns.join(', '))}, map(${options.map(literal).join(', ')}))`;
}
