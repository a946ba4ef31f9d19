import { mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Definition } from '../../src/definition/schema.ts';
import { type Effects, silentEffects } from '../../src/effects.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { isEmbedded } from '../../src/engine/engine.ts';
import { identifier } from '../../src/engine/sql.ts';
import { explore } from '../../src/explore/explore.ts';
import { type Ingested, type IngestSettings, ingest } from '../../src/ingest/ingest.ts';
import { resolveInputs } from '../../src/ingest/inputs.ts';
import type { LogFile } from '../../src/ingest/log-file.ts';
import { buildLedger } from '../../src/ledger/ledger.ts';
import { recordsOf } from '../../src/table/table.ts';
import type { Cut } from '../../src/tally/cut.ts';
import { tallyEvents } from '../../src/tally/tally-events.ts';
import { tallyFiles } from '../../src/tally/tally-files.ts';
import { withDuckdb, writeFiles } from '../ingest/ingested.ts';

/** All that comes of a log: the account, the quarantine, ledger and losses, and every statistic. */
export type Reading = Pick<Ingested, 'accounting'> & Readonly<Record<string, unknown>>;

/** The log read as it streams by, undefined where that will not do, and read row by row. */
export interface BothWays {
  readonly tallied: Reading | undefined;
  readonly byRows: Reading;
}

/** Slices of a few lines and several partitions, in this thread. */
export const fineCut: Cut = { smallLog: 2 ** 40, largestSlice: 700, smallestSlice: 1, partition: 1000 };

export async function readBothWays(
  contents: Contents,
  definition: Definition,
  cut: Cut = fineCut,
  effects: Effects = silentEffects,
): Promise<BothWays> {
  return {
    tallied: await readAsTally(contents, definition, cut, effects),
    byRows: await withFiles(contents, effects, async (files, engine, settings) => {
      const ingested = await ingest(files, definition, engine, settings, effects);
      await tallyEvents(definition, engine);
      return reading(ingested, definition, engine);
    }),
  };
}

export function readAsTally(
  contents: Contents,
  definition: Definition,
  cut: Cut = fineCut,
  effects: Effects = silentEffects,
): Promise<Reading | undefined> {
  return withFiles(contents, effects, async (files, engine, settings) => {
    if (!isEmbedded(engine)) throw new TypeError('DuckDB is embedded.');
    const ingested = await tallyFiles(files, definition, engine, settings, effects, cut);
    return ingested === undefined ? undefined : reading(ingested, definition, engine);
  });
}

type Contents = Readonly<Record<string, string | Uint8Array>>;

function withFiles<T>(
  contents: Contents,
  effects: Effects,
  use: (files: readonly LogFile[], engine: Engine, settings: IngestSettings) => Promise<T>,
): Promise<T> {
  return withDuckdb(async (engine, workFolder) => {
    const folder = join(workFolder, 'log');
    await mkdir(folder);
    await writeFiles(folder, contents);
    const { files } = await resolveInputs([folder]);
    return use(files, engine, { maxBadRows: { share: 1 }, workFolder });
  }, effects);
}

async function reading(
  { quarantinePath, ...ingested }: Ingested,
  definition: Definition,
  engine: Engine,
): Promise<Reading> {
  await buildLedger(definition, engine);
  const { tables, ...exploration } = await explore(definition, engine);
  const rows = async (name: string) =>
    recordsOf(await engine.query(`select * from ${identifier(name)} order by all`));
  return {
    ...ingested,
    files: ingested.files.map((file) => ({ ...file, path: basename(file.path) })),
    reasons: ingested.reasons.map(({ example, ...reason }) => ({ ...reason, line: example.line })),
    quarantine: (await readFile(quarantinePath, 'utf8')).replaceAll(/"file":"[^"]*\//g, '"file":"'),
    ledger: await rows('ledger'),
    losses: await rows('losses'),
    ...Object.fromEntries([...tables].map(([name, table]) => [name, recordsOf(table)])),
    ...exploration,
  };
}
