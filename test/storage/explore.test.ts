import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { connect, type SparkSession } from '../../src/engine/spark/connect/session.ts';
import { exploreLog } from '../../src/pipeline/explore-log.ts';
import { defaultReadSettings, type ReadSettings } from '../../src/pipeline/settings.ts';
import { textsIn } from '../pipeline/logs.ts';
import { storageCluster } from '../spark/spark-server.ts';
import { s3Client, s3Environment } from './s3-server.ts';
import type { StorageCluster } from './storage-cluster.ts';

const realLog = new URL('../fixtures/real-log/', import.meta.url).pathname;

let cluster: StorageCluster;
let session: SparkSession;
let folder: string;
let explorations = 0;

beforeAll(async () => {
  cluster = await storageCluster();
  session = await connect(cluster.remote);
  folder = await mkdtemp(join(tmpdir(), 'refrain-explore-'));
  for (const [name, value] of Object.entries(s3Environment(cluster.s3Endpoint))) vi.stubEnv(name, value);
  const client = s3Client(cluster.s3Endpoint);
  await client.send(new CreateBucketCommand({ Bucket: 'explore' }));
  for (const name of await readdir(realLog)) {
    const Body = await readFile(join(realLog, name));
    await client.send(new PutObjectCommand({ Bucket: 'explore', Key: `log/${name}`, Body }));
  }
  client.destroy();
  const json = (days: string) =>
    session.read({ format: 'json', paths: [`file:${realLog}/2018-11-${days}-*`] });
  await session.write(json('1[01]'), { format: 'json', path: `${cluster.hdfs}/explore` });
  await session.execute('create database explore');
  await session.createTempView('rows', json('1[78]'));
  await session.execute('create table explore.log as select * from rows');
}, 600_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await session.execute('drop database explore cascade');
  await session.close();
  await rm(folder, { recursive: true });
});

const explore = async (log: readonly string[], settings: Partial<ReadSettings> = {}) => {
  const out = join(folder, String(explorations++));
  const { accounting } = await exploreLog(
    { ...defaultReadSettings, ...settings, log, out, force: false },
    silentEffects,
  );
  return { accepted: accounting.accepted, statistics: await textsIn(out, /^statistics/) };
};

test('the embedded engine reads S3 as it reads files', async () => {
  const here = await explore([realLog]);
  expect(here.accepted).toBe(956);
  expect(await explore(['s3://explore/log/'])).toEqual(here);
  expect(await explore(['s3a://explore/**/*.json.gz'])).toEqual(here);
});

test('Spark reads a log that lies partly on S3, partly on HDFS and partly in a Hive table', async () => {
  const log = ['s3://explore/log/2018-11-0*.json.gz', `${cluster.hdfs}/explore`, 'table:explore.log'];
  const there = await explore(log, { spark: { remote: cluster.remote } });
  expect(there).toEqual(await explore([realLog]));
});
