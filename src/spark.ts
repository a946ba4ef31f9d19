// biome-ignore-all lint/performance/noBarrelFile: the entry of refrain/spark.

export type { Target } from './engine/spark/connect/commands.ts';
export type { Field } from './engine/spark/connect/data-type.ts';
export { SparkError, type SparkErrorDetails } from './engine/spark/connect/error.ts';
export type { InterruptTarget } from './engine/spark/connect/interrupt.ts';
export type { LiteralValue } from './engine/spark/connect/literal.ts';
export type { MlClient } from './engine/spark/connect/ml.ts';
export type { MlHandle, MlMethod, MlParameters, MlTransformer } from './engine/spark/connect/ml-plan.ts';
export type { MlMatrix, MlValue } from './engine/spark/connect/ml-value.ts';
export type { Progress } from './engine/spark/connect/progress.ts';
export type { ColumnExpression, Selected } from './engine/spark/connect/projection.ts';
export type { Arguments, Relation, Source } from './engine/spark/connect/relation.ts';
export type { RetryPolicy } from './engine/spark/connect/retry.ts';
export {
  type ConnectOptions,
  connect,
  type RunOptions,
  type SparkSession,
} from './engine/spark/connect/session.ts';
export { EngineError, InterruptedError, RefrainError, UsageError } from './errors.ts';
export {
  type Cell,
  type Column,
  cellOf,
  columnOf,
  numbersOf,
  recordsOf,
  stringsOf,
  type Table,
} from './table/table.ts';
