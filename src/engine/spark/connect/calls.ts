import { randomUUID } from 'node:crypto';
import type { DescMessage, DescMethodUnary, MessageShape } from '@bufbuild/protobuf';
import { create } from '@bufbuild/protobuf';
import { status } from '@grpc/grpc-js';
import { InterruptedError, RefrainError } from '../../../errors.ts';
import type { Channel } from './channel.ts';
import { SparkError } from './error.ts';
import { type Failure, failureOf, isTransient, type SparkFailure } from './failure.ts';
import { FetchErrorDetailsRequestSchema, SparkConnectService } from './gen/spark/connect/base_pb.ts';
import { authority, type Remote } from './remote.ts';
import { Backoff, type RetryPolicy } from './retry.ts';

/** The fields that say in every request whose it is. */
export interface Identity {
  readonly sessionId: string;
  readonly clientType: string;
  readonly userContext: { readonly userId: string; readonly userName: string };
  readonly clientObservedServerSideSessionId?: string;
}

/** What a failed call was about, for its error. */
export interface About {
  readonly sql?: string;
  readonly operationId?: string;
}

export interface CallOptions extends About {
  readonly signal?: AbortSignal;
  /** Milliseconds for each attempt. */
  readonly deadline?: number;
  readonly attempts?: number;
}

const clientType = 'refrain';
const defaultDeadline = 60_000;
const errorDetailsDeadline = 10_000;

/** The calls of one session: signed with its identity, retried, and failing with our own errors. */
export class Calls {
  readonly sessionId: string;
  readonly signal: AbortSignal | undefined;
  readonly channel: Channel;
  readonly #remote: Remote;
  readonly #retry: RetryPolicy;
  #serverSideSessionId: string | undefined;

  constructor(channel: Channel, remote: Remote, retry: RetryPolicy, signal: AbortSignal | undefined) {
    this.channel = channel;
    this.#remote = remote;
    this.#retry = retry;
    this.signal = signal;
    this.sessionId = remote.sessionId ?? randomUUID();
  }

  identity(): Identity {
    const { userId = clientType, userAgent } = this.#remote;
    return {
      sessionId: this.sessionId,
      clientType: userAgent ?? clientType,
      userContext: { userId, userName: userId },
      ...(this.#serverSideSessionId === undefined
        ? {}
        : { clientObservedServerSideSessionId: this.#serverSideSessionId }),
    };
  }

  /** The signal that stops a call: the session's or its own. */
  signalOf(own: AbortSignal | undefined): AbortSignal | undefined {
    if (this.signal === undefined || own === undefined) return this.signal ?? own;
    return AbortSignal.any([this.signal, own]);
  }

  backoff(attempts = this.#retry.attempts): Backoff {
    return new Backoff({ ...this.#retry, attempts }, Number.parseInt(this.sessionId.slice(0, 8), 16));
  }

  /** Calls until it succeeds, fails for good, or the attempts are used up. `request` is made anew for each attempt. */
  async unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: (identity: Identity) => MessageShape<I>,
    options: CallOptions = {},
  ): Promise<MessageShape<O>> {
    const { deadline = defaultDeadline } = options;
    return this.retried(options, (signal) =>
      this.channel.unary(method, request(this.identity()), { deadline, ...(signal && { signal }) }),
    );
  }

  /** @throws SparkError | InterruptedError */
  async retried<R extends object>(
    options: CallOptions,
    attempt: (signal: AbortSignal | undefined) => Promise<R>,
  ): Promise<R> {
    const signal = this.signalOf(options.signal);
    const backoff = this.backoff(options.attempts);
    for (;;) {
      try {
        signal?.throwIfAborted();
        const response = await attempt(signal);
        this.observe(response);
        return response;
      } catch (cause) {
        const failure = failureOf(cause);
        const transient = failure !== undefined && isTransient(failure) && !signal?.aborted;
        if (!transient || !(await this.waited(backoff, failure, signal))) {
          throw await this.errorFrom(cause, options, signal, backoff.failures);
        }
      }
    }
  }

  /** Waits for the next attempt; false when there is none, or nobody waits for it any more. */
  async waited(backoff: Backoff, failure: Failure, signal: AbortSignal | undefined): Promise<boolean> {
    try {
      return await backoff.again(failure.retryAfter, signal);
    } catch (cause) {
      if (signal?.aborted) return false;
      throw cause;
    }
  }

  /**
   * Remembers the server's own name of the session, and notices when it changes.
   *
   * @throws SparkError when the server was restarted: what the session held there is gone.
   */
  observe(response: object): void {
    if (!('serverSideSessionId' in response) || typeof response.serverSideSessionId !== 'string') return;
    const { serverSideSessionId: seen } = response;
    if (seen === '') return;
    if (this.#serverSideSessionId !== undefined && this.#serverSideSessionId !== seen) {
      throw this.#lostSession({ errorClass: 'INVALID_HANDLE.SESSION_CHANGED', messageParameters: {} });
    }
    this.#serverSideSessionId = seen;
  }

  /** Whatever a call threw, as one of our errors. */
  async errorFrom(
    cause: unknown,
    about: About,
    signal: AbortSignal | undefined,
    attempts = 1,
  ): Promise<RefrainError> {
    if (cause instanceof RefrainError) return cause;
    if (signal?.aborted)
      return new InterruptedError('Interrupted: the work on Spark was stopped.', {}, { cause });
    const failure = failureOf(cause);
    if (failure === undefined) throw cause;
    const { spark } = failure;
    if (spark === undefined) return this.#unreachable(failure, about, attempts);
    if (lostSession.test(spark.errorClass)) return this.#lostSession(spark);
    return this.#sparkError(spark, this.#redacted(failure.message), about);
  }

  async #sparkError(spark: SparkFailure, brief: string, about: About): Promise<SparkError> {
    const full = await this.#errorDetails(spark.errorId);
    const root = full?.errors[full.rootErrorIdx ?? 0];
    const throwable = root?.sparkThrowable;
    const sqlState = throwable?.sqlState ?? spark.sqlState;
    const fragment = throwable?.queryContexts.find((context) => context.fragment !== '')?.fragment;
    const message = root?.message ?? brief;
    return new SparkError(`Spark: ${this.#redacted(message)}`, {
      errorClass: throwable?.errorClass ?? spark.errorClass,
      messageParameters: throwable?.messageParameters ?? spark.messageParameters,
      ...(sqlState === undefined ? {} : { sqlState }),
      ...(fragment === undefined ? {} : { fragment }),
      ...shortened(about),
    });
  }

  /** The whole message and its query contexts; undefined when the server cannot tell, since the brief error must still get out. */
  async #errorDetails(errorId: string | undefined) {
    if (errorId === undefined) return undefined;
    const request = create(FetchErrorDetailsRequestSchema, { ...this.identity(), errorId });
    const limits = { deadline: errorDetailsDeadline };
    return this.channel
      .unary(SparkConnectService.method.fetchErrorDetails, request, limits)
      .catch(() => undefined);
  }

  #lostSession({ errorClass, messageParameters }: SparkFailure): SparkError {
    return new SparkError(
      `The session on ${authority(this.#remote)} is gone (${errorClass}): the server was restarted or closed it, and temporary tables and views with it. Connect anew and repeat the work.`,
      { errorClass, messageParameters },
    );
  }

  #unreachable({ code, message }: Failure, about: About, attempts: number): SparkError {
    const name = status[code] ?? `gRPC status ${code}`;
    const tries = attempts > 1 ? ` after ${attempts} attempts` : '';
    const text = this.#redacted(message);
    return new SparkError(
      `Spark at ${authority(this.#remote)} did not answer${tries}: ${name}: ${text}.${advice(code, this.#remote)}`,
      { errorClass: name, messageParameters: {}, ...shortened(about) },
    );
  }

  /** A server or a proxy may echo what it was sent. */
  #redacted(message: string): string {
    const { token } = this.#remote;
    return token === undefined ? message : message.replaceAll(token, '…');
  }
}

const lostSession = /^INVALID_HANDLE\.SESSION_/;
const longestSql = 4000;

function shortened({ sql, operationId }: About): About {
  return {
    ...(sql === undefined ? {} : { sql: sql.slice(0, longestSql) }),
    ...(operationId === undefined ? {} : { operationId }),
  };
}

function advice(code: number, { tls, token }: Remote): string {
  switch (code) {
    case status.UNAUTHENTICATED:
    case status.PERMISSION_DENIED:
      return token === undefined
        ? '\nThe server wants a token: give ;token=… in the URL.'
        : '\nThe server refused the token: is it the right one, and not expired?';
    case status.UNAVAILABLE:
      return `\nIs a Spark Connect server running there, and does it speak ${tls ? 'TLS? Without it, leave use_ssl away.' : 'without TLS? With it, add ;use_ssl=true.'}`;
    case status.RESOURCE_EXHAUSTED:
      return '\nA message was too large: ask for fewer or shorter rows at a time.';
    default:
      return '';
  }
}
