import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3';
import { EngineError, UsageError } from '../../errors.ts';

/** A way to an object store, and what its errors need to name. */
export interface S3Store {
  readonly sdk: typeof import('@aws-sdk/client-s3');
  readonly client: S3Client;
  /** Undefined for Amazon's own. */
  readonly endpoint: string | undefined;
  /** No credentials were found: only what is public can be read. */
  readonly anonymous: boolean;
}

/**
 * Opens the store that the usual AWS settings name: `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL`, `AWS_REGION` or
 * `AWS_DEFAULT_REGION`, and the SDK's chain of credentials (variables, profiles, SSO, web identity, containers, EC2).
 * @throws EngineError where credentials are set up but cannot be had; UsageError for an endpoint that is no URL.
 */
export async function openS3(env: NodeJS.ProcessEnv): Promise<S3Store> {
  // The SDK tells on stderr from which version on it will want a newer Node; what is installed here runs on this one.
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const sdk = await import('@aws-sdk/client-s3');
  const endpoint = endpointOf(env);
  const base: S3ClientConfig = {
    region: await regionOf(sdk, env),
    // Amazon names the bucket's own region when asked in another.
    followRegionRedirects: true,
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000, httpsAgent: { maxSockets: 64 } },
    // Other stores seldom have a host name for each bucket.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  };
  const client = new sdk.S3Client(base);
  if (await hasCredentials(client, env)) return { sdk, client, endpoint, anonymous: false };
  client.destroy();
  const unsigned: S3ClientConfig = {
    ...base,
    credentials: { accessKeyId: '', secretAccessKey: '' },
    signer: { sign: async (request) => request },
  };
  return { sdk, client: new sdk.S3Client(unsigned), endpoint, anonymous: true };
}

function endpointOf(env: NodeJS.ProcessEnv): string | undefined {
  const endpoint = env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || undefined;
  if (endpoint !== undefined && !/^https?:\/\/[^/]/i.test(endpoint)) {
    throw new UsageError(
      `AWS_ENDPOINT_URL_S3 is ${endpoint}: expected a URL such as https://minio.example.com:9000.`,
      { endpoint },
    );
  }
  return endpoint;
}

async function regionOf(sdk: typeof import('@aws-sdk/client-s3'), env: NodeJS.ProcessEnv): Promise<string> {
  const named = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  if (named) return named;
  const probe = new sdk.S3Client({});
  // Rejects where neither a variable nor the profile names one; the bucket's own is then learned by redirection.
  return probe.config.region().catch(() => 'us-east-1');
}

async function hasCredentials(client: S3Client, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    await client.config.credentials();
    return true;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    // The end of the chain: nothing is set up at all. Anything else is set up and broken, and must not turn into "public only".
    if (/from any providers/.test(why) && !env.AWS_PROFILE) return false;
    throw new EngineError(
      `The AWS credentials cannot be had: ${why}\nCheck AWS_PROFILE and ~/.aws, or sign in again (aws sso login).`,
      { profile: env.AWS_PROFILE ?? null },
      { cause },
    );
  }
}
