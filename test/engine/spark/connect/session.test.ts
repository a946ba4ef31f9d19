import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SparkError } from '../../../../src/engine/spark/connect/error.ts';
import type { Progress } from '../../../../src/engine/spark/connect/progress.ts';
import { connect, type SparkSession } from '../../../../src/engine/spark/connect/session.ts';
import { InterruptedError, UsageError } from '../../../../src/errors.ts';
import { columnOf, numbersOf, recordsOf } from '../../../../src/table/table.ts';
import { sparkServer } from '../../../spark/spark-server.ts';

/** Runs for ever, as far as a test goes, on both cores. */
const endless = 'select count(*) as n from range(0, 1000000000000, 1, 8) where hash(id) = 7';

/** Spark tells of progress every two seconds else. */
const quickProgress = { 'spark.connect.progress.reportInterval': '100ms' };

describe.each(['newest', 'oldest'] as const)('on the %s Spark', (version) => {
  let session: SparkSession;
  let folder: string;

  beforeAll(async () => {
    session = await connect((await sparkServer({ version })).remote);
    await session.setConfig(quickProgress);
    folder = await mkdtemp(join(tmpdir(), 'refrain-connect-'));
  });

  afterAll(async () => {
    await session?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const rowsOf = async (...query: Parameters<SparkSession['sql']>) =>
    recordsOf(await session.collect(session.sql(...query)));

  test('every type that a table holds arrives, and its null too', async () => {
    const types = ['tinyint', 'smallint', 'int', 'bigint', 'float', 'double', 'boolean', 'string'];
    const value = (type: string) => (type === 'boolean' ? 'true' : type === 'string' ? "'é'" : '7');
    const columns = types.flatMap((type) => [
      `cast(${value(type)} as ${type}) as ${type}`,
      `cast(null as ${type}) as no_${type}`,
    ]);
    const table = await session.collect(`select ${columns.join(', ')}`);
    expect(recordsOf(table)).toEqual([
      {
        tinyint: 7,
        no_tinyint: null,
        smallint: 7,
        no_smallint: null,
        int: 7,
        no_int: null,
        bigint: 7,
        no_bigint: null,
        float: 7,
        no_float: null,
        double: 7,
        no_double: null,
        boolean: true,
        no_boolean: null,
        string: 'é',
        no_string: null,
      },
    ]);
    expect(table.columns.map(({ type }) => type).filter((_, i) => i % 2 === 0)).toEqual([
      ...['int64', 'int64', 'int64', 'int64', 'float64', 'float64', 'boolean', 'string'],
    ]);
  });

  test('64 bits and the odd doubles are kept', async () => {
    const table = await session.collect(
      "select -9223372036854775808 as low, 9223372036854775807 as high, double('nan') as nan, double('infinity') as inf, double('-infinity') as minus, -0d as zero",
    );
    expect(columnOf(table, 'low').values[0]).toBe(-(2n ** 63n));
    expect(columnOf(table, 'high').values[0]).toBe(2n ** 63n - 1n);
    expect(Array.from('nan inf minus zero'.split(' '), (name) => numbersOf(table, name)[0])).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -0,
    ]);
  });

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

  test.each([
    [
      "it's",
      '"quoted"',
      'back\\slash',
      '`tick`',
      ':name',
      '?',
      '-- no comment',
      '/* */',
      ';drop table t',
      '',
    ],
    [
      '\u{feff}bom',
      'line\nbreak',
      'tab\t',
      '\0',
      '\u{1f600}',
      'e\u{301}',
      '$'.concat('{spark.app.id}'),
      '\\u0041',
      "\\'",
    ],
  ])('arguments arrive as they are', async (...texts) => {
    const names = texts.map((_, i) => `a${i}`);
    const args = Object.fromEntries(texts.map((text, i) => [names[i], text]));
    const [row] = await rowsOf(`select ${names.map((name) => `:${name} as ${name}`).join(', ')}`, args);
    expect(names.map((name) => row[name])).toEqual(texts);
  });

  test('arguments of every type arrive', async () => {
    const args = {
      whole: 2n ** 53n - 1n,
      double: Number.NaN,
      int: { integer: 3 },
      yes: true,
      none: null,
      list: ['a', "b'", null],
      bytes: Uint8Array.of(0, 255),
    };
    const query =
      'select :whole as whole, :double as double, typeof(:int) as int, :yes as yes, :none is null as none, concat_ws("|", :list) as list, hex(:bytes) as bytes';
    expect(await rowsOf(query, args)).toEqual([
      {
        whole: 2 ** 53 - 1,
        double: Number.NaN,
        int: 'int',
        yes: true,
        none: true,
        list: "a|b'",
        bytes: '00FF',
      },
    ]);
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

  test.each([
    ['selec 1', 'PARSE_SYNTAX_ERROR', '42601', "near 'selec'", undefined],
    ['select * from nope_1', 'TABLE_OR_VIEW_NOT_FOUND', '42P01', '`nope_1`', 'nope_1'],
    ['select 1 / 0 as x', 'DIVIDE_BY_ZERO', '22012', 'Division by zero', '1 / 0'],
    ["select cast('x' as int)", 'CAST_INVALID_INPUT', '22018', "'x'", "cast('x' as int)"],
    ['select * from json.`/no/such/path`', 'PATH_NOT_FOUND', '42K03', '/no/such/path', undefined],
  ])('%s fails with its class, SQLSTATE and query', async (sql, errorClass, sqlState, message, fragment) => {
    const error: unknown = await session.collect(sql).catch((cause) => cause);
    if (!(error instanceof SparkError)) throw error;
    expect(error.message).toContain(message);
    expect(error.message).toContain(errorClass);
    expect(error.details).toMatchObject({ errorClass, sqlState, sql, ...(fragment && { fragment }) });
    expect(error.details.operationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(error.exitCode).toBe(5);
  });

  test('an error in the middle of the work is an error of the whole', async () => {
    const failed = session.collect('select assert_true(id < 30000) from range(40000)');
    await expect(failed).rejects.toMatchObject({ details: { errorClass: 'USER_RAISED_EXCEPTION' } });
  });

  test('statements are run once and give nothing', async () => {
    await session.execute('create temporary view made as select 5 as five');
    expect(await rowsOf('select * from made')).toEqual([{ five: 5 }]);
    await expect(session.execute('create temporary view made as select 6 as six')).rejects.toMatchObject({
      details: { errorClass: 'TEMP_TABLE_OR_VIEW_ALREADY_EXISTS' },
    });
  });

  test('a table is made, filled and dropped', async () => {
    const path = join(folder, 'table');
    await session.execute(`create table own_${version} (id bigint) using parquet location '${path}'`);
    await session.execute(`insert into own_${version} select id from range(5) where id <> :not`, { not: 2n });
    expect(
      recordsOf(await session.collect(session.table(`own_${version}`)))
        .map(({ id }) => id)
        .sort(),
    ).toEqual([0, 1, 3, 4]);
    await session.execute(`drop table own_${version}`);
  });

  test('a query given as a statement is refused, since Spark would not run it', async () => {
    await expect(session.execute('select 1')).rejects.toThrow(UsageError);
    await expect(session.execute('select 1')).rejects.toThrow(/ask for its rows with collect/);
  });

  test('a view has the name it was given, whatever it is', async () => {
    const names = ['plain', 'with space', 'tick`', 'dot.ted', 'Ünï'];
    for (const [i, name] of names.entries()) {
      await session.createTempView(name, session.sql('select :i as i', { i: { integer: i } }));
    }
    for (const [i, name] of names.entries()) {
      const quoted = `\`${name.replaceAll('`', '``')}\``;
      expect(await rowsOf(`select * from ${quoted}`)).toEqual([{ i }]);
      expect(recordsOf(await session.collect(session.table(quoted)))).toEqual([{ i }]);
    }
  });

  test('what is written is read, by its parts too', async () => {
    const path = join(folder, 'written');
    const rows = session.sql('select id, id % 2 as part from range(6)');
    await session.write(rows, { format: 'parquet', path, partitionBy: ['part'] });
    await expect(session.write(rows, { format: 'parquet', path })).rejects.toMatchObject({
      details: { errorClass: 'PATH_ALREADY_EXISTS', sqlState: '42K04' },
    });
    await session.write(rows, { format: 'parquet', path, partitionBy: ['part'], mode: 'append' });
    const read = session.read({ format: 'parquet', paths: [path] });
    expect(
      await rowsOf('select part, count(*) as n from r group by part order by part', {}, { r: read }),
    ).toEqual([
      { part: 0, n: 6 },
      { part: 1, n: 6 },
    ]);
    const files = await session.inputFiles(read);
    expect(files.length).toBeGreaterThan(1);
    expect(files.every((file) => /^file:.*\/written\/part=[01]\/.*\.parquet$/.test(file))).toBe(true);
    await session.write(rows, { format: 'parquet', path, mode: 'overwrite' });
    expect(await rowsOf('select count(*) as n from r', {}, { r: read })).toEqual([{ n: 6 }]);
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

  test('a schema is told in DDL', async () => {
    const columns = [
      "1 as i, 2L as l, 1.50 as d, 'a' as s, date'2020-01-01' as t, array(struct(1 as a, 'x' as `b c`)) as n",
      "map('k', 1d) as m, interval '1' day as y, null as v, binary('a') as x",
    ];
    expect(await session.schema(`select ${columns.join(', ')}`)).toEqual([
      { name: 'i', type: 'int', nullable: false },
      { name: 'l', type: 'bigint', nullable: false },
      { name: 'd', type: 'decimal(3,2)', nullable: false },
      { name: 's', type: 'string', nullable: false },
      { name: 't', type: 'date', nullable: false },
      { name: 'n', type: 'array<struct<a:int,`b c`:string>>', nullable: false },
      { name: 'm', type: 'map<string,double>', nullable: false },
      { name: 'y', type: 'interval day', nullable: false },
      { name: 'v', type: 'void', nullable: true },
      { name: 'x', type: 'binary', nullable: false },
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
    const other = await connect((await sparkServer({ version })).remote);
    await other.setConfig({ 'spark.sql.shuffle.partitions': '3' });
    const key = 'spark.sql.shuffle.partitions';
    expect(await other.getConfig([key])).toEqual({ [key]: '3' });
    expect(await session.getConfig([key])).toEqual({ [key]: '4' });
    await expect(session.getConfig(['spark.no.such'])).rejects.toThrow(/spark\.no\.such/);
    await other.close();
  });

  test('a large result comes in pieces, each row once', async () => {
    let rows = 0;
    let pieces = 0;
    for await (const table of session.batches('select id from range(0, 35000, 1, 2) order by id')) {
      const { values } = columnOf(table, 'id');
      for (let i = 0; i < table.rows; i++) expect(values[i]).toBe(BigInt(rows + i));
      rows += table.rows;
      pieces += 1;
    }
    expect(rows).toBe(35000);
    expect(pieces).toBeGreaterThan(1);
  });

  test('leaving the pieces early ends the work', async () => {
    for await (const _ of session.batches('select id from range(0, 100000000, 1, 400)')) break;
    expect(await session.interrupt('all')).toEqual([]);
  });

  test('a value of several megabytes is whole', async () => {
    const table = await session.collect("select repeat('0123456789é', 600000) as long, 5 as five");
    const [long] = columnOf(table, 'long').values;
    expect(long === '0123456789é'.repeat(600000)).toBe(true);
    expect(numbersOf(table, 'five')[0]).toBe(5);
  });

  test('an abort stops the work here and on the server', async () => {
    const stop = new AbortController();
    const work = session.collect(endless, { signal: stop.signal, progress: () => stop.abort() });
    await expect(work).rejects.toThrow(InterruptedError);
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
    const own = await connect((await sparkServer({ version })).remote, { signal: stop.signal });
    await own.setConfig(quickProgress);
    const progress = () => stop.abort();
    const works = [own.collect(endless, { progress }), own.collect(endless, { progress })];
    for (const work of await Promise.allSettled(works)) {
      expect(work).toMatchObject({ status: 'rejected', reason: { code: 'INTERRUPTED' } });
    }
    await expect(own.collect('select 1')).rejects.toThrow(InterruptedError);
    await own.close();
  });

  test('work is interrupted by its tag, its id, or with all others', async () => {
    const interrupted = async (target: Parameters<SparkSession['interrupt']>[0], options: object) => {
      let stopped: Promise<string[]> | undefined;
      const progress = () => {
        stopped ??= session.interrupt(target);
      };
      const error: unknown = await session.collect(endless, { ...options, progress }).catch((cause) => cause);
      if (!(error instanceof SparkError)) throw error;
      expect(error.details.errorClass).toBe('OPERATION_CANCELED');
      expect(await stopped).toEqual([error.details.operationId]);
      return error.details.operationId;
    };
    const operationId = '0f0e0d0c-0b0a-4908-8706-050403020100';
    await interrupted({ tag: 'late' }, { tags: ['early', 'late'] });
    expect(await interrupted({ operation: operationId }, { operationId })).toBe(operationId);
    await interrupted('all', {});
    expect(await session.interrupt({ tag: 'nobody' })).toEqual([]);
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

  test('progress only grows, and ends within its total', async () => {
    const told: Progress[] = [];
    await session.collect('select count(*) from range(0, 30000000, 1, 16) where hash(id) = 7', {
      progress: (progress) => told.push(progress),
    });
    expect(told.length).toBeGreaterThan(0);
    told.forEach(({ done, total }, i) => {
      expect(done).toBeLessThanOrEqual(total);
      if (i > 0) expect(done).toBeGreaterThanOrEqual(told[i - 1].done);
    });
  });

  test('a closed session is of no more use, and closes only once', async () => {
    const own = await connect((await sparkServer({ version })).remote);
    await own.close();
    await own.close();
    await expect(own.collect('select 1')).rejects.toThrow(/closed: connect anew/);
    await expect(own.getConfig(['spark.app.name'])).rejects.toMatchObject({
      details: { errorClass: 'SESSION_CLOSED' },
    });
  });
});
