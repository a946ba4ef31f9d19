import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import type { Located } from '../engine/engine.ts';
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
      const real = await realpath(file).catch((cause) => {
        throw new InputError(`${file} is a link that points to nothing.`, { path: file }, { cause });
      });
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

/** Whether a path names something that is no file of this machine: a URL, or a table of a catalogue as `table:NAME`. */
export function isUrl(path: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]+:\/|table:)/i.test(path);
}

/** What the engine found where only it can read. @throws InputError when none of it is a log. */
export function remoteInputs(located: readonly Located[]): Inputs {
  const files = new Map<string, LogFile>();
  const notes: string[] = [];
  let others = 0;
  for (const { path, bytes } of located) {
    const format = path.startsWith('table:')
      ? ({ format: 'table', compression: 'none' } as const)
      : formatOf(path);
    if (format === undefined) others++;
    else if (files.has(path)) notes.push(`${path} was given twice and is read once.`);
    else files.set(path, { path, bytes, ...format, remote: true });
  }
  if (others > 0) notes.push(`${others} file${others === 1 ? '' : 's'} of other kinds passed over.`);
  const sorted = [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  if (sorted.length === 0) {
    throw new InputError(`${located[0].path} is not a log file: expected an ending of ${knownEndings}.`, {
      path: located[0].path,
    });
  }
  if (sorted.every(({ format, bytes }) => bytes === 0 && format !== 'table')) {
    throw new InputError(`The log is empty: ${sorted[0].path} holds no bytes.`, { path: sorted[0].path });
  }
  return { files: sorted, notes };
}

async function expand(path: string, notes: string[]): Promise<string[]> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory()) return expandFolder(path, notes);
  if (info !== undefined) return [path];
  const isGlob = /[*?[{]/.test(path);
  const matches = isGlob ? await glob(path, { expandDirectories: false, absolute: isAbsolute(path) }) : [];
  const logs = matches.filter((match) => formatOf(match) !== undefined);
  if (logs.length > 0) return logs;
  throw new InputError(`No such file or folder: ${path} (looked in ${resolve('.')}).`, { path });
}

async function expandFolder(folder: string, notes: string[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    // What begins with a dot or an underscore is hidden, or a note of the tool that wrote the folder.
    .filter((file) => !/(^|[/\\])[._]/.test(relative(folder, file)));
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
