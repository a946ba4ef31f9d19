import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, type SparkSession } from '../../../../src/engine/spark/connect/session.ts';
import { recordsOf, type Table } from '../../../../src/table/table.ts';
import { sparkServer } from '../../../spark/spark-server.ts';
import { type FaultyRelay, faultyRelay } from './faulty-relay.ts';

function tableOf(rows: number): Table {
  const ids = Array.from({ length: rows }, (_, i) => i);
  const valid = Uint8Array.from(ids, (i) => (i % 10 === 3 ? 0 : 1));
  return {
    rows,
    names: ['id', 'half', 'even', 'text'],
    columns: [
      { type: 'int64', values: BigInt64Array.from(ids, BigInt), valid: new Uint8Array(rows).fill(1) },
      { type: 'float64', values: Float64Array.from(ids, (i) => i / 2), valid },
      { type: 'boolean', values: Uint8Array.from(ids, (i) => (i % 2 === 0 ? 1 : 0)), valid },
      { type: 'string', values: ids.map((i) => `row é ${i}`), valid },
    ],
  };
}

describe.each(['newest', 'oldest'] as const)('on the %s Spark', (version) => {
  let session: SparkSession;

  beforeAll(async () => {
    session = await connect((await sparkServer({ version })).remote);
  });

  afterAll(() => session?.close());

  test('a small table arrives as it is', async () => {
    const table: Table = {
      rows: 3,
      names: ['i', 'f', 'b', 's', 'odd name`'],
      columns: [
        {
          type: 'int64',
          values: BigInt64Array.of(-(2n ** 63n), 0n, 2n ** 63n - 1n),
          valid: Uint8Array.of(1, 0, 1),
        },
        { type: 'float64', values: Float64Array.of(Number.NaN, 0, -0), valid: Uint8Array.of(1, 0, 1) },
        { type: 'boolean', values: Uint8Array.of(1, 0, 0), valid: Uint8Array.of(1, 0, 1) },
        { type: 'string', values: ["it's", '', '\u{feff}\0é'], valid: Uint8Array.of(1, 0, 1) },
        { type: 'string', values: ['', '', ''], valid: Uint8Array.of(0, 0, 0) },
      ],
    };
    expect(await session.collect(session.local(table))).toEqual(table);
  });

  test('a table without rows keeps its columns', async () => {
    expect(await session.collect(session.local(tableOf(0)))).toEqual(tableOf(0));
  });

  test('100,000 rows arrive, each once', async () => {
    const view = `rows_${randomUUID().slice(0, 8)}`;
    await session.createTempView(view, session.local(tableOf(100_000)));
    const checked = await session.collect(
      `select count(*) as n, count(distinct id) as ids, sum(id) as total, count(half) as valid,
        count_if(half is not null and half <> id / 2) as wrong_half, count_if(even <> (id % 2 = 0)) as wrong_even,
        count_if(text <> 'row é ' || id) as wrong_text, count(text) as texts from ${view}`,
    );
    expect(recordsOf(checked)).toEqual([
      {
        n: 100_000,
        ids: 100_000,
        total: 4_999_950_000,
        valid: 90_000,
        wrong_half: 0,
        wrong_even: 0,
        wrong_text: 0,
        texts: 90_000,
      },
    ]);
  });

  test('an artifact is taken, small or in chunks, and a name that is none refused', async () => {
    await session.addArtifact('files/small.txt', Buffer.from('small'));
    await session.addArtifact('files/large.bin', Buffer.alloc(3_000_000, 7));
    await expect(session.addArtifact('../evil', Buffer.from('x'))).rejects.toThrow();
  });
});

test('a table is uploaded once, however often it is used', async () => {
  const relay: FaultyRelay = await faultyRelay(await sparkServer());
  const session = await connect(`sc://127.0.0.1:${relay.port}`);
  const rows = session.local(tableOf(50_000));
  for (let i = 0; i < 3; i++)
    expect((await session.collect(session.sql('select 1 from r limit 1', {}, { r: rows }))).rows).toBe(1);
  const uploads = relay.calls.filter((call) => call === 'AddArtifacts').length;
  expect(uploads).toBe(1);
  await session.collect(session.local(tableOf(50_000)));
  expect(relay.calls.filter((call) => call === 'AddArtifacts')).toHaveLength(uploads);
  await session.close();
  await relay.close();
});
