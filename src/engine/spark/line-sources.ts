import { symlink } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { InputError } from '../../errors.ts';
import { numbersOf, stringsOf } from '../../table/table.ts';
import type { LineInput, LogField, PlacedLine } from '../engine.ts';
import { type PartitionValues, partitionValues } from '../partition-values.ts';
import { literal } from '../sql.ts';
import { SparkError } from './connect/error.ts';
import type { Selected } from './connect/projection.ts';
import type { Relation } from './connect/relation.ts';
import type { RunOptions, SparkSession } from './connect/session.ts';
import { withKnownScheme } from './list-files.ts';
import { rowLines } from './row-lines.ts';
import { sharesFiles, textTable, uploadLines } from './upload.ts';

type RowFormat = 'parquet' | 'csv' | 'table';

/** Makes relations of lines from files and tables, and knows by what path each was asked for. */
export class LineSources {
  readonly #session: SparkSession;
  readonly #workFolder: string;
  readonly #run: RunOptions;
  readonly #paths = new Map<string, string>();
  #count = 0;
  #shared: Promise<boolean> | undefined;

  constructor(session: SparkSession, workFolder: string, signal: AbortSignal) {
    this.#session = session;
    this.#workFolder = workFolder;
    this.#run = { signal };
  }

  /** SQL, in parentheses, for a relation with the columns `file`, `line`, `bytes` and `broken`. */
  async relation(inputs: readonly LineInput[], fields: readonly LogField[]): Promise<string> {
    const parts: string[] = [];
    for (const remote of [false, true]) {
      const texts = inputs.filter((input) => input.format === 'json' && (input.remote ?? false) === remote);
      if (texts.length > 0) parts.push(await this.#textLines(texts, remote));
    }
    for (const format of ['parquet', 'csv'] as const) {
      const rows = inputs.filter((input) => input.format === format);
      for (const { files, values } of byPartition(rows, fields)) {
        parts.push(await this.#rowLines(files, format, fields, values));
      }
    }
    for (const table of inputs.filter(({ format }) => format === 'table')) {
      parts.push(await this.#rowLines([table], 'table', fields));
    }
    return `(${parts.join(' union all ')})`;
  }

  pathOf(file: string): string {
    return this.#paths.get(file) ?? this.#paths.get(pathKey(decodeURIComponent(file))) ?? file;
  }

  /** Where the given texts stand in a file: one task reads it whole, so that its rows are numbered in their order. */
  async *places(path: string, texts: ReadonlySet<string>, bytes?: number): AsyncGenerator<PlacedLine> {
    const uri = await this.#uri({ path, format: 'json', remote: true });
    const wanted = `texts_${++this.#count}`;
    await this.#session.createTempView(
      wanted,
      this.#session.local(textTable({ text: [...texts] })),
      this.#run,
    );
    const lines = await this.#view(
      this.#session.read({ format: 'text', paths: [uri], options: { ...asGiven, lineSep: '\n' } }),
      [uri],
    );
    const mark = bytes === undefined ? 0 : await this.#byteOrderMark(lines, bytes);
    await this.#session.setConfig(oneTaskAFile);
    try {
      for await (const line of this.#places(lines, wanted)) yield { ...line, offset: line.offset + mark };
    } finally {
      for (const key of Object.keys(oneTaskAFile)) await this.#session.execute(`reset ${key}`);
    }
  }

  /** Length of the byte order mark, which Spark leaves out: what the file has beyond its lines, whose last may lack its end. */
  async #byteOrderMark(lines: string, bytes: number): Promise<number> {
    const counts = await this.#session.collect(
      `select sum(octet_length(value) + 1) as bytes from ${lines}`,
      this.#run,
    );
    return bytes - numbersOf(counts, 'bytes')[0] >= 2 ? 3 : 0;
  }

  async *#places(lines: string, wanted: string): AsyncGenerator<PlacedLine> {
    const batches = this.#session.batches(
      `
      select text, line, coalesce(before, 0) as before
      from (select ${lineText} as text, row_number() over (order by id) as line,
          sum(octet_length(value) + 1) over (order by id rows between unbounded preceding and 1 preceding) as before
        from (select value, monotonically_increasing_id() as id from ${lines}))
      where text in (select text from ${wanted}) order by line`,
      this.#run,
    );
    for await (const batch of batches) {
      const texts = stringsOf(batch, 'text');
      const numbers = numbersOf(batch, 'line');
      const offsets = numbersOf(batch, 'before');
      for (const [i, text] of texts.entries()) yield { text, line: numbers[i], offset: offsets[i] };
    }
  }

  async #textLines(inputs: readonly LineInput[], remote: boolean): Promise<string> {
    const bytes = remote ? 'octet_length(value) + 1' : 'octet_length(text)';
    const lines = remote || (await this.#shares()) ? this.#readText(inputs) : this.#sendText(inputs);
    return `select file, nullif(case when broken then make_valid_utf8(text) else text end, '') as line,
        cast(${bytes} as bigint) as bytes, broken
      from (select file, value, text, not is_valid_utf8(text) as broken
        from (select file, value, ${withoutReturn} as text from (${await lines})))`;
  }

  #shares(): Promise<boolean> {
    this.#shared ??= sharesFiles(this.#session, resolve(this.#workFolder));
    return this.#shared;
  }

  async #readText(inputs: readonly LineInput[]): Promise<string> {
    const paths = await Promise.all(inputs.map((input) => this.#uri(input)));
    const text = this.#session.read({ format: 'text', paths, options: { ...asGiven, lineSep: '\n' } });
    return `select input_file_name() as file, value from ${await this.#view(text, paths)}`;
  }

  async #sendText(inputs: readonly LineInput[]): Promise<string> {
    const paths = inputs.map(({ path }) => path);
    const view = await this.#view(await uploadLines(this.#session, paths), paths);
    return `select file, cast(unbase64(value) as string) as value from ${view}`;
  }

  /** SQL for the rows of files or of a table; files whose columns cannot be one table's are read apart. */
  async #rowLines(
    inputs: readonly LineInput[],
    format: RowFormat,
    fields: readonly LogField[],
    partition?: PartitionValues,
  ): Promise<string> {
    const paths = await Promise.all(inputs.map((input) => this.#uri(input)));
    let view: string;
    try {
      view = await this.#view(
        this.#session.select(this.#rows(paths, format), ['*', ...placeOf(format)]),
        paths,
      );
    } catch (error) {
      if (inputs.length === 1 || !areOfDifferentSchemas(error)) throw error;
      const half = Math.ceil(inputs.length / 2);
      const parts = [inputs.slice(0, half), inputs.slice(half)];
      const lines = await Promise.all(parts.map((part) => this.#rowLines(part, format, fields, partition)));
      return lines.join(' union all ');
    }
    const columns = await this.#session.schema(`select * from ${view}`);
    const keys = [...new Set(fields.map(({ key }) => key))];
    const file = format === 'table' ? literal(paths[0]) : '__file';
    return rowLines(view, file, '__row', columns, keys, partition);
  }

  #rows(paths: readonly string[], format: RowFormat): Relation {
    switch (format) {
      case 'parquet':
        return this.#session.read({ format, paths, options: { ...asGiven, mergeSchema: 'true' } });
      case 'csv':
        return this.#session.read({
          format,
          paths,
          options: { ...asGiven, header: 'true', quote: '"', escape: '"', multiLine: 'true' },
        });
      case 'table':
        return this.#session.table(paths[0].slice('table:'.length));
    }
  }

  async #view(relation: Relation, paths: readonly string[]): Promise<string> {
    const name = `lines_${++this.#count}`;
    try {
      await this.#session.createTempView(name, relation, this.#run);
    } catch (cause) {
      if (!(cause instanceof SparkError)) throw cause;
      throw new InputError(
        `Spark cannot read ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ', …' : ''}: ${cause.message}${advice(cause)}`,
        { paths: paths.slice(0, 10) },
        { cause },
      );
    }
    return name;
  }

  /** What Spark calls the input; a glob of one. */
  async #uri({ path, format, remote }: LineInput): Promise<string> {
    if (format === 'table') {
      this.#paths.set(path, path);
      return path;
    }
    const target = remote ? withKnownScheme(path) : await this.#visible(resolve(path));
    this.#paths.set(pathKey(target), path);
    return `${remote ? '' : 'file://'}${target.replaceAll(/[\\{}[\]*?]/g, '\\$&')}`;
  }

  /** Spark passes over files whose names begin with a dot or an underscore, even when asked for them, and cannot read ones with a colon. */
  async #visible(path: string): Promise<string> {
    if (!/^[._]|:/.test(basename(path))) return path;
    const link = join(
      resolve(this.#workFolder),
      `visible-${++this.#count}-${basename(path).replaceAll(':', '-')}`,
    );
    await symlink(path, link);
    return link;
  }
}

function advice({ details }: SparkError): string {
  if (details.errorClass !== 'PATH_NOT_FOUND') return '';
  return '\nEvery machine of the cluster must see the log under this name: give a URL such as s3://, hdfs:// or dbfs:/, or a folder that all share.';
}

const withoutReturn =
  'case when endswith(value, chr(13)) then left(value, char_length(value) - 1) else value end';
const lineText = `make_valid_utf8(${withoutReturn})`;
const oneTaskAFile = {
  'spark.sql.files.maxPartitionBytes': '1099511627776',
  'spark.sql.files.minPartitionNum': '1',
};

/** Columns `__file` and `__row` (from 1). Rows of a table or of CSV files have no place of their own. */
function placeOf(format: RowFormat): Selected[] {
  const row = format === 'parquet' ? '_metadata.row_index' : 'monotonically_increasing_id()';
  return [
    ...(format === 'table' ? [] : [{ as: '__file', sql: '_metadata.file_path' }]),
    { as: '__row', sql: `${row} + 1` },
  ];
}

/** Files by the values that their folders give them. */
function byPartition(inputs: readonly LineInput[], fields: readonly LogField[]) {
  const parts = new Map<string, { files: LineInput[]; values: PartitionValues }>();
  for (const input of inputs) {
    const values = partitionValues(input.path, fields);
    const name = JSON.stringify([...values]);
    const part = parts.get(name) ?? { files: [], values };
    part.files.push(input);
    parts.set(name, part);
  }
  return parts.values();
}

/** Folders called `key=value` give no columns, and need not be alike. */
const asGiven = { recursiveFileLookup: 'true' };

function areOfDifferentSchemas(error: unknown): boolean {
  if (!(error instanceof InputError && error.cause instanceof SparkError)) return false;
  return String(error.cause.details.errorClass).startsWith('CANNOT_MERGE');
}

/** A file's name, however many slashes Spark gives it after its scheme. */
function pathKey(path: string): string {
  return path.replace(/^file:\/*(?=\/)/, '');
}
