import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ProgressEvent, silentEffects } from '../../src/effects.ts';
import { openDuckdb } from '../../src/engine/duckdb/engine.ts';
import { isEmbedded } from '../../src/engine/engine.ts';
import { EngineError } from '../../src/errors.ts';
import { columnOf, recordsOf } from '../../src/table/table.ts';
import { inFolder, withDuckdb } from '../ingest/ingested.ts';
import { engineSuite } from './engine-suite.ts';

engineSuite('DuckDB', (workFolder, effects) => openDuckdb({ workFolder }, effects));

describe('DuckDB itself', () => {
  test('opens in a folder alone, and says where it cannot', () =>
    inFolder(async (folder) => {
      const failure = openDuckdb({ workFolder: join(folder, 'none') }, silentEffects);
      await expect(failure).rejects.toThrow(EngineError);
      await expect(failure).rejects.toThrow('none');
    }));

  test('takes a limit of memory, and says what helps when it is too little', () =>
    inFolder(async (folder) => {
      await mkdir(join(folder, 'work'));
      const engine = await openDuckdb({ workFolder: join(folder, 'work'), memory: '20MB' }, silentEffects);
      try {
        const failure = engine.query(`select list(hash(range)) as l from range(50000000)`);
        await expect(failure).rejects.toThrow(EngineError);
        await expect(failure).rejects.toThrow(
          'Give it more memory with --memory, or fewer threads with --threads.',
        );
      } finally {
        await engine.close();
      }
    }));

  test('refuses a column that no table holds, by its name', () =>
    withDuckdb(async (engine) => {
      await expect(engine.query(`select 1.5::decimal(4, 2) as price`)).rejects.toThrow('price');
      await expect(engine.query(`select date '2024-01-01' as day`)).rejects.toThrow('day');
    }));

  test('hands on the values of every chunk where they stand, and zeros for nulls', () =>
    withDuckdb(async (engine) => {
      // Chunks hold 2,048 rows, and 64 rows share a word of the mask; the first chunks of x have no null.
      const table = await engine.query(
        `select case when i < 4000 or i % 3 = 0 then i - 0.5::double end as x,
          case when i % 64 not in (0, 63) then 9223372036854775807 - i end as n, case when i >= 4000 then i::float end as f,
          case when i % 2 = 0 then (i % 100)::tinyint end as small, case when i % 5 > 0 then i % 2 = 0 end as flag
        from range(5000) t(i) order by i`,
      );
      const rows = Array.from({ length: 5000 }, (_, i) => i);
      const naive = {
        x: rows.map((i) => (i < 4000 || i % 3 === 0 ? i - 0.5 : null)),
        n: rows.map((i) => (i % 64 === 0 || i % 64 === 63 ? null : 2n ** 63n - 1n - BigInt(i))),
        f: rows.map((i) => (i >= 4000 ? i : null)),
        small: rows.map((i) => (i % 2 === 0 ? BigInt(i % 100) : null)),
        flag: rows.map((i) => (i % 5 > 0 ? 1 - (i % 2) : null)),
      };
      for (const [name, expected] of Object.entries(naive)) {
        const { values, valid } = columnOf(table, name);
        expect(Array.from(valid), name).toEqual(expected.map((value) => (value === null ? 0 : 1)));
        const zero = typeof values[0] === 'bigint' ? 0n : 0;
        expect([...values], name).toEqual(expected.map((value) => value ?? zero));
      }
    }));

  test('takes columns of numbers as integers and doubles, part after part', () =>
    withDuckdb(async (engine) => {
      if (!isEmbedded(engine)) throw new TypeError('DuckDB is embedded.');
      const part = (n: readonly number[], x: readonly number[]) => ({
        n: Int32Array.from(n),
        x: Float64Array.from(x),
      });
      await engine.createNumbers('t', part([1], [0.5]));
      await engine.append('t', []);
      const many = Array.from({ length: 3000 }, (_, i) => i);
      await engine.append('t', [part([-(2 ** 31), 2 ** 31 - 1], [2 ** 53, -0.1]), part(many, many)]);
      const { rows } = await engine.query('select * from t');
      expect(rows).toBe(3003);
      const sums = await engine.query(
        `select typeof(any_value(n)) as n, typeof(any_value(x)) as x, sum(n)::double as sum,
          min(n) as low, max(n) as high, min(x) as least, max(x) as most from t`,
      );
      expect(recordsOf(sums)).toEqual([
        {
          n: 'INTEGER',
          x: 'DOUBLE',
          sum: 4498500,
          low: -(2 ** 31),
          high: 2 ** 31 - 1,
          least: -0.1,
          most: 2 ** 53,
        },
      ]);
    }));

  test('tells how far a stage has come', async () => {
    const events: ProgressEvent[] = [];
    await withDuckdb(
      (engine) =>
        engine.createTableAs(
          't',
          'select count(*) as n from range(30000) a, range(30000) b where hash(a.range, b.range) = 1',
          'counting',
        ),
      { ...silentEffects, progress: (event) => events.push(event) },
    );
    expect(events.length).toBeGreaterThan(0);
    for (const { stage, done, total = 0 } of events) {
      expect(stage).toBe('counting');
      expect(done).toBeGreaterThanOrEqual(0);
      expect(done).toBeLessThanOrEqual(total);
    }
  });
});
