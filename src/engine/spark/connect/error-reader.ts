import { create } from '@bufbuild/protobuf';
import { status } from '@grpc/grpc-js';
import { InterruptedError, type RefrainError } from '../../../errors.ts';
import type { Channel } from './channel.ts';
import { SparkError } from './error.ts';
import { type Failure, failureOf, type SparkFailure } from './failure.ts';
import {
  type FetchErrorDetailsResponse_Error as ErrorDetails,
  FetchErrorDetailsRequestSchema,
  type FetchErrorDetailsResponse,
  SparkConnectService,
} from './gen/spark/connect/base_pb.ts';
import type { Identity } from './identity.ts';
import { authority, type Remote } from './remote.ts';

/** What a failed call was about, for its error. */
export interface About {
  readonly sql?: string;
  readonly operationId?: string;
}

const deadline = 10_000;
const longestSql = 4000;

/** Turns what gRPC and Spark say about a failure into our errors, none of which holds the token. */
export class ErrorReader {
  readonly #channel: Channel;
  readonly #remote: Remote;
  readonly #identity: () => Identity;

  constructor(channel: Channel, remote: Remote, identity: () => Identity) {
    this.#channel = channel;
    this.#remote = remote;
    this.#identity = identity;
  }

  /** @param attempts how often it was tried. */
  async read(cause: unknown, about: About, aborted: boolean, attempts: number): Promise<RefrainError> {
    if (aborted) return new InterruptedError('Interrupted: the work on Spark was stopped.', {}, { cause });
    const failure = failureOf(cause);
    if (failure === undefined) throw cause;
    const { spark, message } = failure;
    if (spark === undefined) return this.#unreachable(failure, about, attempts);
    if (lost.test(spark.errorClass)) return this.lostSession(spark);
    return this.#refused(spark, message, about);
  }

  lostSession({ errorClass, messageParameters }: SparkFailure): SparkError {
    return new SparkError(
      `The session on ${authority(this.#remote)} is gone (${errorClass}): the server was restarted or closed it, and its temporary tables and views are gone with it. Connect anew and repeat the work.`,
      { errorClass, messageParameters },
    );
  }

  async #refused(spark: SparkFailure, brief: string, about: About): Promise<SparkError> {
    const details = tellingError(await this.#details(spark.errorId));
    const throwable = details?.sparkThrowable;
    const sqlState = throwable?.sqlState ?? spark.sqlState;
    const fragment = throwable?.queryContexts.find((context) => context.fragment !== '')?.fragment;
    // Spark 4.0 loses the messages of errors inside Spark ML.
    const message = (details?.message || brief).trim() || `${spark.errorClass}, and no message`;
    return new SparkError(`Spark: ${this.#redacted(message)}`, {
      errorClass: throwable?.errorClass ?? spark.errorClass,
      messageParameters: throwable?.messageParameters ?? spark.messageParameters,
      ...(sqlState === undefined ? {} : { sqlState }),
      ...(fragment === undefined ? {} : { fragment }),
      ...shortened(about),
    });
  }

  /** The whole message and its query contexts; undefined when the server cannot tell, since the brief error must still get out. */
  async #details(errorId: string | undefined): Promise<FetchErrorDetailsResponse | undefined> {
    if (errorId === undefined) return undefined;
    const request = create(FetchErrorDetailsRequestSchema, { ...this.#identity(), errorId });
    const { fetchErrorDetails } = SparkConnectService.method;
    return this.#channel.unary(fetchErrorDetails, request, { deadline }).catch(() => undefined);
  }

  #unreachable({ code, message }: Failure, about: About, attempts: number): SparkError {
    const name = status[code] ?? `gRPC status ${code}`;
    const tries = attempts > 1 ? ` after ${attempts} attempts` : '';
    const text = essence(this.#redacted(message));
    return new SparkError(
      `Spark at ${authority(this.#remote)} did not answer${tries}: ${name}: ${text}.${advice(code, message, this.#remote)}`,
      { errorClass: name, messageParameters: {}, ...shortened(about) },
    );
  }

  /** A server or a proxy may echo what it was sent. */
  #redacted(message: string): string {
    const { token } = this.#remote;
    return token === undefined ? message : message.replaceAll(token, '…');
  }
}

/** Without what gRPC wraps around the reason. */
function essence(message: string): string {
  const [, reason = message] =
    /^No connection established\. Last error: (?:Error: )?(.*?)\.? Resolution note:/s.exec(message) ?? [];
  return reason.replace(/\.$/, '');
}

const lost = /^INVALID_HANDLE\.SESSION_/;

/** The error, or the first of its causes that has an error class, or else the first with a message. */
function tellingError(details: FetchErrorDetailsResponse | undefined): ErrorDetails | undefined {
  const chain: ErrorDetails[] = [];
  let next = details?.rootErrorIdx;
  while (next !== undefined && chain.length <= (details?.errors.length ?? 0)) {
    const error = details?.errors[next];
    if (error !== undefined) chain.push(error);
    next = error?.causeIdx;
  }
  return (
    chain.find(({ sparkThrowable }) => sparkThrowable?.errorClass !== undefined) ??
    chain.find(({ message }) => message !== '')
  );
}

function shortened({ sql, operationId }: About): About {
  return {
    ...(sql === undefined ? {} : { sql: sql.slice(0, longestSql) }),
    ...(operationId === undefined ? {} : { operationId }),
  };
}

function advice(code: number, message: string, { tls, token }: Remote): string {
  switch (code) {
    case status.UNAUTHENTICATED:
    case status.PERMISSION_DENIED:
      return token === undefined
        ? '\nThe server wants a token: give ;token=… in the URL.'
        : '\nThe server refused the token: is it the right one, and not expired?';
    case status.UNAVAILABLE:
      if (/certificate|self.signed|altname/i.test(message)) {
        return "\nThe server's certificate is not trusted: give the authority that signed it as certificateAuthority.";
      }
      return tls
        ? '\nIs a Spark Connect server running there, and does it speak TLS? If not, leave use_ssl away.'
        : '\nIs a Spark Connect server running there, and does it speak without TLS? If not, add ;use_ssl=true.';
    case status.RESOURCE_EXHAUSTED:
      return '\nA message was larger than client or server allow: ask for fewer or shorter rows at a time.';
    default:
      return '';
  }
}
