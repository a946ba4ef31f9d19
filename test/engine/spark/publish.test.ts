import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type SparkSession } from '../../../src/engine/spark/connect/session.ts';
import { publish } from '../../../src/engine/spark/publish.ts';
import { type PublishOptions, parsePublishTarget } from '../../../src/engine/spark/publish-target.ts';
import { EngineError, InterruptedError, UsageError } from '../../../src/errors.ts';
import { recordsOf } from '../../../src/table/table.ts';
import { storageCluster } from '../../spark/spark-server.ts';
import { s3Client } from '../../storage/s3-server.ts';
import type { StorageCluster } from '../../storage/storage-cluster.ts';

let cluster: StorageCluster;
let session: SparkSession;
let s3: S3Client;
let folder: string;

beforeAll(async () => {
  cluster = await storageCluster();
  session = await connect(cluster.remote);
  s3 = s3Client(cluster.s3Endpoint);
  await s3.send(new CreateBucketCommand({ Bucket: 'publish' }));
  folder = await mkdtemp(join(tmpdir(), 'refrain-publish-'));
  await session.execute('create database publish');
}, 600_000);
afterAll(async () => {
  await session.execute('drop database publish cascade');
  await session.close();
  s3.destroy();
  await rm(folder, { recursive: true });
});

const scores = (version: number, rows = 100) =>
  session.sql(`select id as user, ${version} as version from range(0, ${rows}, 1, 2)`);

const failing = () =>
  session.sql(`select id, if(id = 77, raise_error('no'), 1) as version from range(0, 100, 1, 2)`);

const publishAt = (text: string, relation = scores(1), options: Partial<PublishOptions> = {}) =>
  publish(session, relation, parsePublishTarget(text), { run: 'r1', ...options });

const summary = 'select count(*) as rows, min(version) as low, max(version) as high from published';

const seen = async (relation: ReturnType<SparkSession['table']>, as = session) =>
  recordsOf(await as.collect(as.sql(summary, {}, { published: relation })))[0];

const files = (url: string) => session.read({ format: 'parquet', paths: [url] });

describe('a folder', () => {
  const places = {
    'a local disk': (name: string) => `file:${folder}/${name}`,
    HDFS: (name: string) => `${cluster.hdfs}/publish/${name}`,
    S3: (name: string) => `s3a://publish/${name}`,
  };
  test.each(Object.entries(places))('on %s is whole or not there, and never written over', async (_, at) => {
    const url = at('a ü%20[1]');
    const published = files(url.replace('[1]', '\\[1\\]'));
    await expect(publishAt(url, failing())).rejects.toThrow(/USER_RAISED_EXCEPTION/);
    await expect(session.collect(published)).rejects.toThrow();
    expect(await publishAt(`${url}/`, scores(1), { rows: 100 })).toEqual({ place: url, rows: 100 });
    await expect(publishAt(url, scores(2))).rejects.toThrow(UsageError);
    expect(await seen(published)).toEqual({ rows: 100, low: 1, high: 1 });
  });

  test('_SUCCESS is written last', async () => {
    await publishAt(`file:${folder}/order`);
    const names = (await readdir(join(folder, 'order'))).filter((name) => !name.startsWith('.'));
    const times = await Promise.all(
      names.map(async (name) => [name, (await stat(join(folder, 'order', name))).ctimeMs] as const),
    );
    expect(times.toSorted((a, b) => a[1] - b[1]).at(-1)?.[0]).toBe('_SUCCESS');
    // s3:// is what Hadoop calls s3a://.
    expect((await publishAt('s3://publish/order')).place).toBe('s3a://publish/order');
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: 'publish', Prefix: 'order/' }),
    );
    // The store tells times in seconds.
    const latest = Math.max(...Contents.map((object) => Number(object.LastModified)));
    const success = Contents.find((object) => object.Key === 'order/_SUCCESS');
    expect(Number(success?.LastModified)).toBe(latest);
  });

  test('may be partitioned, and of another format', async () => {
    const url = `${cluster.hdfs}/publish/parts`;
    await publishAt(url, scores(3), { partitionBy: ['version'], format: 'json' });
    const day = session.read({ format: 'json', paths: [`${url}/version=3`] });
    expect((await session.collect(day)).rows).toBe(100);
  });

  test('with too few rows is an error', async () => {
    await expect(publishAt(`file:${folder}/few`, scores(1), { rows: 101 })).rejects.toThrow(EngineError);
  });

  test('an aborted publication is none', async () => {
    const signal = AbortSignal.timeout(300);
    const slow = session.sql('select sum(id % 7) as s from range(0, 20000000000, 1, 2)');
    await expect(publishAt(`file:${folder}/slow`, slow, { signal })).rejects.toThrow(InterruptedError);
    expect((await publishAt(`file:${folder}/slow`)).rows).toBe(100);
  });
});

describe('a name in the catalogue', () => {
  const tables = async () =>
    recordsOf(await session.collect('show tables in publish')).map((row) => String(row.tableName));

  test('turns from one publication to the next; the last one is kept for those who read it', async () => {
    const name = 'publish.scores';
    for (const version of [1, 2, 3]) {
      const run = `v${version}`;
      expect(await publishAt(`table:${name}`, scores(version), { run, rows: 100 })).toEqual({
        place: 'table:publish.scores',
        rows: 100,
      });
      expect(await seen(session.table(name))).toEqual({ rows: 100, low: version, high: version });
    }
    expect((await tables()).filter((table) => table.startsWith('scores')).toSorted()).toEqual([
      'scores',
      'scores__v2',
      'scores__v3',
    ]);
    await expect(publishAt(`table:${name}`, scores(4), { run: 'v3' })).rejects.toThrow(/already/);
    expect(await seen(session.table(name))).toEqual({ rows: 100, low: 3, high: 3 });
  });

  test('readers of other sessions see one publication or the other, whole, at any time', async () => {
    const name = 'publish.turning';
    await publishAt(`table:${name}`, scores(0), { run: 'v0' });
    const reader = await connect(cluster.remote);
    const views: Awaited<ReturnType<typeof seen>>[] = [];
    let isOver = false;
    const reading = (async () => {
      while (!isOver) views.push(await seen(reader.table(name), reader));
    })();
    for (let version = 1; version <= 3; version++) {
      await publishAt(`table:${name}`, scores(version), { run: `v${version}` });
    }
    isOver = true;
    await reading;
    expect(views.length).toBeGreaterThan(3);
    for (const { rows, low, high } of views) expect([rows, low]).toEqual([100, high]);
    expect(await seen(reader.table(name), reader)).toEqual({ rows: 100, low: 3, high: 3 });
    await reader.close();
  });

  test('a failed publication changes nothing and leaves no table', async () => {
    const name = 'publish.failing';
    await publishAt(`table:${name}`, scores(1), { run: 'good' });
    await expect(publishAt(`table:${name}`, failing(), { run: 'bad' })).rejects.toThrow(
      /USER_RAISED_EXCEPTION/,
    );
    await expect(publishAt(`table:${name}`, scores(2), { run: 'few', rows: 7 })).rejects.toThrow(EngineError);
    expect(await seen(session.table(name))).toEqual({ rows: 100, low: 1, high: 1 });
    expect((await tables()).filter((table) => table.startsWith('failing')).toSorted()).toEqual([
      'failing',
      'failing__good',
    ]);
    await publishAt(`table:${name}`, scores(3), { run: 'bad' });
    expect(await seen(session.table(name))).toEqual({ rows: 100, low: 3, high: 3 });
  });

  test('what was not published here is not touched', async () => {
    await session.execute('create table publish.own as select 1 as version');
    await session.execute('create view publish.own_view as select 1 as version');
    for (const name of ['publish.own', 'publish.own_view']) {
      await expect(publishAt(`table:${name}`)).rejects.toThrow(UsageError);
      expect(await seen(session.table(name))).toEqual({ rows: 1, low: 1, high: 1 });
    }
    await publishAt('table:publish.changed');
    await session.execute('alter view publish.changed as select 5 as version');
    await expect(publishAt('table:publish.changed', scores(2), { run: 'r2' })).rejects.toThrow(/Somebody/);
    await session.execute('create table publish.beside__r1 as select 1 as version');
    await expect(publishAt('table:publish.beside')).rejects.toThrow(/publish\.beside__r1 is there already/);
    expect(await seen(session.table('publish.beside__r1'))).toEqual({ rows: 1, low: 1, high: 1 });
  });

  test('a missing database, a name that is none and a run that is none are said', async () => {
    await expect(publishAt('table:nowhere.scores')).rejects.toThrow(
      /There is no database for nowhere\.scores__r1/,
    );
    expect(() => parsePublishTarget('table:a b')).toThrow(UsageError);
    expect(() => parsePublishTarget('table:a.b.c.d')).toThrow(UsageError);
    expect(() => parsePublishTarget("table:x'; drop table y")).toThrow(UsageError);
    await expect(publishAt('table:publish.x', scores(1), { run: "1'" })).rejects.toThrow(UsageError);
  });

  test('may be of a format and partitioned, and written with backticks', async () => {
    await publishAt('table:`publish`.`by_version`', scores(9), { format: 'orc', partitionBy: ['version'] });
    expect(await seen(session.table('publish.by_version'))).toEqual({ rows: 100, low: 9, high: 9 });
    const parts = recordsOf(await session.collect('show partitions publish.by_version__r1'));
    expect(parts).toEqual([{ partition: 'version=9' }]);
  });
});
