import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effects } from '../effects.ts';
import { openDuckdb } from '../engine/duckdb/engine.ts';
import { type EmbeddedEngine, type Engine, isEmbedded } from '../engine/engine.ts';
import type { ReadSettings } from './settings.ts';
import { Stopwatch } from './stopwatch.ts';

/** What every stage of a job works with. */
export interface Context {
  /** Where results go. */
  readonly folder: string;
  /** Where intermediate files go; removed when the job is done. */
  readonly workFolder: string;
  readonly engine: Engine;
  readonly stopwatch: Stopwatch;
  readonly effects: Effects;
}

/** Opens an engine that works in a folder `work` of `folder`; both are gone when `use` is done. */
export async function withContext<T>(
  folder: string,
  settings: Pick<ReadSettings, 'memory' | 'spark'>,
  effects: Effects,
  use: (context: Context) => Promise<T>,
): Promise<T> {
  const workFolder = join(folder, 'work');
  await mkdir(workFolder);
  const engine = await openEngine(workFolder, settings, effects);
  try {
    return await use({ folder, workFolder, engine, stopwatch: new Stopwatch(effects), effects });
  } finally {
    await engine.close();
    await rm(workFolder, { recursive: true, force: true });
  }
}

/** Runs `use` on the embedded engine: the context's own, or where that is a cluster one beside it, for files of this machine. */
export async function withEmbeddedEngine<T>(
  { engine, workFolder, effects }: Pick<Context, 'engine' | 'workFolder' | 'effects'>,
  use: (engine: EmbeddedEngine) => Promise<T>,
): Promise<T> {
  if (isEmbedded(engine)) return use(engine);
  const beside = await openDuckdb({ workFolder }, effects);
  try {
    return await use(beside);
  } finally {
    await beside.close();
  }
}

async function openEngine(
  workFolder: string,
  { memory, spark }: Pick<ReadSettings, 'memory' | 'spark'>,
  effects: Effects,
): Promise<Engine> {
  if (spark !== undefined) {
    // Its client, with gRPC and Arrow, would take a third of the time in which every command starts.
    const { openSpark } = await import('../engine/spark/engine.ts');
    return openSpark({ ...spark, workFolder }, effects);
  }
  return openDuckdb({ workFolder, ...(memory === undefined ? {} : { memory }) }, effects);
}
