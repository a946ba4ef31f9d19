import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { SparkError } from '../../../../src/engine/spark/connect/error.ts';
import { connect, type SparkSession } from '../../../../src/engine/spark/connect/session.ts';
import { columnOf, recordsOf } from '../../../../src/table/table.ts';
import { sparkServer } from '../../../spark/spark-server.ts';
import { type FaultyRelay, faultyRelay } from './faulty-relay.ts';
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts';

const retry = { firstDelay: 5, longestDelay: 50 };
const unavailable = { code: status.UNAVAILABLE, details: 'the network is gone' };

async function expectEachRowOnce(session: SparkSession, rows: number): Promise<void> {
  const table = await session.collect(
    `select id, string(id) as text from range(0, ${rows}, 1, 3) order by id`,
  );
  expect(table.rows).toBe(rows);
  const { values: ids } = columnOf(table, 'id');
  const { values: texts } = columnOf(table, 'text');
  let wrong = 0;
  for (let i = 0; i < rows; i++) if (ids[i] !== BigInt(i) || texts[i] !== String(i)) wrong++;
  expect(wrong).toBe(0);
}

describe('behind a network that breaks', () => {
  let proxy: TcpProxy | undefined;
  let session: SparkSession | undefined;

  afterEach(async () => {
    await session?.close();
    await proxy?.close();
  });

  const connected = async (version: 'newest' | 'oldest', cutAfter?: (index: number) => number) => {
    const server = await sparkServer({ version });
    proxy = await tcpProxy(server.port, cutAfter && { cutAfter });
    session = await connect(`sc://127.0.0.1:${proxy.port}`, { token: server.token, retry });
    return { session, proxy };
  };

  test.each(['newest', 'oldest'] as const)('no row of %s Spark is lost or doubled', async (version) => {
    const { session, proxy } = await connected(version, (index) =>
      index < 6 ? 250_000 : Number.POSITIVE_INFINITY,
    );
    await expectEachRowOnce(session, 100_000);
    expect(proxy.accepted()).toBeGreaterThan(4);
  });

  test('a statement whose answer is lost is not run twice', async () => {
    const { session, proxy } = await connected('newest');
    await session.execute('create or replace temporary view two as select id from range(2)');
    await session.setConfig({ 'spark.connect.progress.reportInterval': '20ms' });
    const folder = await mkdtemp(join(tmpdir(), 'refrain-reattach-'));
    const path = join(folder, 'rows');
    let cuts = 0;
    const progress = () => {
      if (cuts++ < 6) proxy.cut();
    };
    for (let i = 0; i < 3; i++) {
      await session.write(session.table('two'), { format: 'parquet', path, mode: 'append' }, { progress });
    }
    const read = session.read({ format: 'parquet', paths: [path] });
    const counted = session.sql('select count(*) as n from r', {}, { r: read });
    expect(recordsOf(await session.collect(counted))).toEqual([{ n: 6 }]);
    expect(proxy.accepted()).toBeGreaterThan(1);
    await rm(folder, { recursive: true });
  });

  test('a network that is gone for good is an error that tells how often it was tried', async () => {
    const { session, proxy } = await connected('newest');
    await proxy.close();
    const failed = session.collect('select 1');
    await expect(failed).rejects.toThrow(SparkError);
    await expect(failed).rejects.toThrow(/127\.0\.0\.1:\d+ did not answer after 10 attempts: UNAVAILABLE/);
    await expect(session.getConfig(['spark.app.name'])).rejects.toThrow(/after 10 attempts/);
    await expect(session.close()).rejects.toThrow(/did not answer/);
  });
});

describe('behind a relay that misbehaves', () => {
  let relay: FaultyRelay;
  let session: SparkSession;

  beforeEach(async () => {
    relay = await faultyRelay(await sparkServer());
    session = await connect(`sc://127.0.0.1:${relay.port}`, { retry, timeout: 5_000 });
  });

  afterEach(async () => {
    relay.onRequest = () => 'pass';
    relay.onResponse = () => 'pass';
    await session.close().catch(() => undefined);
    await relay.close();
  });

  const streams = () =>
    relay.calls.filter((call) => call.endsWith('Execute') && call !== 'ReleaseExecute').length;

  test('a stream that the server ends early is taken up where it ended', async () => {
    relay.onResponse = (_, count, index) => (index === 2 && count < 8 ? 'end' : 'pass');
    await expectEachRowOnce(session, 60_000);
    expect(streams()).toBeGreaterThan(2);
  });

  test('a stream that fails before its first response is taken up', async () => {
    relay.onResponse = (method) => (method === 'ExecutePlan' ? unavailable : 'pass');
    await expectEachRowOnce(session, 30_000);
    expect(relay.calls.filter((call) => call === 'ExecutePlan')).toHaveLength(1);
  });

  test('a query that never reached Spark is sent again', async () => {
    relay.onRequest = (method, count) => (method === 'ExecutePlan' && count === 1 ? unavailable : 'pass');
    await expectEachRowOnce(session, 30_000);
    expect(relay.calls.filter((call) => call === 'ExecutePlan')).toHaveLength(2);
  });

  test('a transport that breaks in whatever way gRPC calls it is tried again', async () => {
    const codes = [
      status.INTERNAL,
      status.UNKNOWN,
      status.ABORTED,
      status.CANCELLED,
      status.DEADLINE_EXCEEDED,
    ];
    relay.onResponse = (_, count, index) =>
      index === 1 && count <= codes.length ? { code: codes[count - 1], details: 'RST_STREAM' } : 'pass';
    await expectEachRowOnce(session, 100_000);
  });

  test('streams that end without a word are given up', async () => {
    relay.onRequest = (method) => (/^(Execute|Reattach)/.test(method) ? 'end' : 'pass');
    await expect(session.collect('select 1')).rejects.toThrow(/stream 10 times without a response/);
  });

  test('a message that is too large is not asked for again', async () => {
    relay.onRequest = (method) =>
      method === 'ExecutePlan' ? { code: status.RESOURCE_EXHAUSTED, details: 'larger than max' } : 'pass';
    await expect(session.collect('select 1')).rejects.toThrow(
      /RESOURCE_EXHAUSTED.*\n.*fewer or shorter rows/,
    );
    expect(relay.calls.filter((call) => call === 'ExecutePlan')).toHaveLength(1);
  });

  test('a call that fails for a while succeeds in the end', async () => {
    relay.onRequest = (method, count) => (method === 'Config' && count < 5 ? unavailable : 'pass');
    expect(await session.getConfig(['spark.sql.session.timeZone'])).toEqual({
      'spark.sql.session.timeZone': 'UTC',
    });
  });

  test('an error gets out though its details cannot be had', async () => {
    relay.onRequest = (method) => (method === 'FetchErrorDetails' ? unavailable : 'pass');
    await expect(session.collect('select * from nope_2')).rejects.toMatchObject({
      details: { errorClass: 'TABLE_OR_VIEW_NOT_FOUND', sqlState: '42P01' },
    });
  });

  test('another server behind the same address is noticed, since it knows none of the views', async () => {
    await session.createTempView('mine', session.sql('select 1 as one'));
    relay.upstream = await sparkServer({ version: 'oldest' });
    const failed = session.collect('select * from mine');
    await expect(failed).rejects.toThrow(/the server was restarted.*temporary tables and views are gone/);
    await expect(failed).rejects.toMatchObject({ details: { errorClass: 'INVALID_HANDLE.SESSION_CHANGED' } });
    await expect(session.getConfig(['spark.app.name'])).rejects.toThrow(/the server was restarted/);
  });
});

describe('with a server that says nothing', () => {
  let relay: FaultyRelay;

  beforeAll(async () => {
    relay = await faultyRelay(await sparkServer());
  });

  afterAll(() => relay.close());

  test('a query is an error after a while, not a wait without end', async () => {
    const session = await connect(`sc://127.0.0.1:${relay.port}`, {
      timeout: 600,
      retry: { ...retry, attempts: 3 },
    });
    relay.onRequest = () => 'silence';
    await expect(session.collect('select 1')).rejects.toMatchObject({
      details: { errorClass: 'DEADLINE_EXCEEDED' },
    });
    await expect(session.getConfig(['spark.app.name'])).rejects.toMatchObject({
      details: { errorClass: 'DEADLINE_EXCEEDED' },
    });
    await expect(session.close()).rejects.toMatchObject({ details: { errorClass: 'DEADLINE_EXCEEDED' } });
  });

  test('a silent stream of a living server is waited for', async () => {
    relay.onRequest = () => 'pass';
    const session = await connect(`sc://127.0.0.1:${relay.port}`, { timeout: 600, retry });
    await session.setConfig({ 'spark.connect.progress.reportInterval': '60s' });
    const slow = 'select count(*) as n from range(0, 200000000, 1, 2) where hash(id) = 7';
    expect((await session.collect(slow)).rows).toBe(1);
    await session.close();
  });
});
