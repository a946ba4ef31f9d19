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
  const cut = new AbortController();
  const stream = responses({ id, calls, operation, signal, cut: cut.signal });
  let end: 'none' | 'reached' | 'not ours' = 'none';
  let atWork = false;
  const observed = () => ({ ended: end !== 'none', atWork });
  const stop = () => stopUntil(observed, calls, id).then(() => cut.abort());
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (let next = await stream.next(); next.done !== true; next = await stream.next()) {
      atWork ||= showsWork(next.value);
      if (!signal?.aborted) yield next.value;
    }
    end = 'reached';
  } catch (cause) {
    end = isTaken(cause) ? 'not ours' : 'reached';
    throw cause;
  } finally {
    signal?.removeEventListener('abort', stop);
    if (end === 'none') {
      stop();
      for await (const response of ignoringErrors(stream)) atWork ||= showsWork(response);
      end = 'reached';
    }
    if (end === 'reached') forget(calls, id);
  }
  if (signal?.aborted) throw new InterruptedError('Interrupted: the work on Spark was stopped.');
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
const stopDeadline = 1_800;
const planningPatience = 1_200;

interface Execution {
  readonly id: string;
  readonly calls: Calls;
  readonly operation: Operation;
  /** What the caller stops the work by. */
  readonly signal: AbortSignal | undefined;
  /** Ends the stream, whether or not the work has stopped. */
  readonly cut: AbortSignal;
}

async function* responses(execution: Execution): AsyncGenerator<ExecutePlanResponse> {
  const { calls, signal, cut } = execution;
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
      if (silent && !(await calls.waited(backoff, silence, cut))) throw silenceError(backoff.failures);
    } catch (cause) {
      const failure = failureOf(cause);
      const unknown = isClass(failure, 'INVALID_HANDLE.OPERATION_NOT_FOUND') && last === undefined;
      const known = isClass(failure, 'INVALID_HANDLE.OPERATION_ALREADY_EXISTS');
      // A first attempt whose stream broke may have come through or not: only the server knows.
      const hopeful =
        failure !== undefined && (isTransient(failure) || ((unknown || known) && backoff.failures > 0));
      if (!hopeful || !(await calls.waited(backoff, failure, cut))) {
        const about = { ...execution.operation, operationId: execution.id };
        throw await calls.errorFrom(cause, about, signal, backoff.failures + (hopeful ? 0 : 1));
      }
      if (unknown) sent = false;
    }
  }
}

function streamOf(
  { calls, id, operation, cut }: Execution,
  sent: boolean,
  last: string | undefined,
): AsyncGenerator<ExecutePlanResponse> {
  return whileAlive(
    (stop) => (sent ? reattach(calls, id, last, stop) : start(calls, id, operation, stop)),
    (stop) => askWhetherAlive(calls, stop),
    calls.timeout / 2,
    cut,
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

/**
 * Asks the server to stop an operation until it has ended or two seconds have passed.
 *
 * It is left alone until it is at work, for a while: Spark forgets an operation that is interrupted while it is planned,
 * but not always the job that it was about to begin, which then runs to its end, out of everybody's reach.
 */
async function stopUntil(
  observed: () => { readonly ended: boolean; readonly atWork: boolean },
  calls: Calls,
  id: string,
): Promise<void> {
  const begin = performance.now();
  for (;;) {
    const { ended, atWork } = observed();
    const elapsed = performance.now() - begin;
    if (ended || elapsed > stopDeadline) return;
    if (atWork || elapsed > planningPatience) {
      await interruptOperation(calls, id, stopDeadline - planningPatience).catch(() => false);
    }
    await sleep(50);
  }
}

function showsWork({ responseType }: ExecutePlanResponse): boolean {
  return responseType.case === 'executionProgress'
    ? responseType.value.stages.length > 0
    : responseType.case === 'arrowBatch';
}

/** Takes what a stream still gives; one whose operation is stopped ends with an error. */
async function* ignoringErrors<T>(stream: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch {
    // Nobody is left to tell.
  }
}
