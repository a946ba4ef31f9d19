import { type FileHandle, mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { storageError } from './storage-error.ts';

/** One finished file of the log. */
export interface LogFile {
  readonly path: string;
  readonly bytes: number;
  readonly rows: number;
}

/** Where the log goes: nothing shows under its name before `commit`. */
export interface LogOutput {
  /** Appends to the file that is open. */
  readonly write: (bytes: Uint8Array, rows: number) => Promise<void>;
  /** Goes on in the day's file, which a folder has one of; a log in one file goes on in that. */
  readonly beginDay: (name: string) => Promise<void>;
  /** Moves everything to its place. */
  readonly commit: () => Promise<readonly LogFile[]>;
  /** Removes everything written; harmless after `commit`. */
  readonly discard: () => Promise<void>;
}

/**
 * @param out the file, or the folder when `folder` holds; an existing file is replaced at the end.
 * @throws UsageError when the folder already holds files; EngineError when the storage fails.
 */
export async function openLogOutput(out: string, folder: boolean): Promise<LogOutput> {
  const target = resolve(out);
  if (folder) await requireEmpty(target);
  const staging = await guard(target, () => mkdtemp(join(dirname(target), '.refrain-simulate-')));
  const content = join(staging, basename(target));
  if (folder) await guard(target, () => mkdir(content));
  const files: { path: string; bytes: number; rows: number }[] = [];
  let handle: FileHandle | undefined;

  const end = async (): Promise<void> => {
    const ended = handle;
    handle = undefined;
    await ended?.close();
  };
  const beginDay = async (name: string): Promise<void> => {
    const path = folder ? join(target, name) : target;
    if (handle !== undefined && path === files[files.length - 1].path) return;
    await guard(target, end);
    handle = await guard(target, () => open(folder ? join(content, name) : content, 'wx'));
    files.push({ path, bytes: 0, rows: 0 });
  };
  const write = async (bytes: Uint8Array, rows: number): Promise<void> => {
    if (handle === undefined) throw new Error('Rows came before a file was open.');
    const current = handle;
    await guard(target, () => current.writeFile(bytes));
    const file = files[files.length - 1];
    file.bytes += bytes.length;
    file.rows += rows;
  };
  const commit = async (): Promise<readonly LogFile[]> => {
    await guard(target, end);
    await guard(target, () => rename(content, target));
    await discard();
    return files;
  };
  const discard = async (): Promise<void> => {
    await guard(target, end);
    await guard(target, () => rm(staging, { recursive: true, force: true }));
  };
  return { beginDay, write, commit, discard };
}

async function requireEmpty(folder: string): Promise<void> {
  const entries = await guard(folder, async () => {
    try {
      return await readdir(folder);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  });
  if (entries.length > 0) {
    throw new UsageError(
      `The folder ${folder} already holds ${entries.length} entries; empty it or name another one.`,
      { path: folder, entries: entries.length },
    );
  }
}

async function guard<T>(target: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw storageError(error, target);
  }
}
