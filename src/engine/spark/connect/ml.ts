import type { Calls } from './calls.ts';
import { SparkError } from './error.ts';
import { run } from './execution.ts';
import { MlOperator_OperatorType as OperatorType } from './gen/spark/connect/ml_common_pb.ts';
import type { MlCommandResult } from './gen/spark/connect/ml_pb.ts';
import {
  fetchOf,
  type MlCommandInit,
  type MlHandle,
  type MlMethod,
  type MlParameters,
  type MlTransformer,
  operator,
  parameters,
} from './ml-plan.ts';
import { type MlValue, toMlValue } from './ml-value.ts';
import type { Relation, RelationInit } from './relation.ts';

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
