import { randomUUID } from 'node:crypto';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { MlOperator_OperatorType as OperatorType } from './gen/spark/connect/ml_common_pb.ts';
import type { MlCommandSchema } from './gen/spark/connect/ml_pb.ts';
import { type LiteralValue, literalOf } from './literal.ts';
import type { Relation } from './relation.ts';

/** A fitted model or another object in the server's memory. */
export interface MlHandle {
  readonly id: string;
  /** What Spark had to say about it. */
  readonly warning?: string;
}

/** Parameters by Spark's names. Spark takes a number for what the parameter is, so `maxDepth: 5` will do; a seed beyond 2^53 is a bigint. */
export type MlParameters = Readonly<Record<string, LiteralValue>>;

/** A transformer that needs no fitting, such as `org.apache.spark.ml.feature.VectorAssembler`. */
export interface MlTransformer {
  readonly name: string;
  readonly params: MlParameters;
}

/** A method to call on an object of the server's, with its arguments. */
export type MlMethod =
  | string
  | { readonly method: string; readonly args: readonly (LiteralValue | Relation)[] };

export type MlCommandInit = NonNullable<MessageInitShape<typeof MlCommandSchema>['command']>;

export function operator(name: string, type: OperatorType) {
  return { name, type, uid: `${name.split('.').at(-1)}_${randomUUID().slice(-12)}` };
}

export function parameters(params: MlParameters) {
  return {
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, literalOf(value)])),
  };
}

export async function fetchOf(
  { id }: MlHandle,
  methods: readonly MlMethod[],
  signal: AbortSignal | undefined,
) {
  const calls = methods.map(async (call) => {
    if (typeof call === 'string') return { method: call };
    const args = call.args.map(async (value) =>
      isRelation(value)
        ? { argsType: { case: 'input', value: await value.plan(signal) } as const }
        : { argsType: { case: 'param', value: literalOf(value) } as const },
    );
    return { method: call.method, args: await Promise.all(args) };
  });
  return { objRef: { id }, methods: await Promise.all(calls) };
}

function isRelation(value: LiteralValue | Relation): value is Relation {
  return typeof value === 'object' && value !== null && 'plan' in value;
}
