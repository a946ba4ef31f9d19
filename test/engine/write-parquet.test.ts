import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentEffects } from '../../src/effects.ts';
import { writeTables } from '../../src/engine/duckdb/write-parquet.ts';
import { EngineError } from '../../src/errors.ts';
import type { Table } from '../../src/table/table.ts';
import { inFolder, withDuckdb } from '../ingest/ingested.ts';

/** More rows than DuckDB puts into a row group. */
const rows = `select i as n, 'user ' || (i * 7919) % 50000 as "user", case when i % 7 > 0 then cast(i as double) * 0.1 end as x,
  case when i % 3 > 0 then i % 2 = 0 end as b, 'é' || i // 1000 as s from range(300000) as t (i)`;

test('tables that come in pieces make the file that DuckDB makes at any number of threads', () =>
  inFolder(async (folder) => {
    const files: Buffer[] = [];
    const pieces: Table[] = [];
    for (const threads of [1, 4]) {
      await withDuckdb(
        async (engine) => {
          await engine.createTableAs('t', rows);
          const path = join(folder, `${threads}.parquet`);
          await engine.writeParquet('select * from t order by "user", n', path);
          files.push(await readFile(path));
          if (threads > 1) return;
          for await (const piece of engine.batches('select * from t order by "user", n')) pieces.push(piece);
        },
        { ...silentEffects, threads },
      );
    }
    const path = join(folder, 'pieces.parquet');
    await writeTables(iterate(pieces), path, silentEffects);
    expect(pieces.length).toBeGreaterThan(10);
    expect(files[1].equals(files[0])).toBe(true);
    expect((await readFile(path)).equals(files[0])).toBe(true);
  }));

test('a failure of the engine that the tables come from is told as it is', () =>
  inFolder(async (folder) => {
    const failure = new EngineError('The cluster is gone.');
    await expect(writeTables(failing(failure), join(folder, 'x.parquet'), silentEffects)).rejects.toBe(
      failure,
    );
  }));

async function* iterate(tables: readonly Table[]): AsyncGenerator<Table> {
  yield* tables;
}

// biome-ignore lint/correctness/useYield: it fails before there is anything to yield.
async function* failing(error: Error): AsyncGenerator<Table> {
  throw error;
}
