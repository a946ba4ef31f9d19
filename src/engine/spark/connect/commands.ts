import type { MessageInitShape } from '@bufbuild/protobuf';
import { UsageError } from '../../../errors.ts';
import type { ExecutePlanResponse, PlanSchema } from './gen/spark/connect/base_pb.ts';
import { type CommandSchema, WriteOperation_SaveMode as SaveMode } from './gen/spark/connect/commands_pb.ts';
import { quoteIdentifier } from './identifier.ts';
import type { RelationInit } from './relation.ts';

/** Where `write` puts a relation's rows. */
export interface Target {
  /** Such as `parquet`, `csv`, `json`, `noop`. */
  readonly format: string;
  readonly path: string;
  /** What to do when there is something already; `error` unless said. */
  readonly mode?: 'error' | 'overwrite' | 'append';
  readonly partitionBy?: readonly string[];
  readonly options?: Readonly<Record<string, string>>;
}

export type PlanInit = MessageInitShape<typeof PlanSchema>;
type CommandInit = NonNullable<MessageInitShape<typeof CommandSchema>['commandType']>;

export function query(value: RelationInit): PlanInit {
  return { opType: { case: 'root', value } };
}

export function statement(input: RelationInit): PlanInit {
  return command({ case: 'sqlCommand', value: { input } });
}

/**
 * Spark runs statements at once and hands queries back as they came.
 *
 * @throws UsageError when it was a query.
 */
export function refuseQuery({ responseType }: ExecutePlanResponse, sql: string): void {
  if (responseType.case !== 'sqlCommandResult') return;
  if (responseType.value.relation?.relType.case === 'localRelation') return;
  const text = sql.length > 2000 ? `${sql.slice(0, 2000)}…` : sql;
  throw new UsageError(`This is a query, not a statement: ask for its rows with collect.\n${text}`, {
    sql: text,
  });
}

export function createView(name: string, input: RelationInit): PlanInit {
  const value = { input, name: quoteIdentifier(name), isGlobal: false, replace: true };
  return command({ case: 'createDataframeView', value });
}

export function writeFiles(input: RelationInit, target: Target): PlanInit {
  const { format, path, mode = 'error', partitionBy = [], options = {} } = target;
  const value = {
    input,
    source: format,
    saveType: { case: 'path', value: path } as const,
    mode: saveModes[mode],
    partitioningColumns: [...partitionBy],
    options: { ...options },
  };
  return command({ case: 'writeOperation', value });
}

const saveModes = {
  error: SaveMode.ERROR_IF_EXISTS,
  overwrite: SaveMode.OVERWRITE,
  append: SaveMode.APPEND,
} as const;

function command(commandType: CommandInit): PlanInit {
  return { opType: { case: 'command', value: { commandType } } };
}
