import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SparkError } from '../../../../src/engine/spark/connect/error.ts';
import { connect, type SparkSession } from '../../../../src/engine/spark/connect/session.ts';
import { InterruptedError, UsageError } from '../../../../src/errors.ts';
import { columnOf, recordsOf } from '../../../../src/table/table.ts';
import { sparkServer } from '../../../spark/spark-server.ts';
import { faultyRelay } from './faulty-relay.ts';

/** Runs for ever, as far as a test goes, on both cores. */
const endless = 'select count(*) as n from range(0, 1000000000000, 1, 8) where hash(id) = 7';

let session: SparkSession;
let folder: string;

beforeAll(async () => {
  session = await connect((await sparkServer()).remote);
  folder = await mkdtemp(join(tmpdir(), 'refrain-connect-'));
});

afterAll(async () => {
  await session?.close();
  await rm(folder, { recursive: true, force: true });
});

const rowsOf = async (...query: Parameters<SparkSession['sql']>) =>
  recordsOf(await session.collect(session.sql(...query)));

test('a result without rows has its columns', async () => {
  const table = await session.collect('select id, string(id) as text from range(0) where id > 5');
  expect(table.rows).toBe(0);
  expect(table.names).toEqual(['id', 'text']);
  expect(table.columns.map(({ type }) => type)).toEqual(['int64', 'string']);
});

test('200 columns arrive in their order', async () => {
  const names = Array.from({ length: 200 }, (_, i) => `c${i}`);
  const table = await session.collect(`select ${names.map((name, i) => `${i} as ${name}`).join(', ')}`);
  expect(table.names).toEqual(names);
  expect(table.columns.map(({ values }) => Number(values[0]))).toEqual(names.map((_, i) => i));
});

test('a query reads other relations by the names it is given for them', async () => {
  const numbers = session.sql('select id from range(:n)', { n: { integer: 4 } });
  const joined = await rowsOf(
    'select count(*) as n, sum(a.id) as s from `a b` as a join other on a.id = other.id where a.id > :least',
    { least: 1n },
    { 'a b': numbers, other: numbers },
  );
  expect(joined).toEqual([{ n: 2, s: 5 }]);
});

test.each([
  ['1.0 / 3', 'Decimal', 'cast(`c` as double)'],
  ['current_date()', 'Date', 'cast(`c` as string)'],
  ['current_timestamp()', 'Timestamp', 'unix_millis(`c`)'],
  ['array(1)', 'List', 'to_json(`c`)'],
  ['named_struct("a", 1)', 'Struct', 'to_json(`c`)'],
  ['binary("a")', 'Binary', 'base64(`c`)'],
  ['null', 'Null', 'cast(`c` as string)'],
])('%s is refused with what to write instead', async (expression, type, remedy) => {
  const failed = session.collect(`select ${expression} as c`);
  await expect(failed).rejects.toThrow(SparkError);
  await expect(failed).rejects.toThrow(`Column "c" has type ${type}`);
  await expect(failed).rejects.toThrow(remedy);
});

test('an error in the middle of the work is an error of the whole', async () => {
  const failed = session.collect('select assert_true(id < 30000) from range(40000)');
  await expect(failed).rejects.toMatchObject({ details: { errorClass: 'USER_RAISED_EXCEPTION' } });
});

test('a query given as a statement is refused, since Spark would not run it', async () => {
  await expect(session.execute('select 1')).rejects.toThrow(UsageError);
  await expect(session.execute('select 1')).rejects.toThrow(/ask for its rows with collect/);
});

test('files are read by a schema and options', async () => {
  const path = join(folder, 'lines.json');
  await writeFile(path, '{"ts":1,"page":"a"}\nnot json\n');
  const read = session.read({
    format: 'json',
    paths: [path],
    schema: 'ts BIGINT, page STRING, bad STRING',
    options: { mode: 'PERMISSIVE', columnNameOfCorruptRecord: 'bad' },
  });
  expect(recordsOf(await session.collect(read))).toEqual([
    { ts: 1, page: 'a', bad: null },
    { ts: null, page: null, bad: 'not json' },
  ]);
});

test('how a query would run is told, and an impossible one refused', async () => {
  expect(await session.explain('select count(*) from range(5)')).toMatch(/Range/);
  await expect(session.explain('select nope')).rejects.toMatchObject({
    details: { errorClass: /^UNRESOLVED_COLUMN/, sql: 'select nope' },
  });
});

test('columns are chosen by expressions that SQL does not know', async () => {
  const chosen = session.select(session.sql("select 3 as a, 'x' as `b.c`"), [
    '*',
    { as: 'up', call: 'upper', of: [{ column: 'b.c' }] },
    { as: 'more', sql: 'a + 1' },
    { as: 'text', value: "it's" },
  ]);
  expect(recordsOf(await session.collect(chosen))).toEqual([
    { a: 3, 'b.c': 'x', up: 'X', more: 4, text: "it's" },
  ]);
});

test('settings are of the session alone', async () => {
  const other = await connect((await sparkServer()).remote);
  await other.setConfig({ 'spark.sql.shuffle.partitions': '3' });
  const key = 'spark.sql.shuffle.partitions';
  expect(await other.getConfig([key])).toEqual({ [key]: '3' });
  expect(await session.getConfig([key])).toEqual({ [key]: '4' });
  await expect(session.getConfig(['spark.no.such'])).rejects.toThrow(/spark\.no\.such/);
  await other.close();
});

test('a batch that Spark sends in chunks is whole', async () => {
  const relay = await faultyRelay(await sparkServer());
  let responses = 0;
  relay.onResponse = () => {
    responses += 1;
    return 'pass';
  };
  const own = await connect(`sc://127.0.0.1:${relay.port}`);
  await own.setConfig({ 'spark.connect.session.resultChunking.maxChunkSize': '50000' });
  const table = await own.collect('select id, repeat(string(id), 100) as text from range(0, 3000, 1, 1)');
  expect(responses).toBeGreaterThan(10);
  const { values } = columnOf(table, 'text');
  expect(values).toEqual(Array.from({ length: 3000 }, (_, i) => String(i).repeat(100)));
  await own.close();
  await relay.close();
});

test('leaving the pieces early ends the work', async () => {
  for await (const _ of session.batches('select id from range(0, 100000000, 1, 400)')) break;
  expect(await session.interrupt('all')).toEqual([]);
});

test('an abort before the work begins nothing', async () => {
  const signal = AbortSignal.abort();
  await expect(session.collect('select 1', { signal })).rejects.toThrow(InterruptedError);
  await expect(session.execute('create temporary view never as select 1', {}, { signal })).rejects.toThrow(
    InterruptedError,
  );
  await expect(session.collect('select * from never')).rejects.toThrow(/never/);
});

test("an abort of the session's signal stops everything of it", async () => {
  const stop = new AbortController();
  const own = await connect((await sparkServer()).remote, { signal: stop.signal });
  const progress = () => stop.abort();
  const works = [own.collect(endless, { progress }), own.collect(endless, { progress })];
  for (const work of await Promise.allSettled(works)) {
    expect(work).toMatchObject({ status: 'rejected', reason: { code: 'INTERRUPTED' } });
  }
  await expect(own.collect('select 1')).rejects.toThrow(InterruptedError);
  await own.close();
});

test.each(['', 'a,b'])('"%s" is no tag', async (tag) => {
  await expect(session.collect('select 1', { tags: [tag] })).rejects.toThrow(/cannot be a tag/);
  await expect(session.interrupt({ tag })).rejects.toThrow(/cannot be a tag/);
});

test('the id of work that runs is refused to other work, which does not disturb it', async () => {
  const operationId = '0f0e0d0c-0b0a-4908-8706-0504030201ff';
  const stop = new AbortController();
  let second: Promise<unknown> | undefined;
  const progress = () => {
    second ??= session.collect('select 1', { operationId }).catch((cause) => cause);
  };
  const first = session
    .collect(endless, { operationId, progress, signal: stop.signal })
    .catch((cause) => cause);
  await expect.poll(() => second, { timeout: 30_000 }).toBeDefined();
  expect(await second).toMatchObject({
    details: { errorClass: 'INVALID_HANDLE.OPERATION_ALREADY_EXISTS' },
  });
  expect(await session.interrupt('all')).toEqual([operationId]);
  expect(await first).toMatchObject({ details: { errorClass: 'OPERATION_CANCELED' } });
});

test('a closed session is of no more use, and closes only once', async () => {
  const own = await connect((await sparkServer()).remote);
  await own.close();
  await own.close();
  await expect(own.collect('select 1')).rejects.toThrow(/closed: connect anew/);
  await expect(own.getConfig(['spark.app.name'])).rejects.toMatchObject({
    details: { errorClass: 'SESSION_CLOSED' },
  });
});
