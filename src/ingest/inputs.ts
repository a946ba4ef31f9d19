import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import type { Located } from '../engine/engine.ts';
import { InputError } from '../errors.ts';
import { formatOf, knownEndings, type LogFile, nameOf } from './log-file.ts';

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

/** Whether a name is one of a log's. */
export function isLogName(name: string): boolean {
  return formatOf(name) !== undefined;
}

/** What the engine found at URLs, as the log's files. @throws InputError when one is none, or they hold nothing. */
export function locatedInputs(located: readonly Located[]): LogFile[] {
  const files = new Map(located.map((file) => [file.path, locatedFile(file)]));
  const sorted = [...files.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  if (sorted.every(({ format, bytes }) => bytes === 0 && format !== 'table')) {
    throw new InputError(`The log is empty: ${nameOf(sorted[0])} holds no bytes.`, {
      path: nameOf(sorted[0]),
    });
  }
  return sorted;
}

function locatedFile({ path, bytes, remote, url }: Located): LogFile {
  const format = path.startsWith('table:')
    ? ({ format: 'table', compression: 'none' } as const)
    : formatOf(path);
  if (format === undefined) {
    throw new InputError(`${url ?? path} is not a log file: expected an ending of ${knownEndings}.`, {
      path: url ?? path,
    });
  }
  return {
    ...{ path, bytes, ...format },
    ...(remote ? { remote } : {}),
    ...(url === undefined ? {} : { url }),
  };
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
