import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, relative } from 'node:path';
import { outcomeNamed } from '../definition/outcomes.ts';
import type { Effects } from '../effects.ts';
import type { Engine } from '../engine/engine.ts';
import { NothingToLearnError } from '../errors.ts';
import { explore } from '../explore/explore.ts';
import { competingIncidence } from '../explore/incidence.ts';
import { featureCatalogue } from '../features/catalogue.ts';
import { labelledCutoffs } from '../features/cutoffs.ts';
import { examplesSql } from '../features/examples.ts';
import { type Context, withContext } from './context.ts';
import { differingLines, differingRows } from './differences.ts';
import { writeIncidence } from './incidence-file.ts';
import { windowLabel } from './outcomes/label.ts';
import { keepLoss, useOutcome } from './outcomes/use-outcome.ts';
import { type ReadLog, readLog } from './read-log.ts';
import type { LearnSettings, ReadSettings, SparkTarget } from './settings.ts';
import { writeStatistics } from './statistics-files.ts';

export interface VerifySettings extends ReadSettings, LearnSettings {
  readonly spark: SparkTarget;
}

/** One file that both engines should give alike. */
interface Comparison {
  readonly file: string;
  readonly bytes: number;
  readonly equal: boolean;
  /** A few lines or rows that only one of them gave. */
  readonly differences: readonly Difference[];
}

interface Difference {
  readonly engine: 'duckdb' | 'spark';
  readonly text: string;
}

export interface Verified {
  readonly comparisons: readonly Comparison[];
  readonly equal: boolean;
  /** Seconds by stage. */
  readonly seconds: Readonly<Record<'duckdb' | 'spark', Readonly<Record<string, number>>>>;
  /** What could not be compared, and why. */
  readonly notes: readonly string[];
}

/**
 * Does the work from the log to the examples on both engines and compares what they give byte by byte: accounting,
 * quarantine, statistics, ledger and examples.
 */
export async function verifyEngines(settings: VerifySettings, effects: Effects): Promise<Verified> {
  const folder = await mkdtemp(join(tmpdir(), 'refrain-verify-'));
  const { spark, ...embedded } = settings;
  const folders = { duckdb: join(folder, 'duckdb'), spark: join(folder, 'spark') };
  try {
    const ours = await compute(folders.duckdb, embedded, effects);
    const theirs = await compute(folders.spark, { ...embedded, spark }, effects);
    const comparisons = await compareFolders(folders, effects);
    return {
      comparisons,
      equal: comparisons.every(({ equal }) => equal),
      seconds: { duckdb: ours.seconds, spark: theirs.seconds },
      notes: [...new Set([...ours.notes, ...theirs.notes])],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compute(folder: string, settings: ReadSettings & LearnSettings, effects: Effects) {
  await mkdir(folder);
  return withContext(folder, settings, effects, async (context) => {
    const { engine, stopwatch } = context;
    const log = await readLog(settings, context);
    await writeFile(join(folder, 'accounting.json'), `${JSON.stringify(log.ingested.accounting, null, 2)}\n`);
    await copyFile(log.ingested.quarantinePath, join(folder, 'quarantine.ndjson'));
    const exploration = await stopwatch.time('explore', () => explore(settings.definition, engine));
    await writeStatistics(folder, exploration, log.ingested);
    await engine.writeParquet('select * from ledger order by "user", day', join(folder, 'ledger.parquet'));
    await stopwatch.time('explore', async () => {
      await writeIncidence(folder, await competingIncidence(settings.definition, engine));
    });
    const notes = await stopwatch.time('features', () => writeExamples(folder, settings, log, context));
    return { seconds: stopwatch.seconds, notes };
  });
}

/** @returns why there are none, if so. */
async function writeExamples(
  folder: string,
  settings: ReadSettings & LearnSettings,
  { span }: ReadLog,
  { engine }: Context,
): Promise<string[]> {
  const { definition, leadDays, horizonDays } = settings;
  try {
    const label = { kind: 'window', leadDays, horizonDays } as const;
    const sql = examplesSql(featureCatalogue(definition), labelledCutoffs(span, settings), label);
    await engine.createTransientAs('examples', sql, 'features');
    await writeOutcomes(folder, settings, labelledCutoffs(span, settings), engine);
  } catch (error) {
    if (error instanceof NothingToLearnError) return [`No examples to compare: ${error.message}`];
    throw error;
  }
  const path = join(folder, 'examples.parquet');
  await engine.writeParquet('select * from examples order by cutoff, "user"', path);
  return [];
}

/** Who is at risk of each other outcome of the definition and has it, at each cutoff. */
async function writeOutcomes(
  folder: string,
  settings: ReadSettings & LearnSettings,
  cutoffs: readonly number[],
  engine: Engine,
): Promise<void> {
  const { definition } = settings;
  const others = Object.keys(definition.outcomes ?? {})
    .map((name) => outcomeNamed(definition, name))
    .filter(({ kind }) => kind !== 'loss');
  if (others.length > 0) await keepLoss(engine);
  for (const outcome of others) {
    await useOutcome(outcome, definition, engine);
    const labels = examplesSql([], cutoffs, windowLabel({ ...settings, outcome }));
    await engine.writeParquet(
      `select * from (${labels}) as labels order by cutoff, "user"`,
      join(folder, `outcome-${outcome.name}.parquet`),
    );
  }
}

type Folders = Readonly<Record<'duckdb' | 'spark', string>>;

async function compareFolders(folders: Folders, effects: Effects): Promise<Comparison[]> {
  const names = new Set([...(await filesBelow(folders.duckdb)), ...(await filesBelow(folders.spark))]);
  const comparisons: Comparison[] = [];
  for (const file of [...names].sort()) {
    const [ours, theirs] = await Promise.all(
      [folders.duckdb, folders.spark].map((folder) => readFile(join(folder, file))),
    );
    const equal = ours.equals(theirs);
    const differences = equal ? [] : await differencesOf(file, folders, effects);
    comparisons.push({ file, bytes: ours.length, equal, differences });
  }
  return comparisons;
}

async function differencesOf(file: string, folders: Folders, effects: Effects): Promise<Difference[]> {
  const [ours, theirs] = [join(folders.duckdb, file), join(folders.spark, file)];
  const found =
    extname(file) === '.parquet'
      ? await differingRows(ours, theirs, effects)
      : differingLines(await readFile(ours, 'utf8'), await readFile(theirs, 'utf8'));
  return [
    ...found.first.map((text): Difference => ({ engine: 'duckdb', text })),
    ...found.second.map((text): Difference => ({ engine: 'spark', text })),
  ];
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}
