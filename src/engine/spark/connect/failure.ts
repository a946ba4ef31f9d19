import { fromBinary } from '@bufbuild/protobuf';
import { Metadata, status } from '@grpc/grpc-js';
import { z } from 'zod';
import {
  type ErrorInfo,
  ErrorInfoSchema,
  RetryInfoSchema,
  StatusSchema,
} from './gen/google/rpc/status_pb.ts';

/** What a failed gRPC call said. */
export interface Failure {
  readonly code: number;
  readonly message: string;
  /** What Spark said, where the error is Spark's. */
  readonly spark?: SparkFailure;
  /** Milliseconds after which the server asks to be tried again. */
  readonly retryAfter?: number;
}

export interface SparkFailure {
  /** Such as TABLE_OR_VIEW_NOT_FOUND; the exception's class name where Spark gives no error class. */
  readonly errorClass: string;
  readonly sqlState?: string;
  readonly messageParameters: Readonly<Record<string, string>>;
  /** Key to FetchErrorDetails. */
  readonly errorId?: string;
}

/** Reads an error that a call threw; undefined for anything but gRPC's. */
export function failureOf(cause: unknown): Failure | undefined {
  const parsed = serviceError.safeParse(cause);
  if (!parsed.success) return undefined;
  const { code, details, metadata } = parsed.data;
  const [trailer] = metadata?.get('grpc-status-details-bin') ?? [];
  if (!Buffer.isBuffer(trailer)) return { code, message: details };
  const failure: { -readonly [K in keyof Failure]: Failure[K] } = { code, message: details };
  for (const { typeUrl, value } of fromBinary(StatusSchema, trailer).details) {
    if (typeUrl.endsWith('/google.rpc.ErrorInfo'))
      failure.spark = sparkFailure(fromBinary(ErrorInfoSchema, value));
    if (typeUrl.endsWith('/google.rpc.RetryInfo')) {
      const { seconds = 0n, nanos = 0 } = fromBinary(RetryInfoSchema, value).retryDelay ?? {};
      failure.retryAfter = Number(seconds) * 1000 + nanos / 1e6;
    }
  }
  return failure;
}

/**
 * Whether the same call may succeed later: the connection or a proxy failed, not Spark. Every error of Spark's own
 * comes as INTERNAL with its class; INTERNAL without one is a broken transport.
 */
export function isTransient({ code, spark, retryAfter }: Failure): boolean {
  if (retryAfter !== undefined) return true;
  if (spark !== undefined) return spark.errorClass === 'INVALID_CURSOR.DISCONNECTED';
  return transientCodes.includes(code);
}

const transientCodes: readonly number[] = [
  status.UNAVAILABLE,
  status.DEADLINE_EXCEEDED,
  status.INTERNAL,
  status.UNKNOWN,
  status.ABORTED,
  status.CANCELLED,
];

const serviceError = z.object({
  code: z.number().int(),
  details: z.string(),
  metadata: z.instanceof(Metadata).optional(),
});

const parameters = z.record(z.string(), z.string());

function sparkFailure({ reason, metadata }: ErrorInfo): SparkFailure {
  const { errorClass, sqlState, messageParameters = '{}', errorId } = metadata;
  return {
    errorClass: errorClass ?? reason.split('.').at(-1) ?? reason,
    messageParameters: parsedParameters(messageParameters),
    ...(sqlState === undefined ? {} : { sqlState }),
    ...(errorId === undefined ? {} : { errorId }),
  };
}

/** Spark cuts long parameters off in the trailer, which may leave no JSON; FetchErrorDetails has them whole. */
function parsedParameters(json: string): Readonly<Record<string, string>> {
  try {
    return parameters.parse(JSON.parse(json));
  } catch {
    return {};
  }
}
