import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Definition } from '../../src/definition/schema.ts';
import { sparkify } from '../../src/definition/sparkify.ts';
import { type Effects, silentEffects } from '../../src/effects.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { featureCatalogue } from '../../src/features/catalogue.ts';
import { type ExampleRows, examplesSql, type Label, readExamples } from '../../src/features/examples.ts';
import { ingest } from '../../src/ingest/ingest.ts';
import { resolveInputs } from '../../src/ingest/inputs.ts';
import { buildLedger } from '../../src/ledger/ledger.ts';
import { simulate } from '../../src/simulate/simulate.ts';
import { tallyEvents } from '../../src/tally/tally-events.ts';
import { inFolder, withDuckdb } from '../ingest/ingested.ts';
import type { NaiveEvent } from './naive-features.ts';

const realLog = new URL('../fixtures/real-log/', import.meta.url).pathname;

/** Runs `use` on an engine that has read the lines, given a file each text, and made their ledger. */
export function withLedger<T>(
  texts: readonly string[],
  use: (engine: Engine) => Promise<T>,
  definition: Definition = sparkify,
  effects: Effects = silentEffects,
): Promise<T> {
  return inFolder(async (folder) => {
    for (const [i, text] of texts.entries()) await writeFile(join(folder, `${i}.json`), text);
    return withDuckdb(async (engine, workFolder) => {
      const { files } = await resolveInputs([folder]);
      await ingest(files, definition, engine, { maxBadRows: { count: 0 }, workFolder }, effects);
      await tallyEvents(definition, engine);
      await buildLedger(definition, engine);
      return use(engine);
    }, effects);
  });
}

/** The examples of a log at the given cutoffs, as a run makes them. */
export function examplesOf(
  texts: readonly string[],
  cutoffs: readonly number[],
  label: Label = { kind: 'window', leadDays: 1, horizonDays: 14 },
  definition: Definition = sparkify,
): Promise<ExampleRows> {
  return withLedger(
    texts,
    async (engine) => {
      const features = featureCatalogue(definition);
      await engine.createTableAs('examples', examplesSql(features, cutoffs, label));
      return readExamples(engine, 'examples', features);
    },
    definition,
  );
}

export async function readRealLog(): Promise<string> {
  const names = (await readdir(realLog)).sort();
  const texts = await Promise.all(names.map(async (name) => gunzipSync(await readFile(join(realLog, name)))));
  return texts.join('\n');
}

export function simulatedLog(users: number, days: number, seed: number): Promise<string> {
  return inFolder(async (folder) => {
    const out = join(folder, 'log.json');
    await simulate({ users, days, seed, out }, silentEffects);
    return readFile(out, 'utf8');
  });
}

/** The users' events of a Sparkify log, by user; rows of nobody left out, repeated rows taken once. */
export function eventsByUser(text: string): Map<string, NaiveEvent[]> {
  const users = new Map<string, NaiveEvent[]>();
  for (const line of new Set(text.split('\n'))) {
    if (line === '') continue;
    const row = JSON.parse(line);
    if (row.userId === '' || row.auth === 'Logged Out' || row.auth === 'Guest') continue;
    const event = {
      user: String(row.userId),
      time: row.ts,
      session: String(row.sessionId),
      action: row.page,
      sequence: row.itemInSession ?? 0,
      plan: row.level ?? null,
      length: row.length ?? 0,
      item: row.song ?? null,
      creator: row.artist ?? null,
      registered: row.registration ?? null,
      gender: row.gender ?? null,
      agent: row.userAgent ?? null,
    };
    users.set(event.user, [...(users.get(event.user) ?? []), event]);
  }
  return users;
}
