import { randomUUID } from 'node:crypto';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { Calls } from './calls.ts';
import { SparkError } from './error.ts';
import { run } from './execution.ts';
import { MlOperator_OperatorType as OperatorType } from './gen/spark/connect/ml_common_pb.ts';
import type { MlCommandResult, MlCommandSchema } from './gen/spark/connect/ml_pb.ts';
import { type LiteralValue, literalOf } from './literal.ts';
import { type MlValue, toMlValue } from './ml-value.ts';
import type { Relation, RelationInit } from './relation.ts';

/** A fitted model or another object in the server's memory. */
export interface MlHandle {
  readonly id: string;
  /** What Spark had to say about it. */
  readonly warning?: string;
}

/** Parameters by Spark's names; for the types of numbers see LiteralValue: `{ integer: 5 }` for maxDepth, `42n` for a seed. */
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

interface MlOptions {
  readonly signal?: AbortSignal;
}

/** Spark ML on the server. Fitted models take up its memory until they are deleted or the session ends. */
export class MlClient {
  readonly #calls: Calls;

  /** `SparkSession.ml` is the way to one. */
  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /**
   * Fits an estimator.
   *
   * @param estimator its class, such as `org.apache.spark.ml.classification.LogisticRegression`.
   * @throws SparkError | InterruptedError
   */
  async fit(
    estimator: string,
    params: MlParameters,
    dataset: Relation,
    options: MlOptions = {},
  ): Promise<MlHandle> {
    const value = {
      estimator: operator(estimator, OperatorType.ESTIMATOR),
      params: parameters(params),
      dataset: await dataset.plan(options.signal),
    };
    return handleOf(await this.#run({ case: 'fit', value }, options));
  }

  /** The rows of `input` with the columns that a model or a transformer adds. */
  transform(by: MlHandle | MlTransformer, input: Relation): Relation {
    const plan = async (signal?: AbortSignal): Promise<RelationInit> => {
      const fitted = 'id' in by;
      const value = {
        input: await input.plan(signal),
        operator: fitted
          ? ({ case: 'objRef', value: { id: by.id } } as const)
          : ({ case: 'transformer', value: operator(by.name, OperatorType.TRANSFORMER) } as const),
        ...(fitted ? {} : { params: parameters(by.params) }),
      };
      return { relType: { case: 'mlRelation', value: { mlType: { case: 'transform', value } } } };
    };
    return { plan, ...(input.sql === undefined ? {} : { sql: input.sql }) };
  }

  /**
   * Calls methods on an object, each on what the one before gave: `fetch(model, ['summary', 'areaUnderROC'])`.
   *
   * @returns the last one's value.
   */
  async fetch(handle: MlHandle, methods: readonly MlMethod[], options: MlOptions = {}): Promise<MlValue> {
    const { resultType } = await this.#fetch(handle, methods, options);
    return resultType.case === 'param' ? toMlValue(resultType.value) : unexpected('value');
  }

  /** As `fetch`, for methods whose value is one or more objects of the server's, such as `['trees']`. */
  async objects(
    handle: MlHandle,
    methods: readonly MlMethod[],
    options: MlOptions = {},
  ): Promise<readonly MlHandle[]> {
    const { id, ...rest } = handleOf(await this.#fetch(handle, methods, options));
    return id.split(',').map((one) => ({ id: one, ...rest }));
  }

  /** As `fetch`, for methods whose value is a relation, such as `['summary', 'roc']`. */
  relation(handle: MlHandle, methods: readonly MlMethod[]): Relation {
    const plan = async (signal?: AbortSignal): Promise<RelationInit> => {
      const value = await fetchOf(handle, methods, signal);
      return { relType: { case: 'mlRelation', value: { mlType: { case: 'fetch', value } } } };
    };
    return { plan };
  }

  /** Writes a model in Spark's own format. */
  async write(
    handle: MlHandle,
    path: string,
    options: MlOptions & { readonly overwrite?: boolean } = {},
  ): Promise<void> {
    const type = { case: 'objRef', value: { id: handle.id } } as const;
    await this.#run(
      { case: 'write', value: { type, path, shouldOverwrite: options.overwrite === true } },
      options,
    );
  }

  /** @param kind the model's class, such as `org.apache.spark.ml.classification.LogisticRegressionModel`. */
  async read(kind: string, path: string, options: MlOptions = {}): Promise<MlHandle> {
    return handleOf(
      await this.#run(
        { case: 'read', value: { operator: operator(kind, OperatorType.MODEL), path } },
        options,
      ),
    );
  }

  /** @param evaluator such as `org.apache.spark.ml.evaluation.BinaryClassificationEvaluator`. */
  async evaluate(
    evaluator: string,
    params: MlParameters,
    dataset: Relation,
    options: MlOptions = {},
  ): Promise<number> {
    const value = {
      evaluator: operator(evaluator, OperatorType.EVALUATOR),
      params: parameters(params),
      dataset: await dataset.plan(options.signal),
    };
    const { resultType } = await this.#run({ case: 'evaluate', value }, options);
    const metric = resultType.case === 'param' ? toMlValue(resultType.value) : undefined;
    return typeof metric === 'number' ? metric : unexpected('metric');
  }

  /** Frees the server's memory of models and other objects. */
  async delete(...handles: readonly MlHandle[]): Promise<void> {
    await this.#run({ case: 'delete', value: { objRefs: handles.map(({ id }) => ({ id })) } }, {});
  }

  async #fetch(handle: MlHandle, methods: readonly MlMethod[], options: MlOptions): Promise<MlCommandResult> {
    return this.#run({ case: 'fetch', value: await fetchOf(handle, methods, options.signal) }, options);
  }

  async #run(command: MlCommandInit, { signal }: MlOptions): Promise<MlCommandResult> {
    const plan = {
      opType: { case: 'command', value: { commandType: { case: 'mlCommand', value: { command } } } },
    } as const;
    let result: MlCommandResult | undefined;
    for await (const { responseType } of run(this.#calls, { plan, ...(signal && { signal }) })) {
      if (responseType.case === 'mlCommandResult') result = responseType.value;
    }
    return result ?? unexpected('result');
  }
}

type MlCommandInit = NonNullable<MessageInitShape<typeof MlCommandSchema>['command']>;

function operator(name: string, type: OperatorType) {
  return { name, type, uid: `${name.split('.').at(-1)}_${randomUUID().slice(-12)}` };
}

function parameters(params: MlParameters) {
  return {
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, literalOf(value)])),
  };
}

async function fetchOf({ id }: MlHandle, methods: readonly MlMethod[], signal: AbortSignal | undefined) {
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

function handleOf({ resultType }: MlCommandResult): MlHandle {
  if (resultType.case === 'summary') return { id: resultType.value };
  if (resultType.case !== 'operatorInfo' || resultType.value.type.case !== 'objRef')
    return unexpected('model');
  const { type, warningMessage = '' } = resultType.value;
  return { id: type.value.id, ...(warningMessage === '' ? {} : { warning: warningMessage }) };
}

function unexpected(wanted: string): never {
  throw new SparkError(`Spark ML answered without a ${wanted}.`, {
    errorClass: 'RESULT_BROKEN',
    messageParameters: {},
  });
}
