import { create, type MessageInitShape } from '@bufbuild/protobuf';
import type { CallOptions, Calls } from './calls.ts';
import { type Field, fieldsOf } from './data-type.ts';
import { SparkError } from './error.ts';
import {
  type AnalyzePlanRequest,
  AnalyzePlanRequestSchema,
  type AnalyzePlanResponse,
  AnalyzePlanRequest_Explain_ExplainMode as ExplainMode,
  SparkConnectService,
} from './gen/spark/connect/base_pb.ts';
import type { Identity } from './identity.ts';
import type { RelationInit } from './relation.ts';

export async function serverVersion(calls: Calls, options: CallOptions): Promise<string> {
  const result = await analyze(calls, { case: 'sparkVersion', value: {} }, options);
  return result.case === 'sparkVersion' ? result.value.version : unexpected(result);
}

export async function schema(calls: Calls, relation: RelationInit, options: CallOptions): Promise<Field[]> {
  const result = await analyze(calls, { case: 'schema', value: { plan: planOf(relation) } }, options);
  const kind = result.case === 'schema' ? result.value.schema?.kind : undefined;
  return kind?.case === 'struct' ? fieldsOf(kind.value) : unexpected(result);
}

export async function inputFiles(
  calls: Calls,
  relation: RelationInit,
  options: CallOptions,
): Promise<string[]> {
  const result = await analyze(calls, { case: 'inputFiles', value: { plan: planOf(relation) } }, options);
  return result.case === 'inputFiles' ? result.value.files : unexpected(result);
}

export async function explain(calls: Calls, relation: RelationInit, options: CallOptions): Promise<string> {
  const value = { plan: planOf(relation), explainMode: ExplainMode.FORMATTED };
  const result = await analyze(calls, { case: 'explain', value }, options);
  return result.case === 'explain' ? result.value.explainString : unexpected(result);
}

type Question = NonNullable<MessageInitShape<typeof AnalyzePlanRequestSchema>['analyze']>;
type Answer = AnalyzePlanResponse['result'];

async function analyze(calls: Calls, question: Question, options: CallOptions): Promise<Answer> {
  // To answer, the server may have to list millions of files.
  const deadline = 10 * calls.timeout;
  const request = (identity: Identity): AnalyzePlanRequest =>
    create(AnalyzePlanRequestSchema, { ...identity, analyze: question });
  const { result } = await calls.unary(SparkConnectService.method.analyzePlan, request, {
    deadline,
    ...options,
  });
  return result;
}

function planOf(value: RelationInit) {
  return { opType: { case: 'root', value } as const };
}

function unexpected({ case: kind }: Answer): never {
  throw new SparkError(`Spark answered with ${kind ?? 'nothing'} to another question.`, {
    errorClass: 'RESULT_BROKEN',
    messageParameters: {},
  });
}
