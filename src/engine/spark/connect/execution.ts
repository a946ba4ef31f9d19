import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { InterruptedError, UsageError } from '../../../errors.ts';
import { whileAlive } from './alive.ts';
import type { Calls } from './calls.ts';
import { SparkError } from './error.ts';
import { type Failure, failureOf, isTransient } from './failure.ts';
import type { ExecutePlanResponse } from './gen/spark/connect/base_pb.ts';
import {
  askWhetherAlive,
  interruptOperation,
  type Operation,
  reattach,
  release,
  start,
} from './operation-calls.ts';

/**
 * Runs an operation and gives every response exactly once, over as many connections as it takes: when a stream breaks
 * or the server ends it early, it reattaches after the last response that arrived. Leaving the loop early or aborting
 * stops the work on the server, and waits for that two seconds at most.
 *
 * @throws SparkError | InterruptedError
 */
export async function* run(calls: Calls, operation: Operation): AsyncGenerator<ExecutePlanResponse> {
  const signal = calls.signalOf(operation.signal);
  if (signal?.aborted) throw new InterruptedError('Interrupted: nothing was run on Spark.');
  for (const tag of operation.tags ?? []) checkTag(tag);
  const { operationId: id = randomUUID() } = operation;
  let end: 'left' | 'over' | 'not ours' = 'left';
  try {
    yield* responses({ id, calls, operation, signal });
    end = 'over';
  } catch (cause) {
    if (!signal?.aborted) end = isTaken(cause) ? 'not ours' : 'over';
    throw cause;
  } finally {
    if (end === 'left') await stop(calls, id);
    if (end !== 'not ours') forget(calls, id);
  }
}

/** @throws UsageError for a tag that Spark would not take. */
export function checkTag(tag: string): void {
  if (tag !== '' && !tag.includes(',')) return;
  throw new UsageError(`"${tag}" cannot be a tag on Spark: expected text without a comma.`, { tag });
}

/** Whether the caller gave the id of another operation, which must not suffer for it. */
function isTaken(cause: unknown): boolean {
  return (
    cause instanceof SparkError && cause.details.errorClass === 'INVALID_HANDLE.OPERATION_ALREADY_EXISTS'
  );
}

/** Lets the server drop what it keeps of an operation; where that fails it does so by itself, after some minutes. */
function forget(calls: Calls, id: string): void {
  release(calls, id, releaseDeadline).catch(() => undefined);
}

const releaseDeadline = 10_000;

interface Execution {
  readonly id: string;
  readonly calls: Calls;
  readonly operation: Operation;
  readonly signal: AbortSignal | undefined;
}

async function* responses(execution: Execution): AsyncGenerator<ExecutePlanResponse> {
  const { calls, signal } = execution;
  const backoff = calls.backoff();
  let last: string | undefined;
  let sent = false;
  for (;;) {
    try {
      const stream = streamOf(execution, sent, last);
      sent = true;
      let silent = true;
      for await (const response of stream) {
        calls.observe(response);
        if (response.responseId !== '') last = response.responseId;
        silent = false;
        backoff.reset();
        if (response.responseType.case === 'resultComplete') return;
        yield response;
      }
      // The server ends long streams, to be reattached at once; one without a response is broken.
      if (silent && !(await calls.waited(backoff, silence, signal))) throw silenceError(backoff.failures);
    } catch (cause) {
      const failure = failureOf(cause);
      const unknown = isClass(failure, 'INVALID_HANDLE.OPERATION_NOT_FOUND') && last === undefined;
      const known = isClass(failure, 'INVALID_HANDLE.OPERATION_ALREADY_EXISTS');
      // A first attempt whose stream broke may have come through or not: only the server knows.
      const hopeful =
        failure !== undefined && (isTransient(failure) || ((unknown || known) && backoff.failures > 0));
      if (!hopeful || !(await calls.waited(backoff, failure, signal))) {
        const about = { ...execution.operation, operationId: execution.id };
        throw await calls.errorFrom(cause, about, signal, backoff.failures + (hopeful ? 0 : 1));
      }
      if (unknown) sent = false;
    }
  }
}

function streamOf(
  { calls, id, operation, signal }: Execution,
  sent: boolean,
  last: string | undefined,
): AsyncGenerator<ExecutePlanResponse> {
  return whileAlive(
    (stop) => (sent ? reattach(calls, id, last, stop) : start(calls, id, operation, stop)),
    (stop) => askWhetherAlive(calls, stop),
    calls.timeout / 2,
    signal,
  );
}

function isClass(failure: Failure | undefined, errorClass: string): boolean {
  return failure?.spark?.errorClass === errorClass;
}

const silence: Failure = { code: status.UNAVAILABLE, message: 'The stream ended without a response.' };

function silenceError(times: number): SparkError {
  return new SparkError(`Spark ended the operation's stream ${times} times without a response.`, {
    errorClass: 'UNAVAILABLE',
    messageParameters: {},
  });
}

/** Stops an operation that nobody waits for, in less than two seconds. The server may not know it yet, hence more than one try. */
async function stop(calls: Calls, id: string): Promise<void> {
  for (const pause of [50, 150, 300]) {
    const found = await interruptOperation(calls, id, 1000).catch(() => undefined);
    if (found !== false) break;
    await sleep(pause);
  }
}
