import { randomUUID } from 'node:crypto';
import type { DescMessage, DescMethodUnary, MessageShape } from '@bufbuild/protobuf';
import { RefrainError } from '../../../errors.ts';
import type { Channel } from './channel.ts';
import { SparkError } from './error.ts';
import { type About, ErrorReader } from './error-reader.ts';
import { type Failure, failureOf, isTransient } from './failure.ts';
import type { Identity } from './identity.ts';
import type { Remote } from './remote.ts';
import { Backoff, type RetryPolicy } from './retry.ts';

export interface CallOptions extends About {
  readonly signal?: AbortSignal;
  /** Milliseconds for an attempt. */
  readonly deadline?: number;
  /** Milliseconds after which no other attempt is begun; the deadline of one unless said. */
  readonly within?: number;
  readonly attempts?: number;
}

export interface CallSettings {
  readonly retry: RetryPolicy;
  /** Milliseconds that a silent server is waited for. */
  readonly timeout: number;
  /** Stops every call of the session. */
  readonly signal?: AbortSignal;
}

const clientType = 'refrain';

/** The calls of one session: signed with its identity, retried, and failing with our own errors. */
export class Calls {
  readonly sessionId: string;
  readonly channel: Channel;
  readonly timeout: number;
  readonly #remote: Remote;
  readonly #settings: CallSettings;
  readonly #errors: ErrorReader;
  #serverSideSessionId: string | undefined;
  #closed = false;

  constructor(channel: Channel, remote: Remote, settings: CallSettings) {
    this.channel = channel;
    this.timeout = settings.timeout;
    this.sessionId = remote.sessionId ?? randomUUID();
    this.#remote = remote;
    this.#settings = settings;
    this.#errors = new ErrorReader(channel, remote, () => this.identity());
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** @throws SparkError when the session was closed. */
  identity(): Identity {
    if (this.#closed) throw closedError();
    const { userId = clientType, userAgent } = this.#remote;
    const observed = this.#serverSideSessionId;
    return {
      sessionId: this.sessionId,
      clientType: userAgent ?? clientType,
      userContext: { userId, userName: userId },
      ...(observed === undefined ? {} : { clientObservedServerSideSessionId: observed }),
    };
  }

  /** The signal that stops a call: the session's or its own. */
  signalOf(own: AbortSignal | undefined): AbortSignal | undefined {
    const { signal } = this.#settings;
    return signal === undefined || own === undefined ? (signal ?? own) : AbortSignal.any([signal, own]);
  }

  backoff(attempts = this.#settings.retry.attempts): Backoff {
    const seed = Number.parseInt(this.sessionId.slice(0, 8), 16);
    return new Backoff({ ...this.#settings.retry, attempts }, seed);
  }

  /**
   * One request, one response.
   *
   * @param request made anew for each attempt.
   * @throws SparkError | InterruptedError
   */
  async unary<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: (identity: Identity) => MessageShape<I>,
    options: CallOptions = {},
  ): Promise<MessageShape<O>> {
    const { deadline = this.timeout } = options;
    return this.retried({ ...options, deadline }, (signal) =>
      this.channel.unary(method, request(this.identity()), { deadline, ...(signal && { signal }) }),
    );
  }

  /**
   * Tries until it succeeds, fails for good, or attempts or time are used up.
   *
   * @throws SparkError | InterruptedError
   */
  async retried<R extends object>(
    { deadline = this.timeout, within = deadline, attempts, ...options }: CallOptions,
    attempt: (signal: AbortSignal | undefined) => Promise<R>,
  ): Promise<R> {
    const signal = this.signalOf(options.signal);
    const backoff = this.backoff(attempts);
    const last = performance.now() + within;
    for (;;) {
      try {
        signal?.throwIfAborted();
        const response = await attempt(signal);
        this.observe(response);
        return response;
      } catch (cause) {
        const failure = failureOf(cause);
        const hopeful = failure !== undefined && isTransient(failure) && performance.now() < last;
        if (!hopeful || !(await this.waited(backoff, failure, signal))) {
          throw await this.errorFrom(cause, options, signal, backoff.failures + (hopeful ? 0 : 1));
        }
      }
    }
  }

  /** Waits for the next attempt; false when there is none, or nobody waits for it any more. */
  async waited(backoff: Backoff, failure: Failure, signal: AbortSignal | undefined): Promise<boolean> {
    if (signal?.aborted) return false;
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
      throw this.#errors.lostSession({ errorClass: 'INVALID_HANDLE.SESSION_CHANGED', messageParameters: {} });
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
    if (this.#closed) return closedError();
    return this.#errors.read(cause, about, signal?.aborted === true, attempts);
  }

  /** Ends every call and the connection. */
  close(): void {
    this.#closed = true;
    this.channel.close();
  }
}

function closedError(): SparkError {
  return new SparkError('The session on Spark is closed: connect anew.', {
    errorClass: 'SESSION_CLOSED',
    messageParameters: {},
  });
}
