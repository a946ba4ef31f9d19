import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ProgressEvent, silentEffects } from '../../src/effects.ts';
import { openDuckdb } from '../../src/engine/duckdb/engine.ts';
import { EngineError } from '../../src/errors.ts';
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
