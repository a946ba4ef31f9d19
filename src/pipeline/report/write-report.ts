import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Effects } from '../../effects.ts';
import { openDuckdb } from '../../engine/duckdb/engine.ts';
import type { Engine } from '../../engine/engine.ts';
import { InputError } from '../../errors.ts';
import { renderReport } from '../../report/html.ts';
import { type PackedUsers, packNobody, packUsers } from '../../report/pack-users.ts';
import type { ReportScores } from '../../report/report-user.ts';
import { stringsOf } from '../../table/table.ts';
import { pseudonymsOfRun } from './pseudonyms-file.ts';
import { readUsers } from './read-users.ts';
import { readReportRecord } from './report-record.ts';
import { runTable } from './run-table.ts';

export interface ReportOptions {
  /** The page built without a run in it. */
  readonly template: string;
  /** Show users by the log's own names, and not by pseudonyms. */
  readonly showUsers: boolean;
}

/**
 * The report of a run folder, from what the folder holds alone: the same bytes whoever asks.
 * @throws InputError where the folder is none of a run of this version.
 */
export async function reportOfFolder(
  folder: string,
  { template, showUsers }: ReportOptions,
  effects: Effects,
): Promise<string> {
  const data = await readReportRecord(folder);
  const { learning } = data;
  const users =
    learning === undefined
      ? await packNobody()
      : await packFolder(folder, learning.scores, learning.riskByDay?.days ?? [], showUsers, effects);
  return renderReport(data, users, template);
}

/**
 * Everyone who was scored, as the page has them, from the Parquet files of a run folder.
 * @param riskDays days of their risk by day that the page draws.
 */
export function packFolder(
  folder: string,
  scores: ReportScores,
  riskDays: readonly number[],
  showUsers: boolean,
  effects: Effects,
): Promise<PackedUsers> {
  return withEmbeddedEngine(effects, async (engine) => {
    const nameOf = showUsers ? (user: string) => user : await pseudonyms(folder, engine);
    return packUsers(readUsers(engine, folder, scores, riskDays, nameOf), scores, !showUsers);
  });
}

async function pseudonyms(folder: string, engine: Engine): Promise<(user: string) => string> {
  const scores = await runTable(folder, 'scores.parquet');
  const users = await engine.query(`select "user" from ${scores} order by rank`);
  const bySecret = await pseudonymsOfRun(folder, stringsOf(users, 'user'));
  return (user) => {
    const pseudonym = bySecret.get(user);
    if (pseudonym === undefined)
      throw new InputError(`The ledger of ${folder} has a user that is not scored.`);
    return pseudonym;
  };
}

/** An engine of this process, to read the files of a folder with. */
export async function withEmbeddedEngine<T>(
  effects: Effects,
  use: (engine: Engine) => Promise<T>,
): Promise<T> {
  const workFolder = await mkdtemp(join(tmpdir(), 'refrain-report-'));
  const engine = await openDuckdb({ workFolder }, effects);
  try {
    return await use(engine);
  } finally {
    await engine.close();
    await rm(workFolder, { recursive: true, force: true });
  }
}
