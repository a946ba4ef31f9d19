import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effects } from '../../effects.ts';
import { openDuckdb } from '../../engine/duckdb/engine.ts';
import { type CutoffSettings, dateOf, type LogSpan } from '../../features/cutoffs.ts';
import { dayMillis } from '../../ledger/columns.ts';
import type { LogPlan } from '../../simulate/population.ts';
import { type SimulateResult, simulate } from '../../simulate/simulate.ts';
import { planLog, type SimulateOptions } from '../../simulate/simulate-options.ts';
import type { TruthRow } from '../../simulate/truth/listener-truth.ts';
import { truthOfCutoffs, truthOfUsers } from '../../simulate/truth/truth.ts';
import type { TruthUser } from '../../simulate/truth/truth-user.ts';
import type { Table } from '../../table/table.ts';
import { version } from '../manifest.ts';
import { type FolderKind, inNewFolder } from '../output-folder.ts';
import { checkCutoffs, cutoffsOfRun, isCensored, spanOf } from './truth-cutoffs.ts';
import type { TruthManifest } from './truth-manifest.ts';
import { offersTable, truthTable, usersTable } from './truth-tables.ts';

export interface TruthOptions extends CutoffSettings {
  readonly folder: string;
  /** Replace an earlier truth in the folder. */
  readonly force: boolean;
  /** Days since 1970; by default those of a run, and the one that it scores at. */
  readonly cutoffs?: readonly number[];
  /** Walks that each probability is the mean of, at least 2. */
  readonly continuations: number;
}

export const defaultContinuations = 100;

/**
 * Simulates a log and writes the truth about it to a folder of its own: both whole, or none of them.
 * @throws UsageError for options out of range or a place in use; NothingToLearnError when no cutoff is given and the log
 * is too short for any; EngineError when the storage fails; InterruptedError when the caller aborts.
 */
export async function simulateWithTruth(
  options: SimulateOptions,
  truth: TruthOptions,
  effects: Effects,
): Promise<{ readonly log: SimulateResult; readonly truth: TruthManifest }> {
  const plan = planLog(options);
  if (truth.cutoffs !== undefined) checkCutoffs(truth.cutoffs, plan);
  return inNewFolder(
    truth.folder,
    truth.force,
    async (folder) => {
      const manifest = await writeTruth(folder, plan, truth, effects);
      return { log: await simulate(options, effects), truth: manifest };
    },
    truthFolder,
  );
}

const truthFolder: FolderKind = {
  name: 'folder with a truth',
  manifest: 'truth.json',
  entries: new Set(['truth.json', 'truth.parquet', 'users.parquet', 'offers.parquet']),
  option: '--truth',
};

async function writeTruth(
  folder: string,
  plan: LogPlan,
  options: TruthOptions,
  effects: Effects,
): Promise<TruthManifest> {
  const { leadDays, horizonDays, continuations } = options;
  const users = await truthOfUsers(plan, effects);
  const span = spanOf(users);
  const cutoffs = [...(options.cutoffs ?? cutoffsOfRun(span, options))].sort((a, b) => a - b);
  const rows = await truthOfCutoffs(plan, { cutoffs, leadDays, horizonDays, continuations }, effects);
  const outcomes = {
    isCensored: (cutoff: number) => isCensored(cutoff, span, options),
    isLost: lossWithin(users, options),
  };
  const offer = plan.scenario?.offer;
  await writeTables(folder, effects, [
    { name: 'truth', table: truthTable(plan, rows, outcomes), order: 'cutoff, "user"' },
    { name: 'users', table: usersTable(plan, users), order: '"user"' },
    ...(offer === undefined
      ? []
      : [{ name: 'offers', table: offersTable(plan, offer, users), order: '"user"' }]),
  ]);
  const manifest = manifestOf(plan, options, cutoffs, rows, span);
  await writeFile(join(folder, 'truth.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

function lossWithin(
  users: readonly TruthUser[],
  { leadDays, horizonDays }: TruthOptions,
): (account: number, cutoff: number) => boolean {
  const lost = new Map(users.map((user) => [user.account, user.lost]));
  return (account, cutoff) => {
    const day = ((lost.get(account) ?? Number.POSITIVE_INFINITY) * 1000) / dayMillis;
    return day >= cutoff + leadDays && day < cutoff + leadDays + horizonDays;
  };
}

/** In an order that says nothing of that of the accounts. */
async function writeTables(
  folder: string,
  effects: Effects,
  tables: readonly { readonly name: string; readonly table: Table; readonly order: string }[],
): Promise<void> {
  const workFolder = join(folder, 'work');
  await mkdir(workFolder);
  const engine = await openDuckdb({ workFolder }, effects);
  try {
    for (const { name, table, order } of tables) {
      await engine.createTable(name, table);
      await engine.writeParquet(`select * from ${name} order by ${order}`, join(folder, `${name}.parquet`));
    }
  } finally {
    await engine.close();
    await rm(workFolder, { recursive: true, force: true });
  }
}

function manifestOf(
  { users, seed, start, end, scenario }: LogPlan,
  options: TruthOptions,
  cutoffs: readonly number[],
  rows: readonly TruthRow[],
  span: LogSpan,
): TruthManifest {
  const { leadDays, horizonDays, continuations } = options;
  const counts = new Map<number, number>();
  for (const { cutoff } of rows) counts.set(cutoff, (counts.get(cutoff) ?? 0) + 1);
  const firstDay = (start * 1000) / dayMillis;
  return {
    format: 1,
    version,
    log: { users, days: (end * 1000) / dayMillis - firstDay, seed, start: dateOf(firstDay) },
    leadDays,
    horizonDays,
    continuations,
    cutoffs: cutoffs.map((day) => ({
      date: dateOf(day),
      users: counts.get(day) ?? 0,
      censored: isCensored(day, span, options),
    })),
    ...(scenario === undefined ? {} : { scenario }),
  };
}
