import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Definition } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { silentEffects } from '../../src/effects.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { resolveInputs } from '../../src/ingest/inputs.ts';
import { buildLedger } from '../../src/ledger/ledger.ts';
import { type Cell, recordsOf } from '../../src/table/table.ts';
import { withDuckdb } from '../ingest/ingested.ts';

/** Runs `use` on an engine that holds the log of the given files of lines, and its ledger; no line may be bad. */
export function withLedger<T>(
  files: Readonly<Record<string, readonly string[]>> | readonly string[],
  use: (engine: Engine) => Promise<T>,
  definition: Definition = sparkify,
): Promise<T> {
  const named = Array.isArray(files) ? { 'log.json': files } : files;
  return withDuckdb(async (engine, workFolder) => {
    const folder = join(workFolder, 'log');
    await mkdir(folder);
    for (const [name, lines] of Object.entries(named)) {
      await writeFile(join(folder, name), lines.map((line: string) => `${line}\n`).join(''));
    }
    await ledgerOf([folder], definition, engine, workFolder);
    return use(engine);
  });
}

/** Runs `use` on an engine that holds the log of the given paths, and its ledger. */
export function withLedgerOfPaths<T>(
  paths: readonly string[],
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  return withDuckdb(async (engine, workFolder) => {
    await ledgerOf(paths, sparkify, engine, workFolder);
    return use(engine);
  });
}

/** Rows of a query as records. */
export async function rowsOf(engine: Engine, sql: string): Promise<Record<string, Cell>[]> {
  return recordsOf(await engine.query(sql));
}

async function ledgerOf(
  paths: readonly string[],
  definition: Definition,
  engine: Engine,
  workFolder: string,
) {
  const { files } = await resolveInputs(paths);
  await ingest(files, definition, engine, { maxBadRows: { count: 0 }, workFolder }, silentEffects);
  await buildLedger(definition, engine);
}
