import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ProgressEvent, silentEffects } from '../../src/effects.ts';
import { openDuckdb } from '../../src/engine/duckdb/engine.ts';
import { isEmbedded } from '../../src/engine/engine.ts';
import { EngineError } from '../../src/errors.ts';
import { recordsOf } from '../../src/table/table.ts';
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
