import { create } from '@bufbuild/protobuf';
import type { Table } from '../../../table/table.ts';
import { explain, inputFiles, schema, serverVersion } from './analysis.ts';
import { toTable } from './arrow-to-table.ts';
import { uploadArtifact } from './artifacts.ts';
import { Calls } from './calls.ts';
import { Channel } from './channel.ts';
import { BatchAssembler, type WholeBatch } from './chunks.ts';
import {
  createView,
  type PlanInit,
  query,
  refuseQuery,
  statement,
  type Target,
  writeFiles,
} from './commands.ts';
import type { Field } from './data-type.ts';
import { SparkError } from './error.ts';
import { run } from './execution.ts';
import {
  type ExecutePlanResponse,
  ReleaseSessionRequestSchema,
  SparkConnectService,
} from './gen/spark/connect/base_pb.ts';
import { type InterruptTarget, interrupt } from './interrupt.ts';
import { localRelation } from './local.ts';
import { MlClient } from './ml.ts';
import { type Progress, progressTracker } from './progress.ts';
import { projection, type Selected } from './projection.ts';
import {
  type Arguments,
  type Relation,
  type Source,
  sourceRelation,
  sqlRelation,
  tableRelation,
} from './relation.ts';
import { parseRemote, type RemoteOverrides } from './remote.ts';
import { defaultRetry, type RetryPolicy } from './retry.ts';
import { getConfig, setConfig } from './settings.ts';

export interface ConnectOptions extends RemoteOverrides {
  /** Aborting stops all of the session's work on the server. */
  readonly signal?: AbortSignal;
  readonly retry?: Partial<RetryPolicy>;
  /** Milliseconds that a silent server is waited for; a minute unless said. Queries may take as long as they need. */
  readonly timeout?: number;
  /** Milliseconds between signs of life, since a server drops a session that is idle for an hour; ten minutes unless said. */
  readonly heartbeat?: number;
  /** Certificate authorities in PEM to trust in place of Node's own. */
  readonly certificateAuthority?: string;
}

export interface RunOptions {
  /** Aborting stops the work on the server. */
  readonly signal?: AbortSignal;
  /** By which `interrupt` finds the work. */
  readonly tags?: readonly string[];
  /** Called several times a second while the work runs. */
  readonly progress?: (progress: Progress) => void;
  /** A UUID by which `interrupt` finds the work and Spark's own logs name it; a random one unless given. */
  readonly operationId?: string;
}

const defaultTimeout = 60_000;
const defaultHeartbeat = 600_000;
const firstCallAttempts = 4;
const closeDeadline = 10_000;

/**
 * Opens a session on a Spark Connect server.
 *
 * @param remote such as `sc://host:15002/;use_ssl=true;token=…;x-name=…`.
 * @throws UsageError for a wrong URL; SparkError when no server answers there.
 */
export async function connect(remote: string, options: ConnectOptions = {}): Promise<SparkSession> {
  const target = parseRemote(remote, options);
  const channel = new Channel(target, options.certificateAuthority);
  const { signal, timeout = defaultTimeout } = options;
  const retry = { ...defaultRetry, ...options.retry };
  const calls = new Calls(channel, target, { retry, timeout, ...(signal && { signal }) });
  try {
    const attempts = options.retry?.attempts ?? firstCallAttempts;
    const version = await serverVersion(calls, { attempts, deadline: timeout });
    await askForProgress(calls);
    return new SparkSession(calls, version, options.heartbeat ?? defaultHeartbeat);
  } catch (cause) {
    calls.close();
    throw cause;
  }
}

/**
 * A session on a Spark Connect server: its temporary views and settings last until it is closed. Its methods throw
 * SparkError for what Spark refuses or fails at, and InterruptedError when a signal given fires.
 */
export class SparkSession {
  readonly sessionId: string;
  readonly serverVersion: string;
  /** Spark ML on the server. */
  readonly ml: MlClient;
  readonly #calls: Calls;
  readonly #heartbeat: NodeJS.Timeout;

  /** `connect` makes sessions. */
  constructor(calls: Calls, version: string, heartbeat: number) {
    this.sessionId = calls.sessionId;
    this.serverVersion = version;
    this.ml = new MlClient(calls);
    this.#calls = calls;
    // One that fails is no matter: the next call will tell.
    this.#heartbeat = setInterval(
      () => serverVersion(calls, { attempts: 1 }).catch(() => undefined),
      heartbeat,
    );
    this.#heartbeat.unref();
  }

  /** A query; `:name` in it stands for an argument, a key of `views` for a relation. It is run when its rows are asked for. */
  sql(text: string, args?: Arguments, views?: Readonly<Record<string, Relation>>): Relation {
    return sqlRelation(text, args, views);
  }

  /** Files, or what else a data source reads. */
  read(source: Source): Relation {
    return sourceRelation(source);
  }

  /** @param name as in SQL: one with other than word characters in backticks. */
  table(name: string): Relation {
    return tableRelation(name);
  }

  /** Columns of a relation; see ColumnExpression for what SQL cannot say. */
  select(relation: Relation, columns: readonly Selected[]): Relation {
    return projection(relation, columns);
  }

  /** A table of this process, uploaded when it is first used. */
  local(table: Table): Relation {
    return localRelation(this.#calls, table, takesPieces(this.serverVersion));
  }

  /**
   * All rows of a relation or a query.
   *
   * @throws SparkError also where a column has a type that no table holds.
   */
  async collect(relation: Relation | string, options: RunOptions = {}): Promise<Table> {
    const batches: WholeBatch[] = [];
    for await (const batch of this.#results(relation, options)) batches.push(batch);
    return toTable(batches);
  }

  /** The rows of a relation or a query, piece by piece, at least one; leaving the loop early stops the work. */
  async *batches(relation: Relation | string, options: RunOptions = {}): AsyncGenerator<Table> {
    for await (const batch of this.#results(relation, options)) yield toTable([batch]);
  }

  /**
   * Runs a statement that gives no rows: CREATE, INSERT, SET, CACHE …
   *
   * @throws UsageError for a query, which Spark would not run.
   */
  async execute(sql: string, args?: Arguments, options: RunOptions = {}): Promise<void> {
    const plan = statement(await sqlRelation(sql, args).plan());
    for await (const response of this.#run(plan, { sql }, options)) refuseQuery(response, sql);
  }

  /** Gives a relation a name in this session; one of the same name is replaced. */
  async createTempView(name: string, relation: Relation, options: RunOptions = {}): Promise<void> {
    await this.#finish(createView(name, await relation.plan(options.signal)), relation, options);
  }

  /** Writes a relation's rows to files, from where Spark's executors are. */
  async write(relation: Relation, target: Target, options: RunOptions = {}): Promise<void> {
    await this.#finish(writeFiles(await relation.plan(options.signal), target), relation, options);
  }

  /** The columns of a relation. */
  async schema(relation: Relation | string): Promise<Field[]> {
    const { plan, sql } = toRelation(relation);
    return schema(this.#calls, await plan(), about(sql));
  }

  /** The files that a relation reads. */
  async inputFiles(relation: Relation | string): Promise<string[]> {
    const { plan, sql } = toRelation(relation);
    return inputFiles(this.#calls, await plan(), about(sql));
  }

  /** How Spark would run a relation. */
  async explain(relation: Relation | string): Promise<string> {
    const { plan, sql } = toRelation(relation);
    return explain(this.#calls, await plan(), about(sql));
  }

  /** Sets Spark's settings of this session. */
  async setConfig(settings: Readonly<Record<string, string>>): Promise<void> {
    await setConfig(this.#calls, settings);
  }

  /** @throws SparkError for a setting that is neither set nor has a default. */
  async getConfig(keys: readonly string[]): Promise<Record<string, string>> {
    return getConfig(this.#calls, keys);
  }

  /**
   * Makes a file part of the session.
   *
   * @param name what Spark shall do with it: `jars/…` puts it on the class path, `files/…` gives it to every executor.
   */
  async addArtifact(
    name: string,
    bytes: Uint8Array,
    options: { readonly signal?: AbortSignal } = {},
  ): Promise<void> {
    await uploadArtifact(this.#calls, name, bytes, options.signal);
  }

  /**
   * Stops work of this session at once. Work that Spark is still planning may leave a job behind that runs to its end:
   * an AbortSignal given to the work waits for that moment to pass.
   *
   * @returns the ids of the operations that were running.
   */
  async interrupt(target: InterruptTarget): Promise<string[]> {
    return interrupt(this.#calls, target);
  }

  /** Ends the session on the server, with its views and whatever still runs, and the connection. A second time it does nothing. */
  async close(): Promise<void> {
    if (this.#calls.closed) return;
    clearInterval(this.#heartbeat);
    const { sessionId, userContext, clientType } = this.#calls.identity();
    const request = create(ReleaseSessionRequestSchema, { sessionId, userContext, clientType });
    const limits = { deadline: Math.min(closeDeadline, this.#calls.timeout) };
    try {
      await this.#calls.channel.unary(SparkConnectService.method.releaseSession, request, limits);
    } catch (cause) {
      throw await this.#calls.errorFrom(cause, {}, undefined);
    } finally {
      this.#calls.close();
    }
  }

  async *#results(relation: Relation | string, options: RunOptions): AsyncGenerator<WholeBatch> {
    const assembler = new BatchAssembler();
    const { plan, sql } = toRelation(relation);
    for await (const { responseType } of this.#run(query(await plan(options.signal)), about(sql), options)) {
      if (responseType.case !== 'arrowBatch') continue;
      const batch = assembler.add(responseType.value);
      if (batch !== undefined) yield batch;
    }
    assembler.end();
  }

  async #finish(plan: PlanInit, { sql }: Relation, options: RunOptions): Promise<void> {
    for await (const _ of this.#run(plan, about(sql), options));
  }

  async *#run(
    plan: PlanInit,
    origin: { readonly sql?: string },
    { progress, ...options }: RunOptions,
  ): AsyncGenerator<ExecutePlanResponse> {
    const track = progress && progressTracker(progress);
    for await (const response of run(this.#calls, { plan, ...origin, ...options })) {
      if (response.responseType.case === 'executionProgress') track?.(response.responseType.value);
      else yield response;
    }
  }
}

/** Progress a few times a second, for those who watch, and to know when work may be interrupted; a server may refuse. */
async function askForProgress(calls: Calls): Promise<void> {
  try {
    await setConfig(calls, { 'spark.connect.progress.reportInterval': '200ms' });
  } catch (cause) {
    if (!(cause instanceof SparkError) || cause.details.sqlState === undefined) throw cause;
  }
}

function toRelation(relation: Relation | string): Relation {
  return typeof relation === 'string' ? sqlRelation(relation) : relation;
}

function about(sql: string | undefined): { sql?: string } {
  return sql === undefined ? {} : { sql };
}

/** Tables in several pieces came with Spark 4.1. */
function takesPieces(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 4 || (major === 4 && minor >= 1);
}
