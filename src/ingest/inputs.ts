import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import { InputError } from '../errors.ts';
import { formatOf, knownEndings, type LogFile } from './log-file.ts';

export interface Inputs {
  /** Sorted by path, each file once. */
  readonly files: readonly LogFile[];
  /** What a reader should know: files given twice, files in a folder that are no log. */
  readonly notes: readonly string[];
}

/** Files, folders (with all below them) and globs as the log files they stand for. @throws InputError when one stands for none. */
export async function resolveInputs(paths: readonly string[]): Promise<Inputs> {
  const found = new Map<string, string>();
  const notes: string[] = [];
  for (const path of paths) {
    for (const file of await expand(path, notes)) {
      const real = await realpath(file);
      if (found.has(real)) notes.push(`${file} was given twice and is read once.`);
      else found.set(real, file);
    }
  }
  const files = await Promise.all([...found.values()].sort().map(describeFile));
  if (files.every((file) => file.bytes === 0)) {
    throw new InputError(`The log is empty: ${paths.join(', ')} holds no bytes.`, { paths });
  }
  return { files, notes };
}

async function expand(path: string, notes: string[]): Promise<string[]> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory()) return expandFolder(path, notes);
  if (info !== undefined) return [path];
  const matches = /[*?[{]/.test(path) ? await glob(path, { expandDirectories: false }) : [];
  if (matches.length > 0) return matches.filter((match) => formatOf(match) !== undefined);
  throw new InputError(`No such file or folder: ${path} (looked in ${resolve('.')}).`, { path });
}

async function expandFolder(folder: string, notes: string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory() && !/^[._]/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const logs = files.filter((file) => formatOf(file) !== undefined);
  if (logs.length === 0) {
    throw new InputError(`The folder ${folder} holds no log: expected files ending in ${knownEndings}.`, {
      folder,
    });
  }
  const others = files.length - logs.length;
  if (others > 0)
    notes.push(`${folder}: ${others} file${others === 1 ? '' : 's'} of other kinds passed over.`);
  return logs;
}

async function describeFile(path: string): Promise<LogFile> {
  const info = await stat(path);
  const format = formatOf(path);
  if (!info.isFile() || format === undefined) {
    throw new InputError(`${path} is not a log file: expected an ending of ${knownEndings}.`, { path });
  }
  return { path, bytes: info.size, ...format };
}
