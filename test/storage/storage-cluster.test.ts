import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from 'vitest';
import { connect, type SparkSession } from '../../src/engine/spark/connect/session.ts';
import { recordsOf } from '../../src/table/table.ts';
import { storageCluster } from '../spark/spark-server.ts';
import { s3Client } from './s3-server.ts';
import type { StorageCluster } from './storage-cluster.ts';

let cluster: StorageCluster;
let session: SparkSession;
beforeAll(async () => {
  cluster = await storageCluster();
  session = await connect(cluster.remote);
  const client = s3Client(cluster.s3Endpoint);
  await client.send(new CreateBucketCommand({ Bucket: 'stand-in' }));
  client.destroy();
  return () => session.close();
}, 600_000);

test.each(['s3a', 's3', 'hdfs'])('Spark writes to and reads from %s://', async (scheme) => {
  const path = scheme === 'hdfs' ? `${cluster.hdfs}/stand-in` : `${scheme}://stand-in/${scheme}`;
  const rows = session.sql('select id, id % 3 as k from range(100)');
  await session.write(rows, { format: 'parquet', path, partitionBy: ['k'] });
  const read = session.read({ format: 'parquet', paths: [path] });
  const sum = session.sql(
    'select sum(id) as sum, count(distinct k) as k from written',
    {},
    { written: read },
  );
  expect(recordsOf(await session.collect(sum))).toEqual([{ sum: 4950, k: 3 }]);
});

test('the catalogue is Hive’s', async () => {
  await session.execute('create database stand_in');
  await session.execute('create table stand_in.hive stored as parquet as select id from range(10)');
  const [{ n }] = recordsOf(await session.collect('select count(*) as n from stand_in.hive'));
  expect(n).toBe(10);
  await session.execute('drop database stand_in cascade');
});
