import { EngineError, InputError, InterruptedError, RefrainError } from '../../errors.ts';
import type { S3Store } from './client.ts';

/** An error of the store or of the way to it as one of ours, with what can be done. */
export function s3Error(
  cause: unknown,
  url: string,
  store: Pick<S3Store, 'anonymous' | 'endpoint'>,
  signal: AbortSignal,
): RefrainError {
  if (cause instanceof RefrainError) return cause;
  if (signal.aborted) return new InterruptedError('Interrupted: nothing was changed.', {}, { cause });
  const error = describe(cause);
  const where = store.endpoint === undefined ? '' : ` at ${store.endpoint}`;
  const details = { url, code: error.code, status: error.status, endpoint: store.endpoint ?? null };
  const missing = MISSING[error.code];
  if (missing !== undefined) return new InputError(`${missing}${where}: ${url}.`, details, { cause });
  const advice =
    error.status === 403 && !(error.code in ADVICE) ? denied(store.anonymous) : ADVICE[error.code];
  const said = error.message === '' || error.message === 'UnknownError' ? '' : ` (${error.message})`;
  return new EngineError(
    `Cannot read ${url}${where}: ${advice ?? 'the store answered'} ${error.code}${said}.`,
    details,
    { cause },
  );
}

/** The object is not, or no longer, what was listed. */
export function changedObject(url: string, what: string): EngineError {
  return new EngineError(
    `${url} ${what} while it was read: nothing of it was kept. Read it again once nothing writes to it.`,
    { url },
  );
}

/** Whether the store answered that there is no object of that key. */
export function isMissingKey(cause: unknown): boolean {
  const { code, status } = describe(cause);
  return status === 404 && code !== 'NoSuchBucket';
}

/** Whether the object is another one than the ETag names. */
export function isPreconditionFailed(cause: unknown): boolean {
  return describe(cause).status === 412;
}

/** Whether the store will not say, or not give. */
export function isForbidden(cause: unknown): boolean {
  return describe(cause).status === 403;
}

interface Description {
  readonly code: string;
  readonly message: string;
  readonly status: number | null;
}

function describe(cause: unknown): Description {
  if (!(cause instanceof Error)) return { code: 'Unknown', message: String(cause), status: null };
  const status = '$metadata' in cause ? statusOf(cause.$metadata) : null;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : codeOf(cause.name, status);
  return { code, message: cause.message, status };
}

/** Answers to HEAD have no body, and so no name. */
function codeOf(name: string, status: number | null): string {
  if (name !== 'Unknown' && name !== 'UnknownError' && name !== 'Error') return name;
  return status === null ? name : `HTTP ${status}`;
}

function statusOf(metadata: unknown): number | null {
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}

function denied(anonymous: boolean): string {
  return anonymous
    ? 'no AWS credentials were found, and it is not public. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. The store says'
    : 'these credentials may not read it (s3:GetObject and s3:ListBucket are needed). The store says';
}

const MISSING: Readonly<Record<string, string>> = {
  NoSuchBucket: 'There is no such bucket',
  NoSuchKey: 'There is no such object',
};

const UNREACHABLE = 'the store cannot be reached. Check AWS_ENDPOINT_URL_S3 and the network:';

const ADVICE: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: 'the store does not know the access key. Check AWS_ACCESS_KEY_ID:',
  SignatureDoesNotMatch: 'the secret key is wrong. Check AWS_SECRET_ACCESS_KEY:',
  ExpiredToken: 'the session has ended. Sign in again (aws sso login):',
  ExpiredTokenException: 'the session has ended. Sign in again (aws sso login):',
  RequestTimeTooSkewed: "this machine's clock is wrong. Set it:",
  PermanentRedirect: 'the bucket is in another region. Set AWS_REGION to it:',
  AuthorizationHeaderMalformed: 'the region is wrong. Set AWS_REGION to the one of the bucket:',
  InvalidObjectState: 'it is archived. Restore it first (aws s3api restore-object):',
  InvalidBucketName: 'that is no name of a bucket:',
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  TimeoutError: UNREACHABLE,
  ECONNRESET: 'the connection broke again and again:',
};
