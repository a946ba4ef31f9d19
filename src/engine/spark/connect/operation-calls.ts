import { create, type MessageInitShape } from '@bufbuild/protobuf';
import type { Calls } from './calls.ts';
import {
  AnalyzePlanRequestSchema,
  ExecutePlanRequestSchema,
  type ExecutePlanResponse,
  InterruptRequestSchema,
  InterruptRequest_InterruptType as InterruptType,
  type PlanSchema,
  ReattachExecuteRequestSchema,
  ReleaseExecuteRequestSchema,
  SparkConnectService,
} from './gen/spark/connect/base_pb.ts';

/** What is run, and what its errors tell of it. */
export interface Operation {
  readonly plan: MessageInitShape<typeof PlanSchema>;
  readonly sql?: string;
  readonly tags?: readonly string[];
  /** A UUID; a random one unless given. */
  readonly operationId?: string;
  readonly signal?: AbortSignal;
}

const { method } = SparkConnectService;

export function start(
  calls: Calls,
  operationId: string,
  { plan, tags = [] }: Operation,
  signal: AbortSignal,
): AsyncGenerator<ExecutePlanResponse> {
  const request = create(ExecutePlanRequestSchema, {
    ...calls.identity(),
    operationId,
    plan,
    tags: [...tags],
    requestOptions: [
      { requestOption: { case: 'reattachOptions', value: { reattachable: true } } },
      { requestOption: { case: 'resultChunkingOptions', value: { allowArrowBatchChunking: true } } },
    ],
  });
  return calls.channel.serverStream(method.executePlan, request, signal);
}

/** @param last id of the last response that arrived; the stream goes on after it. */
export function reattach(
  calls: Calls,
  operationId: string,
  last: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<ExecutePlanResponse> {
  const request = create(ReattachExecuteRequestSchema, {
    ...calls.identity(),
    operationId,
    ...(last === undefined ? {} : { lastResponseId: last }),
  });
  return calls.channel.serverStream(method.reattachExecute, request, signal);
}

/** Lets the server forget an operation, and end it when it runs. */
export async function release(calls: Calls, operationId: string, deadline: number): Promise<void> {
  const request = create(ReleaseExecuteRequestSchema, {
    ...calls.identity(),
    operationId,
    release: { case: 'releaseAll', value: {} },
  });
  await calls.channel.unary(method.releaseExecute, request, { deadline });
}

/** Asks the server to stop an operation. @returns whether the server knew it as running. */
export async function interruptOperation(
  calls: Calls,
  operationId: string,
  deadline: number,
): Promise<boolean> {
  const request = create(InterruptRequestSchema, {
    ...calls.identity(),
    interruptType: InterruptType.OPERATION_ID,
    interrupt: { case: 'operationId', value: operationId },
  });
  const { interruptedIds } = await calls.channel.unary(method.interrupt, request, { deadline });
  return interruptedIds.includes(operationId);
}

/** @throws SparkError when the server does not answer, tried three times. */
export async function askWhetherAlive(calls: Calls, signal: AbortSignal): Promise<void> {
  await calls.unary(
    method.analyzePlan,
    (identity) =>
      create(AnalyzePlanRequestSchema, { ...identity, analyze: { case: 'sparkVersion', value: {} } }),
    { signal, deadline: calls.timeout / 3, within: calls.timeout, attempts: 3 },
  );
}
