import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfAborted } from '../../../effects.ts';
import { identify, isAlive } from './process-identity.ts';

/**
 * Does `work` while no other process does work under the same lock file. A lock whose process is gone is taken over.
 * @throws InterruptedError when `signal` is aborted while waiting.
 */
export async function withLock<T>(path: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  while (!(await take(path))) {
    throwIfAborted(signal);
    if (!(await removeStale(path))) await sleep(100);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  const mine = `${path}.${randomUUID()}`;
  await writeFile(mine, JSON.stringify(identify(process.pid)));
  try {
    // A link appears at once with its content; a file written in place could be read while it is still empty.
    await link(mine, path);
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
}

/** @returns whether the lock is worth another try at once. */
async function removeStale(path: string): Promise<boolean> {
  if (await isHeld(path)) return false;
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return true;
    throw error;
  }
  // Between the look and the rename another process may have taken over: then it gets its lock back.
  if (await isHeld(aside)) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
  return true;
}

async function isHeld(path: string): Promise<boolean> {
  try {
    return isAlive(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (isErrno(error, 'ENOENT') || error instanceof SyntaxError) return false;
    throw error;
  }
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
