import { isEmbedded } from '../engine/engine.ts';
import { InputError } from '../errors.ts';
import type { LogSpan } from '../features/cutoffs.ts';
import { definitionNotes } from '../ingest/definition-notes.ts';
import { findInputs } from '../ingest/find-inputs.ts';
import { type Ingested, ingest } from '../ingest/ingest.ts';
import { buildLedger } from '../ledger/ledger.ts';
import { numbersOf } from '../table/table.ts';
import { tallyEvents } from '../tally/tally-events.ts';
import { tallyFiles } from '../tally/tally-files.ts';
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

/** Reads the log and makes its ledger: the table `ledger` and the relations of `tallyEvents` in the engine. */
export async function readLog(settings: ReadSettings, context: Context): Promise<ReadLog> {
  const { definition, maxBadRows } = settings;
  const { engine, workFolder, stopwatch, effects } = context;
  const { files, notes } = await findInputs(settings.log, engine, workFolder);
  const ingestSettings = { maxBadRows, workFolder };
  const tallied = await stopwatch.time('ingest', async () =>
    isEmbedded(engine) ? tallyFiles(files, definition, engine, ingestSettings, effects) : undefined,
  );
  const ingested =
    tallied ??
    (await stopwatch.time('ingest', () => ingest(files, definition, engine, ingestSettings, effects)));
  if (ingested.accounting.accepted === 0) {
    const { lines, anonymous, quarantined } = ingested.accounting;
    throw new InputError(
      `The log holds no event of a user: of ${lines} lines, ${anonymous} are anonymous and ${quarantined} bad.`,
      { accounting: ingested.accounting },
    );
  }
  await stopwatch.time('ledger', async () => {
    if (tallied === undefined) await tallyEvents(definition, engine);
    await buildLedger(definition, engine);
  });
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
