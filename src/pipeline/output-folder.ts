import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { EngineError, UsageError } from '../errors.ts';

/**
 * Runs `work` on a new folder beside `out` and puts it in the place of `out` when it is done. If it fails, the new folder is
 * removed and `out` stays as it was.
 * @throws UsageError when `out` exists and may not be replaced.
 */
export async function inNewFolder<T>(
  out: string,
  force: boolean,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const target = resolve(out);
  await checkTarget(target, force);
  const partial = `${target}.partial-${process.pid}`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await removeAbandoned(target);
    await mkdir(partial);
  } catch (cause) {
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

async function checkTarget(target: string, force: boolean): Promise<void> {
  if (!existsSync(target)) return;
  if (!force) {
    throw new UsageError(`${target} exists. Give another --out, or --force to replace it.`, { out: target });
  }
  const names = await readdir(target).catch(() => undefined);
  if (names === undefined || (names.length > 0 && !names.includes('run.json'))) {
    throw new UsageError(`${target} is no run folder (it has no run.json), so --force does not replace it.`, {
      out: target,
    });
  }
}

/** Folders of runs that were killed. */
async function removeAbandoned(target: string): Promise<void> {
  const prefix = `${basename(target)}.partial-`;
  for (const name of await readdir(dirname(target))) {
    const owner = Number(name.startsWith(prefix) ? name.slice(prefix.length) : Number.NaN);
    if (Number.isInteger(owner) && !isAlive(owner)) {
      await rm(join(dirname(target), name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}

async function replace(target: string, partial: string): Promise<void> {
  if (!existsSync(target)) {
    await rename(partial, target);
    return;
  }
  const old = `${target}.replaced-${process.pid}`;
  await rename(target, old);
  await rename(partial, target);
  await rm(old, { recursive: true, force: true });
}
