import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import { connect, type SparkSession } from '../../src/engine/spark/connect/session.ts';
import { type Cell, recordsOf } from '../../src/table/table.ts';
import { storageCluster } from '../spark/spark-server.ts';
import { s3Client } from './s3-server.ts';
import type { StorageCluster } from './storage-cluster.ts';

// What Spark and Hadoop do with paths, which no manual of theirs says; docs/decisions/storage.md rests on it.

let cluster: StorageCluster;
let session: SparkSession;
const bucket = 's3a://paths';

beforeAll(async () => {
  cluster = await storageCluster();
  session = await connect(cluster.remote);
  const client = s3Client(cluster.s3Endpoint);
  await client.send(new CreateBucketCommand({ Bucket: 'paths' }));
  const keys = [
    'day=1/x.json',
    'day=2/y.json',
    'top.json',
    '_hidden.json',
    '.dot.json',
    'a b%20.json',
    '[1].json',
  ];
  for (const key of [...keys.map((key) => `logs/${key}`), 'colon/a.json', 'colon/12:00.json']) {
    await client.send(new PutObjectCommand({ Bucket: 'paths', Key: key, Body: 'one\r\n\ntwo' }));
  }
  client.destroy();
  return () => session.close();
}, 600_000);

const query = async (sql: string): Promise<Record<string, Cell>[]> => recordsOf(await session.collect(sql));

const list = async (path: string) => {
  const options = { recursiveFileLookup: 'true' };
  const files = session.read({ format: 'binaryFile', paths: [path], options });
  const listing = session.sql('select path, length from files', {}, { files });
  const rows = recordsOf(await session.collect(listing));
  for (const { length } of rows) expect(length).toBe(9);
  return rows.map((row) => String(row.path).slice(bucket.length + 1)).toSorted();
};

describe('a listing', () => {
  test('shows all below a folder but hidden files', async () => {
    const all = ['[1].json', 'a b%20.json', 'day=1/x.json', 'day=2/y.json', 'top.json'];
    expect(await list(`${bucket}/logs`)).toEqual(all.map((name) => `logs/${name}`));
    expect(await list(`${bucket}/logs/_hidden.json`)).toEqual([]);
  });

  test('takes every path for a glob, unless a backslash says otherwise', async () => {
    expect(await list(`${bucket}/logs/day={1,2}/[xy].json`)).toEqual([
      'logs/day=1/x.json',
      'logs/day=2/y.json',
    ]);
    expect(await list(`${bucket}/logs/\\[1\\].json`)).toEqual(['logs/[1].json']);
    expect(await list(`${bucket}/logs/**/x.json`)).toEqual(['logs/day=1/x.json']);
    expect(await list(`${bucket}/**/top.json`)).toEqual(['logs/top.json']);
    await expect(list(`${bucket}/**/x.json`)).rejects.toThrow(/PATH_NOT_FOUND/);
  });

  test('cannot match a glob beside a name with a colon, but names it below its folder', async () => {
    await expect(list(`${bucket}/colon/*.json`)).rejects.toThrow(/Relative path in absolute URI/);
    expect(await list(`${bucket}/colon`)).toEqual(['colon/12:00.json', 'colon/a.json']);
    expect(await list(`${bucket}/colon/12:00.json`)).toEqual(['colon/12:00.json']);
  });
});

test('text keeps blank lines and CR, and tells its file percent-encoded', async () => {
  const lines = session.read({
    format: 'text',
    paths: [`${bucket}/logs/a b%20.json`],
    options: { lineSep: '\n' },
  });
  await session.createTempView('lines', lines);
  expect(await query('select value from lines')).toEqual([
    { value: 'one\r' },
    { value: '' },
    { value: 'two' },
  ]);
  expect(
    await query(`select distinct _metadata.file_path as path from text.\`${bucket}/logs/a b%20.json\``),
  ).toEqual([{ path: `${bucket}/logs/a%20b%2520.json` }]);
});

test('folders named for a value become a column of a reader that is given their parent', async () => {
  const columns = async (path: string) =>
    (await session.schema(session.read({ format: 'text', paths: [path] }))).map(({ name }) => name);
  const path = `${cluster.hdfs}/paths/parts`;
  const rows = session.sql("select id % 2 as day, 'x' as value from range(4)");
  await session.write(rows, { format: 'text', path, partitionBy: ['day'] });
  expect(await columns(path)).toEqual(['value', 'day']);
  expect(await columns(`${path}/day=*`)).toEqual(['value']);
});
