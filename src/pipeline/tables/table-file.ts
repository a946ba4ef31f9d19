import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import { literal } from '../../engine/sql.ts';
import { EngineError, InputError } from '../../errors.ts';
import { formatOf, type LogFile, readContent } from '../../ingest/log-file.ts';
import { recordsOf } from '../../table/table.ts';

/** A file of a table, as the embedded engine reads it. */
export interface TableFile {
  readonly path: string;
  readonly bytes: number;
  /** SQL for its rows, in their order. */
  readonly sql: string;
  readonly columns: readonly TableColumn[];
}

export interface TableColumn {
  readonly name: string;
  /** DuckDB's name of the type. */
  readonly type: string;
}

/** What a field of CSV may say for a missing value, without quotes or in them. */
const MISSING = ['', 'NA', 'N/A', 'null', 'NULL', 'NaN', 'nan'];

/**
 * Opens a table: Parquet, or CSV (RFC 4180, header first; separated by comma, semicolon, tab or bar), also as .gz or .zst.
 * @param asText columns whose text in CSV is taken as it stands; others become numbers, booleans or dates where all of
 * their values are.
 * @throws InputError when the file is not there, or is none of these.
 */
export async function openTable(
  engine: Engine,
  path: string,
  asText: ReadonlySet<string> = new Set(),
): Promise<TableFile> {
  const info = await stat(path).catch(() => undefined);
  if (!info?.isFile()) {
    throw new InputError(`There is no file ${path}: expected a table, as .parquet or .csv.`, { path });
  }
  const isTabs = extname(path).toLowerCase() === '.tsv';
  const known = isTabs ? ({ format: 'csv', compression: 'none' } as const) : formatOf(path);
  if (known === undefined || (known.format !== 'csv' && known.format !== 'parquet')) {
    throw new InputError(`${path} is no table: expected .parquet, .csv or .tsv, or .csv.gz or .csv.zst.`, {
      path,
    });
  }
  await engine.query('set preserve_insertion_order = true');
  const file = { path, bytes: info.size, ...known };
  return known.format === 'parquet' ? openParquet(engine, file) : openCsv(engine, file, asText);
}

async function openParquet(engine: Engine, { path, bytes }: LogFile): Promise<TableFile> {
  const sql = `read_parquet(${literal(exactly(path))}, hive_partitioning = false)`;
  return { path, bytes, sql, columns: await describe(engine, path, sql) };
}

async function openCsv(engine: Engine, file: LogFile, asText: ReadonlySet<string>): Promise<TableFile> {
  const { path, bytes } = file;
  const header = await firstLine(file);
  if (header === '') throw new InputError(`${path} is empty: expected a header and rows.`, { path });
  const options = [
    literal(exactly(path)),
    `delim = ${literal(separatorOf(header))}, compression = ${literal(file.compression)}`,
    `header = true, skip = 0, quote = '"', escape = '"', comment = ''`,
    // Strict, DuckDB takes no LF in quotes where lines end in CR LF.
    'null_padding = false, strict_mode = false, sample_size = -1',
    `nullstr = [${MISSING.map(literal).join(', ')}]`,
  ];
  const read = `read_csv(${options.join(', ')})`;
  const columns = await describe(engine, path, read);
  const texts = columns.filter(({ name, type }) => asText.has(name) && type !== 'VARCHAR');
  if (texts.length === 0) return { path, bytes, sql: read, columns };
  const types = texts.map(({ name }) => `${literal(name)}: 'VARCHAR'`).join(', ');
  const sql = `read_csv(${[...options, `types = {${types}}`].join(', ')})`;
  return { path, bytes, sql, columns: await describe(engine, path, sql) };
}

/** The file's name as a pattern that no other name matches. */
export function exactly(path: string): string {
  return path.replace(/[[*?]/g, '[$&]');
}

/** The most frequent of the separators in the header; a comma where there is none. */
function separatorOf(header: string): string {
  const unquoted = header.replace(/"[^"]*"/g, '');
  const count = (separator: string) => unquoted.split(separator).length;
  return [',', ';', '\t', '|'].reduce((best, one) => (count(one) > count(best) ? one : best));
}

async function firstLine(file: LogFile): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  for await (const bytes of readContent(file)) {
    text += decoder.decode(bytes, { stream: true });
    const line = /^\s*(.+)\r?\n/.exec(text);
    if (line !== null) return line[1];
  }
  return text.trim();
}

async function describe(engine: Engine, path: string, sql: string): Promise<TableColumn[]> {
  try {
    const rows = recordsOf(
      await engine.query(`select column_name, column_type from (describe select * from ${sql})`),
    );
    return rows.map(({ column_name, column_type }) => ({
      name: String(column_name),
      type: String(column_type),
    }));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** DuckDB's complaint about a file as one of ours; its advice speaks of options that are not ours. */
export function unreadable(path: string, cause: unknown): unknown {
  if (!(cause instanceof EngineError)) return cause;
  const why = cause.message.includes('sniffing')
    ? 'its lines differ in their number of fields, or a quotation is not closed.'
    : cause.message.split(/\n(?:Possible|\n|LINE )/)[0];
  return new InputError(`Cannot read ${path}: ${why}`, { path }, { cause });
}
