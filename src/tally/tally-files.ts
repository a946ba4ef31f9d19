import { rm } from 'node:fs/promises';
import { atOnce } from '../at-once.ts';
import type { Definition } from '../definition/schema.ts';
import type { Effects } from '../effects.ts';
import type { EmbeddedEngine } from '../engine/engine.ts';
import type { Ingested, IngestSettings } from '../ingest/ingest.ts';
import type { LogFile } from '../ingest/log-file.ts';
import { account } from './account.ts';
import { PartsAppender } from './append-parts.ts';
import { type Crew, hire } from './crew.ts';
import { type Cut, defaultCut, type FileSlice, slicesOf } from './cut.ts';
import type { FileHash } from './hash-file.ts';
import { LogTally } from './log-tally.ts';
import { noParts } from './part-rows.ts';
import { anyRepeated, sortPlays } from './partitions.ts';
import { createPlays } from './play-relations.ts';
import { mostTracks } from './play-sets.ts';
import { createRelations } from './relations.ts';
import type { SliceTally } from './slice.ts';
import { slotsOf } from './slots.ts';
import type { TallyResult, TallyTask } from './tally-task.ts';

/**
 * Reads the log once and keeps, instead of its rows, what the ledger and the statistics are made of: the relations of
 * `createRelations`. The account is that of `ingest`.
 * @returns undefined, and leaves nothing, for a log that must be read row by row: one that is not plain JSON lines of this
 * machine, that holds a row twice, or that is beyond what can be counted here exactly.
 * @throws InputError when more lines are bad than the settings bear, or the files cannot be read.
 */
export async function tallyFiles(
  files: readonly LogFile[],
  definition: Definition,
  engine: EmbeddedEngine,
  settings: IngestSettings,
  effects: Effects,
  cut: Cut = defaultCut,
): Promise<Ingested | undefined> {
  const slots = slotsOf(definition);
  const isPlain = files.every(
    ({ format, compression, remote }) => format === 'json' && compression === 'none' && !remote,
  );
  if (slots === undefined || !isPlain) return undefined;
  const crew = hire({ definition, slots }, bytesOf(files) > cut.smallLog, effects);
  const slices = slicesOf(files, settings.workFolder, effects.threads, cut);
  try {
    const read = await readFiles(files, slices, definition, new LogTally(slots), engine, crew, effects);
    if (read === undefined) return undefined;
    const { log, hashes, tallies, threads } = read;
    if (log.tracks.size > mostTracks || (await anyRepeated(tallies, crew))) {
      await engine.drop('tally_parts');
      return undefined;
    }
    const ingested = await account(files, slices, tallies, hashes, settings, log.sums);
    const [plays] = await atOnce([
      sortPlays(tallies, threads, log, crew),
      createRelations(definition, log, engine),
    ]);
    await createPlays(log, plays, engine);
    return ingested;
  } finally {
    await crew.dismiss();
    for (const { spillPath } of slices) await rm(spillPath, { force: true });
  }
}

interface Read {
  readonly log: LogTally;
  /** By file. */
  readonly hashes: readonly FileHash[];
  readonly tallies: readonly SliceTally[];
  /** The thread that read each of them. */
  readonly threads: readonly number[];
}

/** Undefined when a slice cannot be done. */
async function readFiles(
  files: readonly LogFile[],
  slices: readonly FileSlice[],
  definition: Definition,
  log: LogTally,
  engine: EmbeddedEngine,
  crew: Crew,
  { progress }: Effects,
): Promise<Read | undefined> {
  const none = noParts(Object.keys(definition.roles));
  await engine.createNumbers('tally_parts', none);
  const total = bytesOf(files);
  const parts = new PartsAppender(engine, none);
  let done = 0;
  const take = (result: TallyResult) => {
    if (result.kind !== 'slice') return;
    const { thread, tally } = result;
    log.add(thread, tally);
    done += tally.bytes;
    progress({ stage: 'parsing', done, total, unit: 'bytes' });
    parts.add(tally.parts, log.codesOf(thread));
  };
  // A file's hash is the longest task, since it can only be taken from one end to the other: so it comes first.
  const tasks: TallyTask[] = [
    ...files.map(({ path }) => ({ kind: 'hash', path }) as const),
    ...slices.map(({ file: _, ...slice }) => ({ kind: 'slice', slice }) as const),
  ];
  const results = await crew.run(tasks, take);
  await parts.end();
  const read = results.flatMap((result) => (result.kind === 'slice' ? [result] : []));
  if (read.length < slices.length) {
    await engine.drop('tally_parts');
    return undefined;
  }
  const hashes = results.flatMap((result) => (result.kind === 'hash' ? [result.hash] : []));
  return { log, hashes, tallies: read.map(({ tally }) => tally), threads: read.map(({ thread }) => thread) };
}

function bytesOf(files: readonly LogFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}
