import { type FileHandle, mkdir, mkdtemp, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { UsageError } from '../errors.ts';
import { storageError } from '../storage-error.ts';

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
 * @param out a file, which is replaced at the end if it exists; or a folder, when the name ends with a separator, is
 * that of a folder or has no extension.
 * @throws UsageError when the folder already holds files; EngineError when the storage fails.
 */
export async function openLogOutput(out: string): Promise<LogOutput> {
  const target = resolve(out);
  const folder = await guard(target, () => asksForFolder(out));
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

async function asksForFolder(out: string): Promise<boolean> {
  if (out.endsWith(sep) || out.endsWith('/')) return true;
  const there = await ifThere(stat(out));
  return there === undefined ? extname(out) === '' : there.isDirectory();
}

async function requireEmpty(folder: string): Promise<void> {
  const entries = (await guard(folder, () => ifThere(readdir(folder)))) ?? [];
  if (entries.length > 0) {
    throw new UsageError(
      `The folder ${folder} already holds ${entries.length} entries; empty it or name another one.`,
      { path: folder, entries: entries.length },
    );
  }
}

/** What is asked about a path, or undefined when nothing is there. */
async function ifThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function guard<T>(target: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw storageError(error, target);
  }
}
