import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import { storageError } from '../storage-error.ts';

/** @throws UsageError when the file is there and may not be replaced, or is a device or the like. */
export async function checkOutputFile(path: string, force: boolean): Promise<void> {
  if (path === '' || path === '-')
    throw new UsageError(`--out is "${path}"; expected the name of a file.`, { out: path });
  const info = await stat(path).catch(() => undefined);
  if (info === undefined || info.isDirectory()) return;
  if (!info.isFile()) throw new UsageError(`${path} is no regular file: give another --out.`, { out: path });
  if (!force)
    throw new UsageError(`${path} exists. Give another --out, or --force to replace it.`, { out: path });
}

/** Writes beside the place and renames, so that a reader never sees half a file. @throws EngineError */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.partial-${process.pid}`;
  try {
    await writeFile(partial, content);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw storageError(error, path);
  }
}
