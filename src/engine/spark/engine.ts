import { randomUUID } from 'node:crypto';
import { type Effects, throwIfAborted } from '../../effects.ts';
import { EngineError } from '../../errors.ts';
import { type Cell, recordsOf, stringsOf, type Table } from '../../table/table.ts';
import { writeTables } from '../duckdb/write-parquet.ts';
import type { CsvHead, Engine, LineInput, LineRelation, Location, LogField } from '../engine.ts';
import { literal } from '../sql.ts';
import { connect, type RunOptions, type SparkSession } from './connect/session.ts';
import { sparkDialect } from './dialect.ts';
import { LineSources } from './line-sources.ts';
import { closeLines, sampleLines, templateLines } from './lines.ts';
import { listFiles } from './list-files.ts';
import { publish } from './publish.ts';
import { parsePublishTarget } from './publish-target.ts';
import { sparkSql } from './spark-sql.ts';
import { areLike, templatesOf } from './templates.ts';

export interface SparkSettings {
  /** `sc://HOST:PORT`, with parameters as Spark's clients write them. */
  readonly remote: string;
  readonly token?: string;
  /** Local folder for intermediate files; must exist. */
  readonly workFolder: string;
  /** URL of a folder that the whole cluster can write; by default the server's warehouse. */
  readonly work?: string;
}

/**
 * A Spark cluster over Spark Connect. Tables live in a database of their own, which goes with the engine. Aborting
 * `effects.signal` interrupts what runs there.
 */
export async function openSpark(settings: SparkSettings, effects: Effects): Promise<SparkEngine> {
  const { remote, work } = settings;
  throwIfAborted(effects.signal);
  // Without the signal, so that the session can still be cleared away after an abort.
  const session = await connect(remote, tokenOf(settings));
  try {
    await session.setConfig(sessionSettings);
    const database = `refrain_${randomUUID().replaceAll('-', '')}`;
    const place = work === undefined ? '' : ` location ${literal(`${work.replace(/\/$/, '')}/${database}`)}`;
    await session.execute(`create database ${database}${place}`);
    await session.execute(`use ${database}`);
    const target = { ...settings, database };
    return new SparkEngine(session, target, effects);
  } catch (error) {
    await session.close().catch(() => undefined);
    throw error;
  }
}

interface Target extends SparkSettings {
  /** Holds the engine's tables. */
  readonly database: string;
}

function tokenOf({ token }: SparkSettings): { token?: string } {
  return token === undefined ? {} : { token };
}

/** Milliseconds for clearing away, so that whoever interrupts a run waits no longer. */
const cleaningMillis = 10_000;

/** What results depend on, however the server is set up. */
const sessionSettings = {
  'spark.sql.session.timeZone': 'UTC',
  'spark.sql.timestampType': 'TIMESTAMP_LTZ',
  'spark.sql.ansi.enabled': 'true',
  'spark.sql.caseSensitive': 'true',
  'spark.sql.groupByOrdinal': 'true',
  'spark.sql.orderByOrdinal': 'true',
  // Else a file that cannot be read, or is gone, would be left out silently.
  'spark.sql.files.ignoreCorruptFiles': 'false',
  'spark.sql.files.ignoreMissingFiles': 'false',
  // Tasks that look for the files of a log, at most: by default one a file, which for 10,000 took 42 s of processor time in place of 2.5.
  'spark.sql.sources.parallelPartitionDiscovery.parallelism': '400',
  // Else ${…} in a text of SQL would be replaced.
  'spark.sql.variable.substitute': 'false',
  'spark.sql.execution.arrow.maxRecordsPerBatch': '100000',
  'spark.sql.parquet.compression.codec': 'zstd',
  // Java never compiles a longer method; Spark then makes several of it.
  'spark.sql.codegen.hugeMethodLimit': '8000',
};

/**
 * Whether what is made of a line is put where it is used, so that one pass makes all of a row: Spark then finds again what is used twice. By itself
 * it makes a row for each step, with a copy of the line and all that was read of it.
 */
const inOneProjection = 'spark.sql.optimizer.collapseProjectAlwaysInline';

export class SparkEngine implements Engine {
  readonly name = 'spark';
  readonly dialect = sparkDialect;
  readonly decompresses = ['none', 'gzip'];
  /** Tables and views of this engine are those of its session. */
  readonly session: SparkSession;
  readonly #target: Target;
  readonly #effects: Effects;
  readonly #sources: LineSources;
  readonly #views = new Set<string>();

  constructor(session: SparkSession, target: Target, effects: Effects) {
    this.session = session;
    this.#target = target;
    this.#effects = effects;
    this.#sources = new LineSources(session, target.workFolder, effects.signal);
  }

  async query(sql: string): Promise<Table> {
    return this.session.collect(sparkSql(sql), this.#run);
  }

  batches(sql: string): AsyncIterable<Table> {
    return this.session.batches(sparkSql(sql), this.#run);
  }

  async lines(inputs: readonly LineInput[], fields: readonly LogField[]): Promise<LineRelation> {
    const lines = await this.#sources.relation(inputs, fields);
    const sample = await this.query(sampleLines(lines));
    const texts = stringsOf(sample, 'line');
    const templates = templatesOf(texts);
    const close = closeLines(lines, fields, templates, randomUUID());
    const sql = areLike(templates, texts)
      ? { sql: templateLines(lines, fields, templates), close }
      : { sql: close };
    return {
      ...sql,
      rejected: async () => new Map(),
      pathOf: (file) => this.#sources.pathOf(file),
      places: (wanted) => this.#sources.places(wanted),
    };
  }

  async countRows(inputs: readonly LineInput[]): Promise<number[]> {
    if (inputs.length === 0) return [];
    const counts = await this.#records<{ file: string; n: number }>(
      `select file, count(*) as n from ${await this.#sources.relation(inputs, [])} group by file`,
    );
    const byPath = new Map(counts.map(({ file, n }) => [this.#sources.pathOf(file), n]));
    return inputs.map(({ path }) => byPath.get(path) ?? 0);
  }

  csvHeads(inputs: readonly LineInput[]): Promise<CsvHead[]> {
    return this.#sources.csvHeads(inputs);
  }

  content(input: LineInput): AsyncIterable<Uint8Array> {
    return this.#sources.content(input);
  }

  locate(url: string, _folder: string, accept: (name: string) => boolean): Promise<Location> {
    return listFiles(this.session, url, accept, this.#effects.signal);
  }

  async createTable(name: string, table: Table): Promise<void> {
    throwIfAborted(this.#effects.signal);
    await this.session.createTempView(name, this.session.local(table), this.#run);
    this.#views.add(name);
  }

  createTableAs(name: string, select: string, stage?: string): Promise<void> {
    return this.#createTableAs(name, select, stage === undefined ? undefined : this.#progress(stage));
  }

  /** Close reading names what it found in every column: put into each of them it would be too much to plan. */
  async createScan(name: string, select: string, isQuick: boolean, bytes: number): Promise<void> {
    const create = () => this.#createTableAs(name, select, this.#progress('parsing', bytes));
    if (!isQuick) return create();
    await this.session.setConfig({ [inOneProjection]: 'true' });
    await create();
    await this.session.setConfig({ [inOneProjection]: 'false' });
  }

  createTransientAs(name: string, select: string, stage?: string): Promise<void> {
    return this.createTableAs(name, select, stage);
  }

  async createView(name: string, select: string): Promise<void> {
    await this.#execute(`create or replace temporary view ${name} as ${select}`);
    this.#views.add(name);
  }

  async drop(name: string): Promise<void> {
    await this.#execute(`drop ${this.#views.delete(name) ? 'view' : 'table'} ${name}`);
  }

  writeParquet(select: string, path: string): Promise<void> {
    return writeTables(this.batches(select), path, this.#effects);
  }

  async publish(select: string, target: string, run: string): Promise<void> {
    const relation = this.session.sql(sparkSql(select));
    await publish(this.session, relation, parsePublishTarget(target), { ...this.#run, run });
  }

  /** URL of the folder in which this engine's tables lie. */
  async location(): Promise<string> {
    const facts = await this.#records<{ info_name: string; info_value: string }>(
      `describe database ${this.#target.database}`,
    );
    const found = facts.find(({ info_name }) => info_name === 'Location');
    if (found === undefined) throw new EngineError(`Spark does not say where ${this.#target.database} lies.`);
    return found.info_value;
  }

  /** Never fails: what the caller did with the engine is done, or failed for a reason of its own, which is told instead. */
  async close(): Promise<void> {
    try {
      await this.#dropDatabase();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      process.emitWarning(
        `The database ${this.#target.database}, with intermediate tables, may be left on the cluster: ${why}`,
      );
    }
    // A server that does not hear of it closes the session by itself.
    await this.session.close().catch(() => undefined);
  }

  async #dropDatabase(): Promise<void> {
    const sql = `drop database if exists ${this.#target.database} cascade`;
    const options = () => ({ signal: AbortSignal.timeout(cleaningMillis) });
    try {
      await this.session.execute(sql, {}, options());
    } catch {
      // The session may be gone where the cluster is not.
      const session = await connect(this.#target.remote, {
        ...tokenOf(this.#target),
        retry: { attempts: 2 },
        timeout: cleaningMillis,
      });
      await session.execute(sql, {}, options()).finally(() => session.close());
    }
  }

  get #run(): RunOptions {
    return { signal: this.#effects.signal };
  }

  async #createTableAs(name: string, select: string, progress: RunOptions['progress']): Promise<void> {
    await this.#execute(`drop table if exists ${name}`);
    await this.#execute(
      // Gone with the run: what writes it faster counts, not its size. Looking values up in dictionaries is a sixth of a scan.
      `create table ${name} using parquet options ('compression' 'snappy', 'parquet.enable.dictionary' 'false') as ${select}`,
      progress,
    );
  }

  #execute(sql: string, progress?: RunOptions['progress']): Promise<void> {
    return this.session.execute(
      sparkSql(sql),
      {},
      progress === undefined ? this.#run : { ...this.#run, progress },
    );
  }

  #progress(stage: string, bytes?: number): NonNullable<RunOptions['progress']> {
    const { progress } = this.#effects;
    return ({ done, total }) => {
      if (total === 0) return;
      if (bytes === undefined) progress({ stage, done, total, unit: 'steps' });
      else progress({ stage, done: (done / total) * bytes, total: bytes, unit: 'bytes' });
    };
  }

  async #records<Row extends Record<string, Cell>>(sql: string): Promise<Row[]> {
    return recordsOf(await this.query(sql)) as Row[];
  }
}
