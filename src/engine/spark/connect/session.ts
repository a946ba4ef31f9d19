import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { UsageError } from '../../../errors.ts';
import type { Table } from '../../../table/table.ts';
import { explain, inputFiles, serverVersion } from './analysis.ts';
import { toTable } from './arrow-to-table.ts';
import { Calls } from './calls.ts';
import { Channel } from './channel.ts';
import { BatchAssembler, type WholeBatch } from './chunks.ts';
import { checkTag, type Operation, run } from './execution.ts';
import {
  type ConfigRequest_OperationSchema,
  ConfigRequestSchema,
  InterruptRequestSchema,
  InterruptRequest_InterruptType as InterruptType,
  ReleaseSessionRequestSchema,
  SparkConnectService,
} from './gen/spark/connect/base_pb.ts';
import { type CommandSchema, WriteOperation_SaveMode as SaveMode } from './gen/spark/connect/commands_pb.ts';
import { localRelation } from './local.ts';
import { MlClient } from './ml.ts';
import { type Progress, progressTracker } from './progress.ts';
import {
  type Arguments,
  projection,
  type Relation,
  type Selected,
  type Source,
  sourceRelation,
  sqlRelation,
  tableRelation,
} from './relation.ts';
import { parseRemote, type RemoteOverrides } from './remote.ts';
import { defaultRetry, type RetryPolicy } from './retry.ts';

export interface ConnectOptions extends RemoteOverrides {
  /** Aborting interrupts all of the session's work on the server. */
  readonly signal?: AbortSignal;
  readonly retry?: Partial<RetryPolicy>;
  /** Certificate authorities in PEM to trust in place of Node's own. */
  readonly certificateAuthority?: string;
}

export interface RunOptions {
  /** Aborting stops the work on the server. */
  readonly signal?: AbortSignal;
  /** By which `interrupt` finds the work. */
  readonly tags?: readonly string[];
  readonly progress?: (progress: Progress) => void;
}

/** Where `write` puts a relation's rows. */
export interface Target {
  readonly format: string;
  readonly path: string;
  /** What to do when there is something already; `error` unless said. */
  readonly mode?: 'error' | 'overwrite' | 'append';
  readonly partitionBy?: readonly string[];
  readonly options?: Readonly<Record<string, string>>;
}

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
  const calls = new Calls(channel, target, { ...defaultRetry, ...options.retry }, options.signal);
  try {
    const attempts = options.retry?.attempts ?? firstCallAttempts;
    return new SparkSession(calls, await serverVersion(calls, { attempts }));
  } catch (cause) {
    channel.close();
    throw cause;
  }
}

/** A session on a Spark Connect server: its temporary views and settings last until it is closed. */
export class SparkSession {
  readonly sessionId: string;
  readonly serverVersion: string;
  /** Spark ML on the server. */
  readonly ml: MlClient;
  readonly #calls: Calls;

  /** `connect` makes sessions. */
  constructor(calls: Calls, serverVersion: string) {
    this.#calls = calls;
    this.ml = new MlClient(calls);
    this.sessionId = calls.sessionId;
    this.serverVersion = serverVersion;
  }

  /** A query; `:name` in it stands for an argument, a key of `views` for a relation. It is run when its rows are asked for. */
  sql(query: string, args?: Arguments, views?: Readonly<Record<string, Relation>>): Relation {
    return sqlRelation(query, args, views);
  }

  read(source: Source): Relation {
    return sourceRelation(source);
  }

  table(name: string): Relation {
    return tableRelation(name);
  }

  /** Columns of a relation; see ColumnExpression for what SQL cannot say. */
  select(relation: Relation, columns: readonly Selected[]): Relation {
    return projection(relation, columns);
  }

  /** A table of this process, uploaded when it is first used. */
  local(table: Table): Relation {
    return localRelation(this.#calls, table, takesChunks(this.serverVersion));
  }

  /**
   * All rows of a relation or a query.
   *
   * @throws SparkError | InterruptedError; SparkError also where a column has a type that no table holds.
   */
  async collect(relation: Relation | string, options: RunOptions = {}): Promise<Table> {
    const batches: WholeBatch[] = [];
    for await (const batch of this.#results(relation, options)) batches.push(batch);
    return toTable(batches);
  }

  /** The rows of a relation or a query, piece by piece; leaving the loop early stops the work. */
  async *batches(relation: Relation | string, options: RunOptions = {}): AsyncGenerator<Table> {
    for await (const batch of this.#results(relation, options)) yield toTable([batch]);
  }

  /**
   * Runs a statement that gives no rows: CREATE, INSERT, SET, CACHE …
   *
   * @throws UsageError for a query, which Spark would not run.
   */
  async execute(sql: string, args?: Arguments, options: RunOptions = {}): Promise<void> {
    const input = await sqlRelation(sql, args).plan();
    const plan = command({ case: 'sqlCommand', value: { input } });
    for await (const { responseType } of this.#run({ plan, sql }, options)) {
      if (responseType.case !== 'sqlCommandResult') continue;
      if (responseType.value.relation?.relType.case === 'localRelation') continue;
      throw new UsageError(
        `This is a query, not a statement: ask for its rows with collect.\n${sql.slice(0, 2000)}`,
      );
    }
  }

  /** Gives a relation a name in this session; one of the same name is replaced. */
  async createTempView(name: string, relation: Relation): Promise<void> {
    const input = await relation.plan();
    const plan = command({
      case: 'createDataframeView',
      value: { input, name, isGlobal: false, replace: true },
    });
    await this.#finish({ plan, ...sqlOf(relation) });
  }

  /** Writes a relation's rows to files, from where Spark's executors are. */
  async write(relation: Relation, target: Target, options: RunOptions = {}): Promise<void> {
    const input = await relation.plan(options.signal);
    const value = {
      input,
      source: target.format,
      saveType: { case: 'path', value: target.path } as const,
      mode: saveModes[target.mode ?? 'error'],
      partitioningColumns: [...(target.partitionBy ?? [])],
      options: { ...target.options },
    };
    await this.#finish({ plan: command({ case: 'writeOperation', value }), ...sqlOf(relation) }, options);
  }

  /** The files that a relation reads. */
  async inputFiles(relation: Relation | string): Promise<string[]> {
    const query = toRelation(relation);
    return inputFiles(this.#calls, await query.plan(), sqlOf(query));
  }

  /** How Spark would run a relation. */
  async explain(relation: Relation | string): Promise<string> {
    const query = toRelation(relation);
    return explain(this.#calls, await query.plan(), sqlOf(query));
  }

  async setConfig(pairs: Readonly<Record<string, string>>): Promise<void> {
    await this.#config({
      case: 'set',
      value: { pairs: Object.entries(pairs).map(([key, value]) => ({ key, value })) },
    });
  }

  /** @throws SparkError for a setting that is neither set nor has a default. */
  async getConfig(keys: readonly string[]): Promise<Record<string, string>> {
    const pairs = await this.#config({ case: 'get', value: { keys: [...keys] } });
    return Object.fromEntries(pairs.map(({ key, value = '' }) => [key, value]));
  }

  /**
   * Stops work of this session.
   *
   * @returns the ids of the operations that were running.
   */
  async interrupt(target: 'all' | { tag: string } | { operation: string }): Promise<string[]> {
    const { interruptedIds } = await this.#calls.unary(SparkConnectService.method.interrupt, (identity) =>
      create(InterruptRequestSchema, { ...identity, ...interruptOf(target) }),
    );
    return interruptedIds;
  }

  /** Ends the session on the server, with its views and whatever still runs, and the connection. */
  async close(): Promise<void> {
    try {
      const { sessionId, userContext, clientType } = this.#calls.identity();
      const request = create(ReleaseSessionRequestSchema, { sessionId, userContext, clientType });
      await this.#calls.channel.unary(SparkConnectService.method.releaseSession, request, {
        deadline: closeDeadline,
      });
    } finally {
      this.#calls.channel.close();
    }
  }

  async *#results(relation: Relation | string, options: RunOptions): AsyncGenerator<WholeBatch> {
    const assembler = new BatchAssembler();
    const query = toRelation(relation);
    const value = await query.plan(options.signal);
    const plan = { opType: { case: 'root', value } } as const;
    for await (const { responseType } of this.#run({ plan, ...sqlOf(query) }, options)) {
      if (responseType.case !== 'arrowBatch') continue;
      const batch = assembler.add(responseType.value);
      if (batch !== undefined) yield batch;
    }
    assembler.end();
  }

  async #finish(operation: Operation, options: RunOptions = {}): Promise<void> {
    for await (const _ of this.#run(operation, options));
  }

  async *#run(operation: Operation, { signal, tags, progress }: RunOptions) {
    const track = progress && progressTracker(progress);
    const full = { ...operation, ...(signal && { signal }), ...(tags && { tags }) };
    for await (const response of run(this.#calls, full)) {
      const { responseType } = response;
      if (responseType.case === 'executionProgress') track?.(responseType.value);
      else yield response;
    }
  }

  async #config(opType: ConfigOperation) {
    const { pairs } = await this.#calls.unary(SparkConnectService.method.config, (identity) =>
      create(ConfigRequestSchema, { ...identity, operation: { opType } }),
    );
    return pairs;
  }
}

type CommandInit = NonNullable<MessageInitShape<typeof CommandSchema>['commandType']>;
type ConfigOperation = NonNullable<MessageInitShape<typeof ConfigRequest_OperationSchema>['opType']>;

const saveModes = {
  error: SaveMode.ERROR_IF_EXISTS,
  overwrite: SaveMode.OVERWRITE,
  append: SaveMode.APPEND,
} as const;

function command(commandType: CommandInit) {
  return { opType: { case: 'command', value: { commandType } } } as const;
}

function toRelation(relation: Relation | string): Relation {
  return typeof relation === 'string' ? sqlRelation(relation) : relation;
}

function sqlOf({ sql }: Relation): { sql?: string } {
  return sql === undefined ? {} : { sql };
}

function interruptOf(target: 'all' | { tag: string } | { operation: string }) {
  if (target === 'all') return { interruptType: InterruptType.ALL };
  if ('operation' in target) {
    const interrupt = { case: 'operationId', value: target.operation } as const;
    return { interruptType: InterruptType.OPERATION_ID, interrupt };
  }
  checkTag(target.tag);
  return {
    interruptType: InterruptType.TAG,
    interrupt: { case: 'operationTag', value: target.tag } as const,
  };
}

/** Tables in several pieces came with Spark 4.1. */
function takesChunks(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 4 || (major === 4 && minor >= 1);
}
