import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Definition } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { type Effects, silentEffects } from '../../src/effects.ts';
import { openDuckdb } from '../../src/engine/duckdb/engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import type { BadRowLimit } from '../../src/ingest/accounting.ts';
import { findInputs } from '../../src/ingest/find-inputs.ts';
import { type Ingested, ingest } from '../../src/ingest/ingest.ts';
import { type Cell, recordsOf } from '../../src/table/table.ts';

export type OpenEngine = (workFolder: string, effects: Effects) => Promise<Engine>;

export interface IngestOptions {
  readonly definition?: Definition;
  readonly maxBadRows?: BadRowLimit;
  readonly effects?: Effects;
  /** By default DuckDB. */
  readonly open?: OpenEngine;
}

/** What an ingest made of a log: as told by `ingest`, and as its tables and its quarantine file show. */
export interface Outcome {
  readonly ingested: Ingested;
  readonly notes: readonly string[];
  /** Rows of the table `log`, ordered by their text. */
  readonly log: readonly Record<string, Cell>[];
  /** Lines of the quarantine file in their order, the file relative to the log's folder. */
  readonly quarantine: readonly Quarantined[];
}

interface Quarantined {
  readonly file: string;
  readonly line: number;
  readonly offset?: number;
  readonly reason: string;
  readonly text: string;
}

/** Runs `use` with a new folder that goes with it. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'refrain-test-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs `use` with an engine on a working database of its own. */
export function withDuckdb<T>(
  use: (engine: Engine, workFolder: string) => Promise<T>,
  effects: Effects = silentEffects,
): Promise<T> {
  return withEngine((workFolder) => openDuckdb({ workFolder }, effects), use, effects);
}

/** Runs `use` with an engine and its work folder; both are gone then. */
function withEngine<T>(
  open: OpenEngine,
  use: (engine: Engine, workFolder: string) => Promise<T>,
  effects: Effects = silentEffects,
): Promise<T> {
  return inFolder(async (workFolder) => {
    const engine = await open(workFolder, effects);
    try {
      return await use(engine, workFolder);
    } finally {
      await engine.close();
    }
  });
}

/** Ingests files of the given contents, by name; bears any number of bad lines unless told otherwise. */
export function ingestFiles(
  contents: Readonly<Record<string, string | Uint8Array>>,
  options: IngestOptions = {},
): Promise<Outcome> {
  return inFolder(async (folder) => {
    await writeFiles(folder, contents);
    return ingestPaths([folder], folder, options);
  });
}

/** Files of the given contents, by their path in the folder. */
export async function writeFiles(
  folder: string,
  contents: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

/** Ingests what the paths stand for. */
export function ingestPaths(
  paths: readonly string[],
  root: string,
  options: IngestOptions = {},
): Promise<Outcome> {
  const { definition = sparkify, maxBadRows = { share: 1 }, effects = silentEffects } = options;
  const { open = (workFolder, its) => openDuckdb({ workFolder }, its) } = options;
  const use = async (engine: Engine, workFolder: string) => {
    const { files, notes } = await findInputs(paths, engine, workFolder);
    const ingested = await ingest(files, definition, engine, { maxBadRows, workFolder }, effects);
    const log = recordsOf(await engine.query('select * from log'));
    const lines = (await readFile(ingested.quarantinePath, 'utf8')).split('\n').slice(0, -1);
    const quarantine = lines.map((line): Quarantined => JSON.parse(line));
    return {
      ingested,
      notes,
      log: log.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
      quarantine: quarantine.map((line) => ({ ...line, file: relative(root, localPath(line.file)) })),
    };
  };
  return withEngine(open, use, effects);
}

function localPath(path: string): string {
  return path.replace(/^file:\/*(?=\/)/, '');
}

/** Ingests one file of JSON lines named `log.json`. */
export function ingestText(content: string | Uint8Array, options: IngestOptions = {}): Promise<Outcome> {
  return ingestFiles({ 'log.json': content }, options);
}
