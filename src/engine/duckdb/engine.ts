import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Effects } from '../../effects.ts';
import { EngineError, InputError, RefrainError, UsageError } from '../../errors.ts';
import { type Cell, recordsOf, type Table } from '../../table/table.ts';
import type {
  CsvHead,
  EmbeddedEngine,
  LineInput,
  LineRelation,
  Location,
  LogField,
  NumberColumns,
} from '../engine.ts';
import { partitionValues } from '../partition-values.ts';
import { downloadS3 } from '../s3/download.ts';
import { identifier, literal } from '../sql.ts';
import { appendNumbers, appendRows, createForNumbers, createLike } from './append.ts';
import { duckdbDialect } from './dialect.ts';
import { duckdbError } from './errors.ts';
import { type LineSources, lineRelation, linesOf, sampleShapes } from './lines.ts';
import { parquetLines, parquetTable } from './parquet-lines.ts';
import { toTable } from './result.ts';

export interface DuckdbSettings {
  /** Folder for the working database and for what does not fit in memory; must exist. */
  readonly workFolder: string;
  /** Such as `4GB`; DuckDB's default is 80 % of the machine's. */
  readonly memory?: string;
}

/** DuckDB in this process, on a working database of its own. Aborting `effects.signal` interrupts what runs. */
export async function openDuckdb(settings: DuckdbSettings, effects: Effects): Promise<EmbeddedEngine> {
  const options: Record<string, string> = {
    threads: String(effects.threads),
    preserve_insertion_order: 'false',
    temp_directory: `${settings.workFolder}/spill`,
  };
  if (settings.memory !== undefined) options.memory_limit = settings.memory;
  try {
    const instance = await DuckDBInstance.create(`${settings.workFolder}/work.duckdb`, options);
    const connection = await instance.connect();
    // The database is thrown away with its folder.
    await connection.run('pragma disable_checkpoint_on_shutdown');
    // A join by order alone with some tens of rows, such as cutoffs: to sort and copy the other side for it takes six times as long.
    await connection.run('set nested_loop_join_threshold = 100');
    // DuckDB counts its progress only for a progress bar.
    await connection.run(
      'set enable_progress_bar_print = false; set progress_bar_time = 0; set enable_progress_bar = true',
    );
    return new DuckdbEngine(instance, connection, effects);
  } catch (cause) {
    throw duckdbError(cause, 'opening the working database', effects.signal);
  }
}

class DuckdbEngine implements EmbeddedEngine {
  readonly name = 'duckdb';
  readonly dialect = duckdbDialect;
  readonly decompresses = ['none', 'gzip', 'zstd'];
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  readonly #effects: Effects;
  readonly #interrupt: () => void;
  readonly #views = new Set<string>();
  /** Temporary tables: they hide others of their name. */
  readonly #own = new Set<string>();
  #scans = 0;

  constructor(instance: DuckDBInstance, connection: DuckDBConnection, effects: Effects) {
    this.#instance = instance;
    this.#connection = connection;
    this.#effects = effects;
    this.#interrupt = () => connection.interrupt();
    effects.signal.addEventListener('abort', this.#interrupt);
  }

  async query(sql: string): Promise<Table> {
    return this.#guard(sql, async () => {
      const result = await this.#connection.run(sql);
      return toTable(result.columnNames(), result.columnTypes(), await result.fetchAllChunks());
    });
  }

  async *batches(sql: string): AsyncIterable<Table> {
    const result = await this.#guard(sql, () => this.#connection.stream(sql));
    for (;;) {
      const chunk = await this.#guard(sql, () => result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield toTable(result.columnNames(), result.columnTypes(), [chunk]);
    }
  }

  async lines(inputs: readonly LineInput[], fields: readonly LogField[]): Promise<LineRelation> {
    const name = `rejects_${++this.#scans}`;
    const sources = await this.#sources(inputs, fields);
    const shapes = await this.#query<{ keys: string; hash: string }>(
      `select to_json(keys)::varchar as keys, shape::varchar as hash
      from (${sampleShapes(linesOf(sources, `${name}_sample`))})`,
    );
    const known = shapes.map(({ keys, hash }) => ({ keys: JSON.parse(keys), hash }));
    return {
      sql: lineRelation(linesOf(sources, name), fields, known),
      pathOf: (file) => file,
      places: ([{ input }]) => notRemote(input),
      rejected: async () => {
        if (sources.texts.length === 0) return new Map();
        const rows = await this.#query<{ file: string; lines: number }>(
          `select file_path as file, count(distinct line) as lines
           from ${name} join ${name}_scan using (scan_id, file_id) group by file_path`,
        );
        return new Map(rows.map(({ file, lines }) => [file, lines]));
      },
    };
  }

  async countRows(inputs: readonly LineInput[]): Promise<number[]> {
    const counts: number[] = [];
    for (const { path } of inputs) {
      const [{ n }] = await this.#parquet<{ n: number }>(
        path,
        (table) => `select count(*) as n from ${table}`,
      );
      counts.push(n);
    }
    return counts;
  }

  async csvHeads([input]: readonly LineInput[]): Promise<CsvHead[]> {
    return input === undefined ? [] : notRemote(input);
  }

  content(input: LineInput): AsyncIterable<Uint8Array> {
    return notRemote(input);
  }

  async locate(url: string, folder: string, accept: (name: string) => boolean): Promise<Location> {
    if (!/^s3[an]?:\/\//.test(url)) {
      throw new UsageError(
        `Cannot read ${url}: expected files, folders, globs or s3:// URLs; --engine spark reads what its cluster can.`,
        { path: url },
      );
    }
    const { files, notes } = await downloadS3([url], folder, { accept }, this.#effects);
    return {
      notes,
      files: files.map((file) => ({ path: file.path, bytes: file.bytes, url: file.url, remote: false })),
    };
  }

  async createTable(name: string, table: Table): Promise<void> {
    await this.#guard(`create table ${name}`, async () => {
      await createLike(this.#connection, name, table);
      this.#own.add(name);
      await appendRows(this.#connection, name, table);
    });
  }

  async createNumbers(name: string, columns: NumberColumns): Promise<void> {
    await this.#guard(`create table ${name}`, async () => {
      await createForNumbers(this.#connection, name, columns);
      this.#own.add(name);
      await appendNumbers(this.#connection, name, [columns]);
    });
  }

  async append(name: string, parts: readonly NumberColumns[]): Promise<void> {
    await this.#guard(`append to ${name}`, () => appendNumbers(this.#connection, name, parts));
  }

  createTableAs(name: string, select: string, stage?: string): Promise<void> {
    return this.#createTableAs(name, select, stage);
  }

  createScan(name: string, select: string, _isQuick: boolean, bytes: number): Promise<void> {
    return this.#createTableAs(name, select, 'parsing', bytes);
  }

  async #createTableAs(name: string, select: string, stage?: string, bytes?: number): Promise<void> {
    const stop = stage === undefined ? () => {} : this.#reportProgress(stage, bytes);
    try {
      const kind = this.#own.has(name) ? 'temp table' : 'table';
      await this.#run(`create or replace ${kind} ${identifier(name)} as ${select}`);
    } finally {
      stop();
    }
  }

  async createTransientAs(name: string, select: string, stage?: string): Promise<void> {
    this.#own.add(name);
    await this.createTableAs(name, select, stage);
  }

  async createView(name: string, select: string): Promise<void> {
    await this.#run(`create view ${identifier(name)} as ${select}`);
    this.#views.add(name);
  }

  async drop(name: string): Promise<void> {
    this.#own.delete(name);
    await this.#run(`drop ${this.#views.delete(name) ? 'view' : 'table'} ${identifier(name)}`);
  }

  async writeParquet(select: string, path: string): Promise<void> {
    await this.#run(`copy (${select}) to ${literal(path)} (format parquet, compression zstd)`);
  }

  async publish(_select: string, target: string): Promise<void> {
    throw new UsageError(
      `Cannot publish to ${target}: the embedded engine writes to --out alone. Use --engine spark.`,
      { target },
    );
  }

  async close(): Promise<void> {
    this.#effects.signal.removeEventListener('abort', this.#interrupt);
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #run(sql: string): Promise<void> {
    await this.#guard(sql, () => this.#connection.run(sql));
  }

  async #sources(inputs: readonly LineInput[], fields: readonly LogField[]): Promise<LineSources> {
    const other = inputs.find(({ format }) => format !== 'json' && format !== 'parquet');
    if (other !== undefined)
      throw new EngineError(`DuckDB reads no ${other.format}: ${other.path}.`, { ...other });
    const rows: string[] = [];
    for (const { path, format } of inputs)
      if (format === 'parquet') rows.push(await this.#parquetAsJson(path, fields));
    return { texts: inputs.flatMap(({ path, format }) => (format === 'json' ? [path] : [])), rows };
  }

  async #parquetAsJson(path: string, fields: readonly LogField[]): Promise<string> {
    const columns = await this.#parquet<{ column_name: string; column_type: string }>(
      path,
      (table) => `select column_name, column_type from (describe select * from ${table})`,
    );
    const keys = [...new Set(fields.map(({ key }) => key))];
    return parquetLines(path, columns, keys, partitionValues(path, fields));
  }

  async #parquet<Row extends Record<string, Cell>>(
    path: string,
    sql: (table: string) => string,
  ): Promise<Row[]> {
    try {
      return await this.#query<Row>(sql(parquetTable(path)));
    } catch (cause) {
      if (!(cause instanceof EngineError)) throw cause;
      throw new InputError(`Cannot read ${path} as Parquet: ${cause.message}`, { file: path }, { cause });
    }
  }

  async #query<Row extends Record<string, Cell>>(sql: string): Promise<Row[]> {
    return recordsOf(await this.query(sql)) as Row[];
  }

  async #guard<T>(sql: string, work: () => Promise<T>): Promise<T> {
    if (this.#effects.signal.aborted) throw duckdbError(null, sql, this.#effects.signal);
    try {
      return await work();
    } catch (cause) {
      throw cause instanceof RefrainError ? cause : duckdbError(cause, sql, this.#effects.signal);
    }
  }

  #reportProgress(stage: string, bytes?: number): () => void {
    const timer = setInterval(() => {
      const { percentage } = this.#connection.progress;
      if (percentage < 0) return;
      const share = Math.min(percentage / 100, 1);
      if (bytes === undefined) this.#effects.progress({ stage, done: share, total: 1, unit: 'steps' });
      else this.#effects.progress({ stage, done: share * bytes, total: bytes, unit: 'bytes' });
    }, 250);
    timer.unref();
    return () => clearInterval(timer);
  }
}

/** What is at a URL is copied to this machine first. */
function notRemote({ path }: LineInput): never {
  throw new EngineError(`DuckDB reads no remote file in place: ${path}.`, { path });
}
