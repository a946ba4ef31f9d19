import { createWriteStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { editEvents, type LogRecord } from '../../audit/edit-events.ts';
import { InputError } from '../../errors.ts';
import { canonicalColumns, valuesAreGood } from '../../ingest/canonical.ts';
import { logFields } from '../../ingest/fields.ts';
import { findInputs } from '../../ingest/find-inputs.ts';
import { prepareFiles } from '../../ingest/prepare.ts';
import { Quarantine } from '../../ingest/quarantine.ts';
import { dayMillis } from '../../ledger/columns.ts';
import { createRandom, hash32 } from '../../random.ts';
import { numbersOf, stringsOf, type Table } from '../../table/table.ts';
import type { Context } from '../context.ts';
import type { ReadSettings } from '../settings.ts';

/** The log of some users as it is, and with another future, as files of JSON lines. */
export interface Worlds {
  readonly original: string;
  readonly edited: string;
  readonly users: number;
  /** Lines at or after the cutoff. */
  readonly later: number;
}

/** Lines that are taken, whole users; random edits of more of them show no more. */
const MOST_LINES = 150_000;

/**
 * Writes the lines of some users twice to the work folder: as they are, and with those from the cutoff on changed at random. The engine's
 * table `ledger` must be the log's.
 */
export async function writeWorlds(
  settings: Pick<ReadSettings, 'log' | 'definition'>,
  events: number,
  cutoff: number,
  seed: number,
  context: Context,
): Promise<Worlds> {
  const { definition } = settings;
  const users = await chooseUsers(events, seed, context);
  const { past, future } = await readLines(settings, cutoff, context);
  const { columns } = definition;
  const random = createRandom(hash32('future edit', seed));
  const records = future.map((line): LogRecord => JSON.parse(line));
  const edited = records.length === 0 ? [] : editEvents(records, columns.user, columns.time.column, random);
  const write = (name: string, later: readonly string[]) =>
    writeLines(join(context.workFolder, name), [past, later]);
  return {
    original: await write('original.json', future),
    edited: await write(
      'edited.json',
      edited.map((record) => JSON.stringify(record)),
    ),
    users,
    later: future.length,
  };
}

async function writeLines(path: string, parts: readonly (readonly string[])[]): Promise<string> {
  const lines = function* () {
    for (const part of parts) for (const line of part) yield `${line}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(path));
  return path;
}

/** Makes the table `audited_users` of as many users as have the lines that are wanted, by a seeded hash. */
async function chooseUsers(events: number, seed: number, { engine }: Context): Promise<number> {
  const users = stringsOf(await engine.query('select distinct "user" from ledger order by "user"'), 'user');
  const salt = hash32('audited users', seed);
  const wanted = Math.max(1, Math.ceil(users.length * Math.min(1, MOST_LINES / events)));
  const chosen = users
    .map((user) => [hash32(user, salt), user] as const)
    .sort(([a, x], [b, y]) => a - b || (x < y ? -1 : 1))
    .slice(0, wanted)
    .map(([, user]) => user);
  await engine.createTable('audited_users', textTable('audited', chosen));
  return chosen.length;
}

function textTable(name: string, values: readonly string[]): Table {
  const valid = new Uint8Array(values.length).fill(1);
  return { rows: values.length, names: [name], columns: [{ type: 'string', values, valid }] };
}

async function readLines(
  { log, definition }: Pick<ReadSettings, 'log' | 'definition'>,
  cutoff: number,
  { engine, workFolder, effects }: Context,
): Promise<{ past: string[]; future: string[] }> {
  const { files } = await findInputs(log, engine, workFolder);
  const fields = logFields(definition);
  const folder = await mkdtemp(join(workFolder, 'audit-'));
  const quarantine = new Quarantine(join(folder, 'quarantine.ndjson'));
  const prepared = await prepareFiles(files, engine, fields, folder, quarantine, effects);
  const relation = await engine.lines(prepared, fields);
  const time = canonicalColumns(definition, engine.dialect).find(([name]) => name === 'time')?.[1];
  const select = `select line, ${time} >= ${cutoff * dayMillis} as later from (${relation.close ?? relation.sql})
    where plain and ${valuesAreGood(definition, engine.dialect)} and "user" in (select audited from audited_users)`;
  const [past, future]: string[][] = [[], []];
  for await (const batch of engine.batches(select)) {
    const later = numbersOf(batch, 'later');
    stringsOf(batch, 'line').forEach((line, i) => {
      (later[i] === 1 ? future : past).push(line);
    });
  }
  if (past.length > 0) return { past: past.sort(), future: future.sort() };
  throw new InputError(
    'No line of the audited users is before the cutoff, or each needs a closer look than the audit takes.',
    {
      cutoff,
    },
  );
}
