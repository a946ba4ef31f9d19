import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckResult } from '../../audit/audit.ts';
import { compareAfterEdit } from '../../audit/future-edit.ts';
import { dateOf } from '../../features/cutoffs.ts';
import { type ExampleRows, examplesSql, readExamples } from '../../features/examples.ts';
import type { Feature } from '../../features/feature.ts';
import { type Context, withContext } from '../context.ts';
import { editOwnTables } from '../own-tables/edit-own-tables.ts';
import { openOwnTables } from '../own-tables/open-own-tables.ts';
import type { OwnTableSpec } from '../own-tables/own-table-spec.ts';
import { type ReadLog, readLog } from '../read-log.ts';
import type { LearnSettings, ReadSettings } from '../settings.ts';
import { writeWorlds } from './write-worlds.ts';

export interface FutureSettings
  extends ReadSettings,
    Pick<LearnSettings, 'leadDays' | 'horizonDays' | 'seed'> {
  readonly own: readonly OwnTableSpec[];
}

/**
 * Reads a part of the log twice, as it is and with everything from a cutoff on changed at random, and compares the features as of all
 * cutoffs up to it. The part is small, so both are read by the embedded engine, whatever the log's: their features are the same.
 * @param cutoffs rising; the middle one is the last that is compared.
 * @param catalogue the log's features; those of the own tables come beside them.
 */
export async function auditFuture(
  settings: FutureSettings,
  log: ReadLog,
  cutoffs: readonly number[],
  catalogue: readonly Feature[],
  context: Context,
): Promise<CheckResult> {
  const compared = cutoffs.slice(0, (cutoffs.length >> 1) + 1);
  const last = compared[compared.length - 1];
  const { accepted } = log.ingested.accounting;
  const worlds = await writeWorlds(settings, accepted, last, settings.seed, context);
  const build = (path: string, isEdited: boolean) =>
    buildWorld(path, isEdited ? last : undefined, compared, settings, catalogue, context);
  const original = await build(worlds.original, false);
  const edited = await build(worlds.edited, true);
  return {
    check: 'future edit',
    done: true,
    words: `${worlds.later} events of ${worlds.users} users from ${dateOf(last)} on deleted, changed or added to; ${original.matrix.names.length} features as of ${compared.length} cutoffs compared bit for bit in ${original.labels.length} examples`,
    findings: compareAfterEdit(original, edited),
  };
}

/** @param editFrom the cutoff from which own tables are changed, too. */
async function buildWorld(
  path: string,
  editFrom: number | undefined,
  cutoffs: readonly number[],
  settings: FutureSettings,
  catalogue: readonly Feature[],
  { workFolder, effects }: Context,
): Promise<ExampleRows> {
  const { definition, own, leadDays, horizonDays, memory } = settings;
  const folder = join(workFolder, editFrom === undefined ? 'original' : 'edited');
  await mkdir(folder);
  return withContext(folder, memory === undefined ? {} : { memory }, effects, async (context) => {
    const { engine } = context;
    await readLog({ ...settings, log: [path] }, context);
    const tables = await openOwnTables(context, own, definition);
    if (editFrom !== undefined) await editOwnTables(engine, tables, editFrom);
    const features = [...catalogue, ...tables.flatMap((table) => table.features)];
    const label = { kind: 'window', leadDays, horizonDays } as const;
    await engine.createTransientAs('examples', examplesSql(features, cutoffs, label));
    return readExamples(engine, 'examples', features);
  });
}
