import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ProgressEvent, silentEffects } from '../../../src/effects.ts';
import { type DownloadOptions, downloadS3 } from '../../../src/engine/s3/download.ts';
import { EngineError, InputError, InterruptedError, UsageError } from '../../../src/errors.ts';
import { type S3Server, s3Client, s3Environment, startS3Server } from '../../storage/s3-server.ts';
import { type FaultyProxy, startFaultyProxy } from './faulty-proxy.ts';

let server: S3Server;
let client: S3Client;
let proxy: FaultyProxy;
let folder: string;
let buckets = 0;
let bucket: string;

beforeAll(async () => {
  server = await startS3Server();
  client = s3Client(server.endpoint);
  proxy = await startFaultyProxy(server.endpoint);
});
afterAll(async () => {
  await proxy.close();
  client.destroy();
  await server.stop();
});
beforeEach(async () => {
  proxy.reset();
  for (const [name, value] of Object.entries(s3Environment(server.endpoint))) vi.stubEnv(name, value);
  folder = await mkdtemp(join(tmpdir(), 'refrain-s3-'));
  bucket = `bucket-${++buckets}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const put = (Key: string, Body: string | Uint8Array, more: Partial<PutObjectCommandInput> = {}) =>
  client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Buffer.from(Body), ...more }));

const fetchAll = (paths: readonly string[], options: DownloadOptions = {}, effects = silentEffects) =>
  downloadS3(
    paths.map((path) => (path.includes('://') ? path : `s3://${bucket}/${path}`)),
    folder,
    options,
    effects,
  );

const throughProxy = () => vi.stubEnv('AWS_ENDPOINT_URL_S3', proxy.endpoint);

const keysOf = async (...paths: string[]) => {
  const { files } = await fetchAll(paths);
  await Promise.all(files.map((file) => rm(file.path)));
  return files.map((file) => file.url.slice(`s3://${bucket}/`.length));
};

const megabytes = (n: number) => {
  const bytes = Buffer.alloc(n << 20);
  for (let i = 0; i < bytes.length; i += 4) bytes.writeUInt32LE((i * 2_654_435_761) >>> 0, i);
  return bytes;
};

describe('what a URL names', () => {
  beforeEach(async () => {
    const keys = [
      'a.json',
      'a.json.old/b.json',
      'logs/1.json',
      'logs/2.csv',
      'logs/deep/3.json',
      'logsx/4.json',
    ];
    for (const key of [...keys, 'logs/_SUCCESS', 'logs/_temporary/5.json', 'logs/.hidden.json', 'logs/']) {
      await put(key, key.endsWith('/') ? '' : `${key}\n`);
    }
  });

  test('one object', async () => {
    const { files, notes } = await fetchAll(['a.json']);
    expect(files).toEqual([
      {
        url: `s3://${bucket}/a.json`,
        path: join(folder, '00000-a.json'),
        bytes: 7,
        etag: expect.any(String),
      },
    ]);
    expect(notes).toEqual([]);
    expect(await readFile(files[0].path, 'utf8')).toBe('a.json\n');
  });

  test('a folder with all below it, but neither hidden objects nor markers of folders', async () => {
    expect(await keysOf('logs/')).toEqual(['logs/1.json', 'logs/2.csv', 'logs/deep/3.json']);
    expect(await keysOf(`s3a://${bucket}/logs`)).toEqual(['logs/1.json', 'logs/2.csv', 'logs/deep/3.json']);
  });

  test('a bucket', async () => {
    expect(await keysOf(`s3://${bucket}`)).toEqual([
      'a.json',
      'a.json.old/b.json',
      'logs/1.json',
      'logs/2.csv',
      'logs/deep/3.json',
      'logsx/4.json',
    ]);
  });

  test('a glob', async () => {
    expect(await keysOf('logs/*')).toEqual(['logs/1.json', 'logs/2.csv']);
    expect(await keysOf('log*/*.json')).toEqual(['logs/1.json', 'logsx/4.json']);
    expect(await keysOf('**/[13].json')).toEqual(['logs/1.json', 'logs/deep/3.json']);
    expect(await keysOf('logs/_temp*/*')).toEqual(['logs/_temporary/5.json']);
  });

  test('only objects of the kinds that are asked for; one that is named itself in any case', async () => {
    const accept = (key: string) => key.endsWith('.json');
    const found = await fetchAll(['logs/'], { accept });
    expect(found.files.map((file) => basename(file.url))).toEqual(['1.json', '3.json']);
    expect(found.notes).toEqual([`s3://${bucket}/logs/: 1 object of other kinds passed over.`]);
    expect((await fetchAll(['logs/2.csv'], { accept })).files).toHaveLength(1);
    await expect(fetchAll(['logs/*.csv'], { accept })).rejects.toThrow(
      /no such match.*1 object of other kinds/,
    );
  });

  test('an object that two URLs name comes once', async () => {
    const { files, notes } = await fetchAll(['logs/1.json', 'logs/*.json']);
    expect(files).toHaveLength(1);
    expect(notes).toEqual([`s3://${bucket}/logs/1.json was given twice and is read once.`]);
  });

  test('nothing', async () => {
    await expect(fetchAll(['none.json'])).rejects.toThrow(InputError);
    await expect(fetchAll(['none.json'])).rejects.toThrow(
      `There is no such object or folder: s3://${bucket}/none.json`,
    );
    await expect(fetchAll(['none-*.json'])).rejects.toThrow(/There is no such match/);
    await expect(fetchAll(['s3://no-such-bucket-here/a.json'])).rejects.toThrow(
      `There is no such bucket at ${server.endpoint}: s3://no-such-bucket-here/a.json.`,
    );
    await expect(fetchAll(['https://example.org/a.json'])).rejects.toThrow(UsageError);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('copies', () => {
  test('large and compressed objects keep every byte', async () => {
    const large = megabytes(20);
    const packed = gzipSync('{"a":1}\n');
    await put('large.json', large);
    await put('packed.JSON.gz', packed);
    await put('empty.json', '');
    const events: ProgressEvent[] = [];
    const effects = { ...silentEffects, progress: (event: ProgressEvent) => events.push(event) };
    const { files } = await fetchAll([''], {}, effects);
    expect(files.map((file) => basename(file.path))).toEqual([
      '00000-empty.json',
      '00001-large.json',
      '00002-packed.JSON.gz',
    ]);
    expect(await readFile(files[0].path)).toHaveLength(0);
    expect((await readFile(files[1].path)).equals(large)).toBe(true);
    expect((await readFile(files[2].path)).equals(packed)).toBe(true);
    const total = large.length + packed.length;
    expect(events[0]).toEqual({ stage: 'download', done: 0, total, unit: 'bytes' });
    expect(events.at(-1)).toEqual({ stage: 'download', done: total, total, unit: 'bytes' });
  });

  test('more small objects than a page of the listing holds come in the order of their keys', async () => {
    const names = Array.from({ length: 1010 }, (_, i) => `part-${String(i).padStart(5, '0')}.json`);
    for (let i = 0; i < names.length; i += 50) {
      await Promise.all(names.slice(i, i + 50).map((name) => put(name, `{"n":"${name}"}\n`)));
    }
    const isWanted = (key: string) => key.endsWith('7.json');
    const { files, notes } = await fetchAll(['part-*.json'], { accept: isWanted });
    expect(files.map((file) => basename(file.url))).toEqual(names.filter(isWanted));
    expect(notes).toEqual([expect.stringContaining(': 909 objects of other kinds')]);
    for (const file of files) {
      expect(await readFile(file.path, 'utf8')).toBe(`{"n":"${basename(file.url)}"}\n`);
    }
  });

  test('hostile keys are read as they are written, and their files have harmless names', async () => {
    const keys = [
      'a b.json',
      'a%20b.json',
      'a+b.json',
      `quote'"\`$(x).json`,
      'é🎵\u0001.json',
      '../../up.json',
      'glob[1]*?{a}.json',
      'back\\slash.json',
      `${'long'.repeat(200)}.json`,
    ];
    for (const key of keys) await put(`x/${key}`, key);
    const { files } = await fetchAll(['x/']);
    const contents = await Promise.all(files.map((file) => readFile(file.path, 'utf8')));
    // A part of a key that begins with a dot hides it.
    expect(contents.toSorted()).toEqual(keys.filter((key) => !key.startsWith('.')).toSorted());
    for (const [i, file] of files.entries()) {
      expect(file.url).toBe(`s3://${bucket}/x/${contents[i]}`);
      expect(basename(file.path)).toMatch(/^\d{5}-[\w.=-]{1,100}$/);
      expect(file.path.endsWith('.json')).toBe(true);
    }
    for (const key of keys) {
      const [file] = (
        await downloadS3([`s3://${bucket}/x/${key}`], await mkdtemp(join(folder, 'one-')), {}, silentEffects)
      ).files;
      expect(await readFile(file.path, 'utf8')).toBe(key);
    }
  });
});

describe('when something goes wrong', () => {
  test('a stream that breaks is taken up where it broke', async () => {
    const content = megabytes(12);
    await put('a.json', content);
    throughProxy();
    proxy.breakAfter([3_000_000, 10, 500_000]);
    const { files } = await fetchAll(['a.json']);
    expect((await readFile(files[0].path)).equals(content)).toBe(true);
    expect(proxy.broken).toBe(3);
  });

  test('a stream that always breaks is given up', async () => {
    await put('a.json', megabytes(1));
    throughProxy();
    proxy.breakAfter(Array(100).fill(0));
    await expect(fetchAll(['a.json'])).rejects.toThrow(EngineError);
  });

  test('an object that is replaced while it is read is no object', async () => {
    await put('a.json', megabytes(12));
    throughProxy();
    proxy.beforeGet(1, () => put('a.json', megabytes(13)));
    await expect(fetchAll(['a.json'])).rejects.toThrow(
      `s3://${bucket}/a.json was replaced while it was read`,
    );
  });

  test('nor is one that is deleted', async () => {
    await put('a.json', 'x');
    throughProxy();
    proxy.beforeGet(0, () => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a.json' })));
    await expect(fetchAll(['a.json'])).rejects.toThrow(/was deleted while it was read/);
  });

  test('aborting stops it at once', async () => {
    await put('a.json', megabytes(12));
    const stop = new AbortController();
    const effects = {
      ...silentEffects,
      signal: stop.signal,
      progress: ({ done }: ProgressEvent) => done > 0 && stop.abort(),
    };
    await expect(fetchAll(['a.json'], {}, effects)).rejects.toThrow(InterruptedError);
    await expect(fetchAll(['a.json'], {}, effects)).rejects.toThrow(InterruptedError);
  });
});

describe('who may read', () => {
  test('without credentials what is public, and it is said', async () => {
    await put('public.json', '{}\n', { ACL: 'public-read' });
    await put('private.json', '{}\n');
    vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
    vi.stubEnv('AWS_REGION', undefined);
    const { files, notes } = await fetchAll(['public.json']);
    expect(files).toHaveLength(1);
    expect(notes).toEqual([expect.stringContaining('No AWS credentials were found')]);
    await expect(fetchAll(['private.json'])).rejects.toThrow(
      /no AWS credentials were found, and it is not public/,
    );
    vi.stubEnv('AWS_PROFILE', 'not-set-up');
    await expect(fetchAll(['public.json'])).rejects.toThrow(/The AWS credentials cannot be had/);
  });

  test('a store that is not there', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:9');
    await expect(fetchAll(['a.json'])).rejects.toThrow(
      /Cannot read s3:.* at http:\/\/127\.0\.0\.1:9: the store cannot be reached.*ECONNREFUSED/,
    );
  });

  test('an endpoint that is no URL', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_S3', '127.0.0.1:9000');
    await expect(fetchAll(['a.json'])).rejects.toThrow(UsageError);
  });
});
