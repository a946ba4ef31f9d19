import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type SparkSession } from '../../../../src/engine/spark/connect/session.ts';
import { recordsOf } from '../../../../src/table/table.ts';
import { sparkServer } from '../../../spark/spark-server.ts';

describe.each(['newest', 'oldest'] as const)('on the %s Spark', (version) => {
  let session: SparkSession;
  let folder: string;

  beforeAll(async () => {
    session = await connect((await sparkServer({ version })).remote);
    folder = await mkdtemp(join(tmpdir(), 'refrain-connect-'));
  });

  afterAll(async () => {
    await session?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const rowsOf = async (...query: Parameters<SparkSession['sql']>) =>
    recordsOf(await session.collect(session.sql(...query)));

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
});
