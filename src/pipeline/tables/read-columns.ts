import type { Engine } from '../../engine/engine.ts';
import { identifier } from '../../engine/sql.ts';
import { InputError } from '../../errors.ts';
import type { Matrix } from '../../models/matrix.ts';
import { type Column, numbersOf, stringsOf, type Table } from '../../table/table.ts';
import { type TableColumn, type TableFile, unreadable } from './table-file.ts';

export type ColumnKind = 'number' | 'category';

/** A column to read, and as what. */
export interface WantedColumn extends TableColumn {
  readonly kind: ColumnKind;
}

/**
 * What a column is by its type: numbers, booleans (0, 1), dates and times (days since 1970) are numbers; text is a category.
 * @throws InputError for other types.
 */
export function kindOf({ name, type }: TableColumn, path: string): ColumnKind {
  if (isNumeric(type) || isTime(type)) return 'number';
  if (/^(VARCHAR|UUID|ENUM\()/.test(type)) return 'category';
  throw new InputError(
    `The column ${JSON.stringify(name)} of ${path} is ${type}: expected numbers, booleans, dates or text. Leave it out with --drop.`,
    { path, column: name, type },
  );
}

/**
 * The columns as a matrix: numbers with NaN where null, categories coded by their levels in the order of code units.
 * @throws InputError naming row and value where text stands in the place of a number, or a number is infinite.
 */
export async function readColumns(
  engine: Engine,
  file: TableFile,
  columns: readonly WantedColumn[],
): Promise<Matrix> {
  const table = await select(engine, file, columns.map(expression));
  const read = columns.map((column, j) => {
    const name = `c${j}`;
    if (column.kind === 'category') return coded(table, name);
    const values = numbersOf(table, name);
    if (column.type === 'VARCHAR') checkParsed(table, column, j, file.path);
    checkFinite(values, column, file.path);
    return { values };
  });
  const levels = read.map((one) => ('levels' in one ? one.levels : undefined));
  return {
    rows: table.rows,
    names: columns.map(({ name }) => name),
    columns: read.map(({ values }) => values),
    ...(levels.some((one) => one !== undefined) ? { levels } : {}),
  };
}

/** One column as text, null where it is missing. */
export async function readText(
  engine: Engine,
  file: TableFile,
  { name, type }: TableColumn,
): Promise<(string | null)[]> {
  const table = await select(engine, file, [`${textOf(identifier(name), type)} as c0`]);
  const texts = stringsOf(table, 'c0');
  const { valid } = table.columns[0];
  return texts.map((text, row) => (valid[row] ? text : null));
}

async function select(engine: Engine, { path, sql }: TableFile, columns: readonly string[]): Promise<Table> {
  try {
    return await engine.query(`select ${columns.length > 0 ? columns.join(', ') : '0 as none'} from ${sql}`);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** Column j as `c{j}`; of text to be read as numbers also the text, as `t{j}`. */
function expression({ name, type, kind }: WantedColumn, j: number): string {
  const column = identifier(name);
  if (kind === 'category') return `${textOf(column, type)} as c${j}`;
  if (type === 'VARCHAR') return `try_cast(${column} as double) as c${j}, ${column} as t${j}`;
  if (isTime(type)) return `(epoch(${column}) / 86400)::double as c${j}`;
  return `cast(${column} as double) as c${j}`;
}

/** A number that is missing is missing as text, too. */
function textOf(column: string, type: string): string {
  const text = `cast(${column} as varchar)`;
  return /^(FLOAT|DOUBLE)$/.test(type) ? `case when isnan(${column}) then null else ${text} end` : text;
}

function isNumeric(type: string): boolean {
  return /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN|BIGNUM)$/.test(type);
}

/** Whether a type of DuckDB is a date or a time. */
export function isTime(type: string): boolean {
  return /^(DATE|TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?)$/.test(type);
}

function coded(table: Table, name: string): { values: Float64Array; levels: string[] } {
  const column: Column = table.columns[table.names.indexOf(name)];
  const texts = stringsOf(table, name);
  const { valid } = column;
  const present = new Set<string>();
  for (let row = 0; row < table.rows; row++) if (valid[row]) present.add(texts[row]);
  const levels = [...present].sort();
  const codes = new Map(levels.map((level, code) => [level, code]));
  const values = Float64Array.from(texts, (text, row) =>
    valid[row] ? (codes.get(text) ?? Number.NaN) : Number.NaN,
  );
  return { values, levels };
}

function checkFinite(values: Float64Array, { name }: TableColumn, path: string): void {
  const row = values.findIndex((x) => Math.abs(x) === Number.POSITIVE_INFINITY);
  if (row < 0) return;
  throw new InputError(
    `Row ${row + 1} of the column ${JSON.stringify(name)} of ${path} is ${values[row]}; expected a finite number, or nothing where it is missing.`,
    { path, column: name, row: row + 1 },
  );
}

function checkParsed(table: Table, { name }: TableColumn, j: number, path: string): void {
  const texts = table.columns[table.names.indexOf(`t${j}`)];
  const numbers = table.columns[table.names.indexOf(`c${j}`)];
  for (let row = 0; row < table.rows; row++) {
    if (!texts.valid[row] || numbers.valid[row]) continue;
    throw new InputError(
      `Row ${row + 1} of the column ${JSON.stringify(name)} of ${path} is ${JSON.stringify(texts.values[row])}; the model was trained on numbers there.`,
      { path, column: name, row: row + 1 },
    );
  }
}
