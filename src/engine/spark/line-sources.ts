import { resolve } from 'node:path';
import { InputError } from '../../errors.ts';
import { numbersOf, stringsOf } from '../../table/table.ts';
import type { CsvHead, LineInput, LogField, PlacedLine, WantedLines } from '../engine.ts';
import { type PartitionValues, partitionValues } from '../partition-values.ts';
import { literal } from '../sql.ts';
import { SparkError } from './connect/error.ts';
import type { Selected } from './connect/projection.ts';
import type { Relation } from './connect/relation.ts';
import type { RunOptions, SparkSession } from './connect/session.ts';
import { csvHeadsSql, csvLines } from './csv-lines.ts';
import { FileUris } from './file-uris.ts';
import { rowLines } from './row-lines.ts';
import { numberedLines, textLines, textPlace, withoutReturn } from './text-lines.ts';
import { sharesFiles, textTable, uploadLines } from './upload.ts';

/** Makes relations of lines from files and tables, and knows by what path each was asked for. */
export class LineSources {
  readonly #session: SparkSession;
  readonly #workFolder: string;
  readonly #run: RunOptions;
  readonly #uris: FileUris;
  #count = 0;
  #shared: Promise<boolean> | undefined;

  constructor(session: SparkSession, workFolder: string, signal: AbortSignal) {
    this.#session = session;
    this.#workFolder = workFolder;
    this.#run = { signal };
    this.#uris = new FileUris(workFolder);
  }

  /**
   * SQL, in parentheses, for a relation with the columns `file`, `line`, `bytes` and `broken`. Lines of text are as they lie in the file:
   * blank where they are blank, and perhaps no UTF-8 though not `broken`.
   */
  async relation(inputs: readonly LineInput[], fields: readonly LogField[]): Promise<string> {
    const parts: string[] = [];
    const of = (format: LineInput['format']) => inputs.filter((input) => input.format === format);
    for (const remote of [false, true]) {
      const texts = of('json').filter((input) => (input.remote ?? false) === remote);
      if (texts.length > 0) parts.push(await this.#textLines(texts, remote));
    }
    for (const { files, key } of grouped(of('csv'), ({ csv }) => csv)) {
      if (key !== undefined) parts.push(csvLines(await this.#texts(files), key));
    }
    for (const { files, key } of grouped(of('parquet'), ({ path }) => [...partitionValues(path, fields)])) {
      parts.push(await this.#rowLines(files, fields, new Map(key)));
    }
    for (const table of of('table')) parts.push(await this.#rowLines([table], fields));
    return `(${parts.join(' union all ')})`;
  }

  pathOf(file: string): string {
    return this.#uris.pathOf(file);
  }

  async csvHeads(inputs: readonly LineInput[]): Promise<CsvHead[]> {
    const sizes = new Map(inputs.map(({ path, bytes }) => [path, bytes]));
    const table = await this.#session.collect(csvHeadsSql(await this.#texts(inputs)), this.#run);
    const headers = stringsOf(table, 'header');
    const [lines, bytes, spans] = ['line', 'bytes', 'spans_lines'].map((name) => numbersOf(table, name));
    const heads = stringsOf(table, 'file').map((uri, i): [string, CsvHead] => {
      const path = this.pathOf(uri);
      const mark = markLength(sizes.get(path), bytes[i]);
      return [path, { header: headers[i], headerLine: lines[i], mark, spansLines: spans[i] === 1 }];
    });
    const byPath = new Map(heads);
    return inputs.map(({ path }) => byPath.get(path) ?? nothing);
  }

  async *content(input: LineInput): AsyncGenerator<Buffer> {
    const lines = `select base64(cast(value as binary)) as line from ${await this.#texts([input])} order by block, id`;
    for await (const batch of this.#session.batches(lines, this.#run)) {
      for (const line of stringsOf(batch, 'line')) {
        yield Buffer.from(line, 'base64');
        yield lineFeed;
      }
    }
  }

  async *places(wanted: readonly WantedLines[]): AsyncGenerator<PlacedLine> {
    const view = `wanted_${++this.#count}`;
    const rows = wanted.flatMap(({ file, texts }, of) =>
      [...texts].map((text) => ({ of: `${of}`, file, text })),
    );
    const column = (name: 'of' | 'file' | 'text') => rows.map((row) => row[name]);
    const table = textTable({ position: column('of'), file: column('file'), text: column('text') });
    await this.#session.createTempView(view, this.#session.local(table), this.#run);
    const lines = await this.#texts(wanted.map(({ input }) => input));
    const batches = this.#session.batches(
      `select cast(position as int) as position, text, line, offset, file_bytes
      from (select file, make_valid_utf8(${withoutReturn}) as text, line, offset, file_bytes from (${numberedLines(lines)}))
      join ${view} using (file, text) order by position, line`,
      this.#run,
    );
    for await (const batch of batches) {
      const [positions, numbers, offsets, sums] = ['position', 'line', 'offset', 'file_bytes'].map((name) =>
        numbersOf(batch, name),
      );
      for (const [i, text] of stringsOf(batch, 'text').entries()) {
        const mark = markLength(wanted[positions[i]].input.bytes, sums[i]);
        yield { of: positions[i], text, line: numbers[i], offset: offsets[i] + mark };
      }
    }
  }

  async #textLines(inputs: readonly LineInput[], remote: boolean): Promise<string> {
    const bytes = remote ? 'octet_length(value) + 1' : 'octet_length(line)';
    const texts = remote || (await this.#shares()) ? this.#texts(inputs) : this.#sendText(inputs);
    return textLines(await texts, bytes);
  }

  #shares(): Promise<boolean> {
    this.#shared ??= sharesFiles(this.#session, resolve(this.#workFolder));
    return this.#shared;
  }

  /** A view of the files' lines, with their places. */
  async #texts(inputs: readonly LineInput[]): Promise<string> {
    const paths = await Promise.all(inputs.map((input) => this.#uris.of(input)));
    const text = this.#session.read({ format: 'text', paths, options: { ...asGiven, lineSep: '\n' } });
    return this.#view(this.#session.select(text, ['*', ...textPlace]), paths);
  }

  async #sendText(inputs: readonly LineInput[]): Promise<string> {
    const paths = inputs.map(({ path }) => path);
    const view = await this.#view(await uploadLines(this.#session, paths), paths);
    return `(select file, cast(unbase64(value) as string) as value from ${view})`;
  }

  /** SQL for the rows of files or of a table; files whose columns cannot be one table's are read apart. */
  async #rowLines(
    inputs: readonly LineInput[],
    fields: readonly LogField[],
    partition?: PartitionValues,
  ): Promise<string> {
    const paths = await Promise.all(inputs.map((input) => this.#uris.of(input)));
    const isTable = inputs[0].format === 'table';
    let view: string;
    try {
      view = await this.#view(isTable ? this.#table(paths[0]) : this.#parquet(paths), paths);
    } catch (error) {
      if (inputs.length === 1 || !areOfDifferentSchemas(error)) throw error;
      const half = Math.ceil(inputs.length / 2);
      const first = await this.#rowLines(inputs.slice(0, half), fields, partition);
      return `${first} union all ${await this.#rowLines(inputs.slice(half), fields, partition)}`;
    }
    const columns = await this.#session.schema(`select * from ${view}`);
    const keys = [...new Set(fields.map(({ key }) => key))];
    return rowLines(view, isTable ? literal(paths[0]) : '__file', '__row', columns, keys, partition);
  }

  #parquet(paths: readonly string[]): Relation {
    const options = { ...asGiven, mergeSchema: 'true' };
    return this.#session.select(this.#session.read({ format: 'parquet', paths, options }), [
      '*',
      { as: '__file', sql: '_metadata.file_path' },
      { as: '__row', sql: '_metadata.row_index + 1' },
    ]);
  }

  /** Rows of a table have no place of their own. */
  #table(name: string): Relation {
    const row: Selected = { as: '__row', sql: 'monotonically_increasing_id() + 1' };
    return this.#session.select(this.#session.table(name.slice('table:'.length)), ['*', row]);
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
}

/** Of a file of text without a line. */
const nothing: CsvHead = { header: '', headerLine: 0, mark: 0, spansLines: false };
const lineFeed = Buffer.from('\n');

/** Length of the byte order mark, which Spark leaves out: what the file has beyond its lines with an LF each, where the last may lack it. */
function markLength(fileBytes: number | undefined, lineBytes: number): number {
  return fileBytes !== undefined && fileBytes - lineBytes >= 2 ? 3 : 0;
}

function advice({ details }: SparkError): string {
  if (details.errorClass !== 'PATH_NOT_FOUND') return '';
  return '\nEvery machine of the cluster must see the log under this name: give a URL such as s3://, hdfs:// or dbfs:/, or a folder that all share.';
}

/** Inputs that are alike in what `keyOf` gives of them. */
function grouped<T>(inputs: readonly LineInput[], keyOf: (input: LineInput) => T) {
  const groups = new Map<string | undefined, { files: LineInput[]; key: T }>();
  for (const input of inputs) {
    const key = keyOf(input);
    const group = groups.get(JSON.stringify(key)) ?? { files: [], key };
    group.files.push(input);
    groups.set(JSON.stringify(key), group);
  }
  return groups.values();
}

/** Folders called `key=value` give no columns, and need not be alike. */
const asGiven = { recursiveFileLookup: 'true' };

function areOfDifferentSchemas(error: unknown): boolean {
  if (!(error instanceof InputError && error.cause instanceof SparkError)) return false;
  return String(error.cause.details.errorClass).startsWith('CANNOT_MERGE');
}
