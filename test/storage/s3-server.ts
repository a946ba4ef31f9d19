import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { pythonEnvironment } from '../python-environment.ts';
import { startStandIn } from './stand-in.ts';

/** An S3 server on this machine, empty at first. */
export interface S3Server {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Whom the server takes for the owner of everything. */
export const s3Credentials = { accessKeyId: 'refrain-test', secretAccessKey: 'refrain-test-secret' } as const;

/** A client for preparing what a test finds. */
export function s3Client(endpoint: string): S3Client {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  return new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: s3Credentials });
}

/** The variables with which any AWS client finds the server. */
export function s3Environment(endpoint: string): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: s3Credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: s3Credentials.secretAccessKey,
    // Nothing asks the cloud that this machine may be in.
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

const version = '5.2.5';
/** What moto's server imports for S3 alone; its extra `server` brings the libraries of every other service, too. */
const packages = [`moto[s3]==${version}`, 'flask==3.1.3', 'flask-cors==6.0.5'];

/** Starts PyPI's moto in a process of its own. */
export async function startS3Server(): Promise<S3Server> {
  // By the module: the scripts of a virtual environment hold the path where it was made.
  const python = join(await pythonEnvironment(`moto-${version}`, packages), 'bin', 'python');
  const { announced, stop } = await startStandIn({
    name: 'S3 server',
    file: python,
    args: () => ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'],
    env: { PYTHONUNBUFFERED: '1' },
    isUp: /Running on (http:\/\/127\.0\.0\.1:\d+)/,
  });
  return { endpoint: announced, stop };
}
