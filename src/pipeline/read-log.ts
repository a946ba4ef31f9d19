import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { InputError, UsageError } from '../errors.ts';
import type { LogSpan } from '../features/cutoffs.ts';
import { definitionNotes } from '../ingest/definition-notes.ts';
import { type Ingested, ingest } from '../ingest/ingest.ts';
import { resolveInputs } from '../ingest/inputs.ts';
import { buildLedger } from '../ledger/ledger.ts';
import { numbersOf } from '../table/table.ts';
import type { Context } from './context.ts';
import type { ReadSettings } from './settings.ts';

export interface ReadLog {
  readonly ingested: Ingested;
  readonly span: LogSpan;
  readonly users: number;
  readonly lost: number;
  /** What a reader should know about the inputs. */
  readonly notes: readonly string[];
}

/** Reads the log and makes its ledger: tables `log`, `events`, `ledger` and `losses` in the engine. */
export async function readLog(settings: ReadSettings, context: Context): Promise<ReadLog> {
  const { definition, maxBadRows } = settings;
  const { engine, workFolder, stopwatch, effects } = context;
  const paths = await localPaths(settings.log, engine, workFolder);
  const { files, notes } = await resolveInputs(paths);
  const ingested = await stopwatch.time('ingest', () =>
    ingest(files, definition, engine, { maxBadRows, workFolder }, effects),
  );
  if (ingested.accounting.accepted === 0) {
    const { lines, anonymous, quarantined } = ingested.accounting;
    throw new InputError(
      `The log holds no event of a user: of ${lines} lines, ${anonymous} are anonymous and ${quarantined} bad.`,
      { accounting: ingested.accounting },
    );
  }
  await stopwatch.time('ledger', () => buildLedger(definition, engine));
  const counts = await engine.query(
    `select min(first_time) as first, max(last_time) as last, count(distinct "user") as users,
      (select count(*) from losses) as lost from ledger`,
  );
  const [first, last, users, lost] = ['first', 'last', 'users', 'lost'].map(
    (name) => numbersOf(counts, name)[0],
  );
  const fit = await definitionNotes(definition, engine);
  return { ingested, span: { first, last }, users, lost, notes: [...notes, ...fit] };
}

/** The paths as they are, `s3://` ones copied into the work folder. */
async function localPaths(paths: readonly string[], engine: Engine, workFolder: string): Promise<string[]> {
  const local: string[] = [];
  for (const path of paths) {
    const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(path)?.[1];
    if (scheme === undefined) {
      local.push(path);
    } else if (scheme === 's3') {
      const folder = await mkdtemp(join(workFolder, 'download-'));
      local.push(...(await engine.download(path, folder)));
    } else {
      throw new UsageError(`Cannot read ${path}: expected files, folders, globs or s3:// URLs.`, { path });
    }
  }
  return local;
}
