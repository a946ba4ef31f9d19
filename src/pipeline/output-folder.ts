import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EngineError, UsageError } from '../errors.ts';

/** What a folder that may be replaced holds, and nothing else. */
export interface FolderKind {
  /** In words, as in "is no run folder". */
  readonly name: string;
  /** The file that every such folder has. */
  readonly manifest: string;
  readonly entries: ReadonlySet<string>;
  /** The option that names the folder. */
  readonly option: string;
}

/**
 * Runs `work` on a new folder beside `out` and puts it in the place of `out` when it is done. If it fails, the new folder is
 * removed and `out` stays as it was. What killed runs left there is cleared away first.
 * @throws UsageError when `out` exists and may not be replaced; EngineError when the folder cannot be made.
 */
export async function inNewFolder<T>(
  out: string,
  force: boolean,
  work: (folder: string) => Promise<T>,
  kind: FolderKind = runFolder,
): Promise<T> {
  const target = resolve(out);
  const partial = `${target}.partial-${process.pid}`;
  try {
    await clearAbandoned(target);
    await checkTarget(target, force, kind);
    await mkdir(dirname(target), { recursive: true });
    await mkdir(partial);
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new EngineError(`Cannot create the folder ${target}: ${why}`, { out: target }, { cause });
  }
  try {
    const result = await work(partial);
    await replace(target, partial);
    return result;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Everything that a run, or an exploration, puts into its folder. */
const entries = new Set([
  'run.json',
  'report.html',
  'report.json',
  'quarantine.ndjson',
  'statistics',
  'metrics',
  'ledger.parquet',
  'examples.parquet',
  'scores.csv',
  'scores.parquet',
  'contributions.parquet',
  'at_risk.parquet',
  'pseudonyms.csv',
  'model.json',
  'audit.json',
  'model-card.json',
  'model-card.md',
  'models',
  'risk-by-day.json',
  'risk_by_day.parquet',
  'outcomes',
]);

/** What `refrain run` and `refrain explore` write. */
export const runFolder: FolderKind = { name: 'run folder', manifest: 'run.json', entries, option: '--out' };

async function checkTarget(target: string, force: boolean, kind: FolderKind): Promise<void> {
  if (!(await exists(target))) return;
  if (!force) {
    throw new UsageError(`${target} exists. Give another ${kind.option}, or --force to replace it.`, {
      out: target,
    });
  }
  const names = await readdir(target).catch(() => undefined);
  if (names === undefined || (names.length > 0 && !names.includes(kind.manifest))) {
    throw new UsageError(
      `${target} is no ${kind.name} (it has no ${kind.manifest}), so --force does not replace it.`,
      {
        out: target,
      },
    );
  }
  const others = names.filter((name) => !kind.entries.has(name)).sort();
  if (others.length > 0) {
    throw new UsageError(
      `${target} holds what no ${kind.name} does (${others.slice(0, 5).join(', ')}${others.length > 5 ? ', …' : ''}), so --force does not replace it. Move that away, or give another ${kind.option}.`,
      { out: target, others },
    );
  }
}

/** Removes the folders of runs that were killed; an earlier run that one of them had moved aside goes back to its place. */
async function clearAbandoned(target: string): Promise<void> {
  const parent = dirname(target);
  const pattern = /^\.(partial|replaced)-(\d+)$/;
  const names = await readdir(parent).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(basename(target)))) {
    const [, kind, owner] = pattern.exec(name.slice(basename(target).length)) ?? [];
    if (kind === undefined || isAlive(Number(owner))) continue;
    if (kind === 'replaced' && !(await exists(target))) await rename(join(parent, name), target);
    else await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Whether another process has this id. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function replace(target: string, partial: string): Promise<void> {
  if (!(await exists(target))) {
    await rename(partial, target);
    return;
  }
  const old = `${target}.replaced-${process.pid}`;
  await rename(target, old);
  try {
    await rename(partial, target);
  } catch (error) {
    await rename(old, target);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

/** Whether there is anything of that name, be it a link to nothing. */
async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
