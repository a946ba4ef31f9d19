import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine, Located } from '../engine/engine.ts';
import { InputError, UsageError } from '../errors.ts';
import type { LogSpan } from '../features/cutoffs.ts';
import { definitionNotes } from '../ingest/definition-notes.ts';
import { type Ingested, ingest } from '../ingest/ingest.ts';
import { type Inputs, isUrl, remoteInputs, resolveInputs } from '../ingest/inputs.ts';
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
  const { files, notes } = await findInputs(settings.log, engine, workFolder);
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

/** Files, folders and globs of this machine, and what the engine finds at URLs and in its catalogue. */
async function findInputs(paths: readonly string[], engine: Engine, workFolder: string): Promise<Inputs> {
  const here: string[] = [];
  const remote: Located[] = [];
  for (const path of paths) {
    if (!isUrl(path)) here.push(path);
    else {
      const folder = await mkdtemp(join(workFolder, 'download-'));
      for (const file of await engine.locate(path, folder)) {
        if (file.remote) remote.push(file);
        else here.push(file.path);
      }
    }
  }
  if (remote.length === 0) return resolveInputs(here);
  if (here.length === 0) return remoteInputs(remote);
  throw new UsageError(
    `The log lies partly on this machine (${here[0]}) and partly where the cluster reads it (${remote[0].path}): give one or the other.`,
    { log: paths },
  );
}
