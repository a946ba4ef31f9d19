import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { definitionSchema } from '../../src/definition/schema.ts';
import { type IngestOptions, inFolder, ingestPaths, type Outcome, withDuckdb } from './ingested.ts';
import { parquetRow as row } from './parquet-rows.ts';
import { plainEvent } from './row.ts';

/** Ingests `log.parquet` with the rows that the query gives. */
function ingestParquet(select: string, options: IngestOptions = {}): Promise<Outcome> {
  return inFolder(async (folder) => {
    await withDuckdb((engine) => engine.writeParquet(select, join(folder, 'log.parquet')));
    return ingestPaths([folder], folder, options);
  });
}

describe('Parquet', () => {
  test('a row becomes the same event as its line of JSON', async () => {
    const { ingested, log } = await ingestParquet(row());
    expect(log).toEqual([plainEvent]);
    expect(ingested.accounting).toMatchObject({ lines: 1, accepted: 1, quarantined: 0, blank: 0 });
    expect(ingested.accounting.bytes).toBe(ingested.files[0].bytes);
  });

  test('numbers may be of any width, ids of text or whole numbers', async () => {
    const { log } = await ingestParquet(
      row({
        ts: '1538352117000::double',
        userId: '30::tinyint',
        sessionId: '29::hugeint',
        length: '277.89016::decimal(9, 5)',
        itemInSession: '50::utinyint',
      }),
    );
    expect(log).toEqual([plainEvent]);
  });

  test('bad rows are quarantined by their number', async () => {
    const { ingested, quarantine } = await ingestParquet(
      [
        row({ length: '1::double', ts: '1538352117000' }),
        row({ length: '-1::double' }),
        row({ length: "'nan'::double" }),
        row({ length: "'infinity'::double" }),
        row({ ts: 'null' }),
        row({ ts: '5' }),
        row({ page: "''" }),
        row({ length: 'null', song: "'a\"b\\'||chr(10)||chr(1)||chr(0)" }),
      ].join(' union all '),
    );
    expect(ingested.accounting).toMatchObject({ lines: 8, accepted: 2, quarantined: 6 });
    expect(quarantine.map(({ line, offset, reason }) => [line, offset, reason]).sort()).toEqual([
      [2, undefined, 'negative:length'],
      [3, undefined, 'wrong_type:length'],
      [4, undefined, 'wrong_type:length'],
      [5, undefined, 'missing:ts'],
      [6, undefined, 'out_of_range:ts'],
      [7, undefined, 'empty:page'],
    ]);
  });

  test.each([
    ['a time of text', { ts: "'1538352117000'" }, 'wrong_type:ts'],
    ['a length of text', { length: "'277.89'" }, 'wrong_type:length'],
    ['a page of numbers', { page: '7' }, 'wrong_type:page'],
    ['a page of a list', { page: "['Home']" }, 'wrong_type:page'],
    ['a level that is a struct', { level: "{'a': 1}" }, 'wrong_type:level'],
    ['a user that is a boolean', { userId: 'true' }, 'wrong_type:userId'],
    ['a user that is a fraction', { userId: '30.5' }, 'wrong_type:userId'],
    ['a date as the time', { ts: "date '2018-10-01'" }, 'wrong_type:ts'],
  ])('%s is of a wrong type', async (_, columns, reason) => {
    const { ingested, quarantine } = await ingestParquet(row(columns));
    expect(quarantine.map((line) => line.reason)).toEqual([reason]);
    expect(ingested.accounting).toMatchObject({ lines: 1, accepted: 0, quarantined: 1 });
  });

  test('a missing column is missing from every row', async () => {
    const { quarantine } = await ingestParquet(`select 'x' as a, 1 as b union all select 'y', 2`);
    expect(quarantine.map(({ line, reason }) => [line, reason]).sort()).toEqual([
      [1, 'missing:userId'],
      [2, 'missing:userId'],
    ]);
  });

  test('times may be timestamps when the definition calls them ISO', async () => {
    const definition = definitionSchema.parse({
      name: 'visits',
      columns: {
        user: 'u',
        time: { column: 't', unit: 'iso' },
        session: 's',
        action: 'a',
        registered: { column: 'r', unit: 'iso' },
      },
      loss: { actions: ['quit'] },
    });
    const { log, quarantine } = await ingestParquet(
      `select 1 as u, timestamp '2024-02-29 10:00:00.123456' as t, 2 as s, 'x' as a, date '2024-01-01' as r`,
      { definition },
    );
    expect(quarantine).toEqual([]);
    expect(log).toMatchObject([
      { time: Date.UTC(2024, 1, 29, 10, 0, 0, 123), registered: Date.UTC(2024, 0, 1) },
    ]);
  });

  test('a file without rows is no fault', async () => {
    const { ingested } = await ingestParquet(`${row()} limit 0`);
    expect(ingested.accounting).toMatchObject({ lines: 0, accepted: 0, quarantined: 0 });
  });
});
