import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { cacheFolder } from '../../src/engine/spark/server/cache-folder.ts';
import { withLock } from '../../src/engine/spark/server/lock.ts';
import { runTool } from '../../src/engine/spark/server/run-tool.ts';
import { startStandIn } from './stand-in.ts';

/** An S3 server on this machine, empty at first. */
export interface S3Server {
  readonly endpoint: string;
  /** Signed as the owner of all buckets. */
  readonly client: S3Client;
  /** The variables with which any AWS client finds it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** What moto's server imports for S3 alone; its extra `server` brings the libraries of every other service, too. */
const packages = ['moto[s3]==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5'];

/** Starts PyPI's moto in its own process. */
export async function startS3Server(): Promise<S3Server> {
  // By the module: the scripts of a virtual environment hold the path where it was made.
  const python = join(await installMoto(), 'bin', 'python');
  const standIn = await startStandIn({
    name: 'S3 server',
    file: python,
    args: () => ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'],
    env: { PYTHONUNBUFFERED: '1' },
    isUp: /Running on (http:\/\/127\.0\.0\.1:\d+)/,
  });
  const endpoint = standIn.announced;
  const credentials = { accessKeyId: 'refrain-test', secretAccessKey: 'refrain-test-secret' };
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  return {
    endpoint,
    client,
    env: {
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    stop: async () => {
      client.destroy();
      await standIn.stop();
    },
  };
}

/** A virtual environment in the cache folder, made whole beside and renamed. */
async function installMoto(): Promise<string> {
  const folder = join(cacheFolder(process.env), 'moto-5.2.5');
  await withLock(`${folder}.lock`, new AbortController().signal, async () => {
    if (existsSync(folder)) return;
    process.stderr.write('install moto …\n');
    const partial = `${folder}.partial`;
    await rm(partial, { recursive: true, force: true });
    await run('python3', '-m', 'venv', partial);
    await run(join(partial, 'bin', 'python'), '-m', 'pip', 'install', '--no-input', ...packages);
    await rename(partial, folder);
  });
  return folder;
}

async function run(file: string, ...args: string[]): Promise<void> {
  const signal = new AbortController().signal;
  const result = await runTool(file, args, { env: process.env, signal });
  if (result?.code !== 0) throw new Error(`${file} ${args.join(' ')} failed:\n${result?.output ?? ''}`);
}
