import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SparkError } from '../../../../src/engine/spark/connect/error.ts';
import { connect, type SparkSession } from '../../../../src/engine/spark/connect/session.ts';
import { columnOf, numbersOf, recordsOf } from '../../../../src/table/table.ts';
import { sparkServer } from '../../../spark/spark-server.ts';

describe.each(['newest', 'oldest'] as const)('on the %s Spark', (version) => {
  let session: SparkSession;

  beforeAll(async () => {
    session = await connect((await sparkServer({ version })).remote);
  });

  afterAll(() => session?.close());

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

  test('a value of several megabytes is whole', async () => {
    const table = await session.collect("select repeat('0123456789é', 600000) as long, 5 as five");
    const [long] = columnOf(table, 'long').values;
    expect(long === '0123456789é'.repeat(600000)).toBe(true);
    expect(numbersOf(table, 'five')[0]).toBe(5);
  });
});
