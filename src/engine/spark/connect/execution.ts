import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { status } from '@grpc/grpc-js';
import { InterruptedError, UsageError } from '../../../errors.ts';
import type { Calls } from './calls.ts';
import { SparkError } from './error.ts';
import { type Failure, failureOf, isTransient } from './failure.ts';
import {
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
  readonly signal?: AbortSignal;
}

const releaseDeadline = 10_000;
const interruptDeadline = 2_000;

/**
 * Runs an operation and gives every response exactly once, over as many connections as it takes: when a stream breaks
 * or the server ends it early, it reattaches after the last response that arrived. Leaving the loop early or aborting
 * stops the work on the server.
 *
 * @throws SparkError | InterruptedError
 */
export async function* run(calls: Calls, operation: Operation): AsyncGenerator<ExecutePlanResponse> {
  const signal = calls.signalOf(operation.signal);
  if (signal?.aborted) throw new InterruptedError('Interrupted: nothing was run on Spark.');
  for (const tag of operation.tags ?? []) checkTag(tag);
  const execution: Execution = { id: randomUUID(), calls, operation, signal };
  let settled = false;
  try {
    yield* responses(execution);
    settled = true;
  } catch (cause) {
    settled = !signal?.aborted;
    throw cause;
  } finally {
    if (settled) void release(execution);
    else await stop(execution);
  }
}

/** Asks the server to stop an operation. @returns whether the server knew it as running. */
async function interrupt({ calls, id }: Execution): Promise<boolean> {
  const request = create(InterruptRequestSchema, {
    ...calls.identity(),
    interruptType: InterruptType.OPERATION_ID,
    interrupt: { case: 'operationId', value: id },
  });
  const limits = { deadline: interruptDeadline };
  const { interruptedIds } = await calls.channel.unary(SparkConnectService.method.interrupt, request, limits);
  return interruptedIds.includes(id);
}

/** @throws UsageError for a tag that Spark would not take. */
export function checkTag(tag: string): void {
  if (tag === '' || tag.includes(',')) {
    throw new UsageError(`"${tag}" cannot be a tag on Spark: expected text without a comma.`, { tag });
  }
}

interface Execution {
  readonly id: string;
  readonly calls: Calls;
  readonly operation: Operation;
  readonly signal: AbortSignal | undefined;
}

async function* responses(execution: Execution): AsyncGenerator<ExecutePlanResponse> {
  const { calls, operation, signal, id } = execution;
  const backoff = calls.backoff();
  let last: string | undefined;
  let sent = false;
  for (;;) {
    const stream = sent ? reattach(execution, last) : start(execution);
    sent = true;
    try {
      let quiet = true;
      for await (const response of stream) {
        calls.observe(response);
        if (response.responseId !== '') last = response.responseId;
        quiet = false;
        backoff.reset();
        if (response.responseType.case === 'resultComplete') return;
        yield response;
      }
      // The server ends long streams after two minutes or 1 GB, to be reattached at once; one that stays silent is broken.
      if (quiet && !(await calls.waited(backoff, silence, signal))) throw silenceError(backoff.failures, id);
    } catch (cause) {
      const failure = failureOf(cause);
      const errorClass = failure?.spark?.errorClass ?? '';
      const about = { ...operation, operationId: id };
      if (errorClass === 'INVALID_HANDLE.OPERATION_ALREADY_EXISTS' && backoff.failures > 0) continue;
      if (errorClass === 'INVALID_HANDLE.OPERATION_NOT_FOUND' && last === undefined && backoff.failures > 0) {
        sent = false;
        continue;
      }
      const transient = failure !== undefined && isTransient(failure) && !signal?.aborted;
      if (!transient || !(await calls.waited(backoff, failure, signal))) {
        throw await calls.errorFrom(cause, about, signal, backoff.failures);
      }
    }
  }
}

const silence: Failure = { code: status.UNAVAILABLE, message: 'The stream ended without a response.' };

function silenceError(times: number, operationId: string): SparkError {
  return new SparkError(`Spark ended the operation's stream ${times} times without a response.`, {
    errorClass: 'UNAVAILABLE',
    messageParameters: {},
    operationId,
  });
}

function start({ calls, operation, signal, id }: Execution): AsyncGenerator<ExecutePlanResponse> {
  const request = create(ExecutePlanRequestSchema, {
    ...calls.identity(),
    operationId: id,
    plan: operation.plan,
    tags: [...(operation.tags ?? [])],
    requestOptions: [
      { requestOption: { case: 'reattachOptions', value: { reattachable: true } } },
      { requestOption: { case: 'resultChunkingOptions', value: { allowArrowBatchChunking: true } } },
    ],
  });
  return calls.channel.serverStream(SparkConnectService.method.executePlan, request, signal);
}

function reattach(
  { calls, signal, id }: Execution,
  last: string | undefined,
): AsyncGenerator<ExecutePlanResponse> {
  const request = create(ReattachExecuteRequestSchema, {
    ...calls.identity(),
    operationId: id,
    ...(last === undefined ? {} : { lastResponseId: last }),
  });
  return calls.channel.serverStream(SparkConnectService.method.reattachExecute, request, signal);
}

/** Lets the server forget a finished operation. Where that fails, it forgets by itself after some minutes. */
async function release({ calls, id }: Execution): Promise<void> {
  const request = create(ReleaseExecuteRequestSchema, {
    ...calls.identity(),
    operationId: id,
    release: { case: 'releaseAll', value: {} },
  });
  const limits = { deadline: releaseDeadline };
  await calls.channel
    .unary(SparkConnectService.method.releaseExecute, request, limits)
    .catch(() => undefined);
}

/** Stops an operation that nobody waits for. It may not be known to the server yet, hence more than one try. */
async function stop(execution: Execution): Promise<void> {
  for (const pause of [50, 200, 0]) {
    const found = await interrupt(execution).catch(() => true);
    if (found) break;
    await sleep(pause);
  }
  await release(execution);
}
