import { open, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Effects, throwIfAborted } from '../../effects.ts';
import { EngineError } from '../../errors.ts';
import { storageError } from '../../storage-error.ts';
import type { S3Store } from './client.ts';
import { s3Error } from './errors.ts';
import { listObjects, type S3Object } from './list.ts';
import { parseS3Url } from './location.ts';
import { fetchPart, type Part, partsOf } from './transfer.ts';

/** An object and its copy. */
interface Downloaded {
  readonly url: string;
  readonly path: string;
  readonly bytes: number;
  readonly etag: string;
}

export interface Download {
  /** In the order of the URLs, and of the keys within each; an object that several name comes once. */
  readonly files: readonly Downloaded[];
  /** What a reader should know. */
  readonly notes: readonly string[];
}

export interface DownloadOptions {
  /** Which objects of a folder or a glob to take, by key; an object that a URL names itself is taken in any case. */
  readonly accept?: (key: string) => boolean;
}

/** Requests under way at once; they wait for the network, not for a processor. */
const connections = 8;

/**
 * Copies the objects that `s3://`, `s3a://` or `s3n://` URLs, folders and globs name into `folder`, under numbered names
 * that keep their endings. Holds a few chunks in memory, whatever the objects' size. Either all copies are whole and of
 * the objects as they were listed, or it throws.
 * @throws InputError where a URL names nothing, EngineError for what the store or the disk refuses, InterruptedError.
 */
export async function downloadS3(
  urls: readonly string[],
  folder: string,
  options: DownloadOptions,
  effects: Effects,
): Promise<Download> {
  const locations = urls.map(parseS3Url);
  throwIfAborted(effects.signal);
  // Loaded only here: the SDK takes a good part of the time in which every command starts.
  const { openS3 } = await import('./client.ts');
  const store = await openS3(process.env);
  try {
    const notes: string[] = [];
    const found = new Map<string, S3Object>();
    for (const location of locations) {
      const { objects, others } = await listObjects(
        store,
        location,
        options.accept ?? (() => true),
        effects.signal,
      );
      if (others > 0)
        notes.push(`${location.url}: ${others} object${others === 1 ? '' : 's'} of other kinds passed over.`);
      for (const object of objects) {
        if (found.has(object.url)) notes.push(`${object.url} was given twice and is read once.`);
        else found.set(object.url, object);
      }
    }
    if (store.anonymous)
      notes.push('No AWS credentials were found: the objects were read as a public bucket gives them.');
    return { files: await copyAll(store, [...found.values()], folder, effects), notes };
  } finally {
    store.client.destroy();
  }
}

async function copyAll(
  store: S3Store,
  objects: readonly S3Object[],
  folder: string,
  effects: Effects,
): Promise<Downloaded[]> {
  const total = objects.reduce((sum, object) => sum + object.bytes, 0);
  await checkRoom(folder, total);
  const files = objects.map((object, index) => ({
    ...object,
    path: join(folder, localName(object.key, index)),
  }));
  const parts: Part[] = [];
  for (const file of files) {
    await createFile(file.path);
    parts.push(...partsOf(file, file.path));
  }
  await fetchAll(store, parts, total, effects);
  for (const { path, bytes, url } of files) {
    const { size } = await stat(path);
    if (size !== bytes)
      throw new EngineError(`The copy of ${url} has ${size} bytes, the object ${bytes}.`, {
        url,
        size,
        bytes,
      });
  }
  return files.map(({ url, path, bytes, etag }) => ({ url, path, bytes, etag }));
}

/** The first failure stops the others. */
async function fetchAll(
  store: S3Store,
  parts: readonly Part[],
  total: number,
  effects: Effects,
): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([effects.signal, stop.signal]);
  let done = 0;
  const report = (bytes: number) => {
    done += bytes;
    effects.progress({ stage: 'download', done, total, unit: 'bytes' });
  };
  report(0);
  const queue = parts.values();
  let failure: unknown;
  const worker = async () => {
    for (const part of queue) {
      if (signal.aborted) return;
      try {
        await fetchPart(store, part, report, signal);
      } catch (cause) {
        // What the others then fail with is only that they were stopped.
        failure ??= s3Error(cause, part.object.url, store, effects.signal);
        stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  throwIfAborted(effects.signal);
  if (failure !== undefined) throw failure;
}

async function checkRoom(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  if (needed <= free) return;
  throw new EngineError(
    `The objects have ${needed} bytes, and ${folder} has room for ${free}: free some space, or choose another folder with --out.`,
    { needed, free, folder },
  );
}

async function createFile(path: string): Promise<void> {
  try {
    await (await open(path, 'wx')).close();
  } catch (cause) {
    throw storageError(cause, path);
  }
}

/** A name that no file system, shell or glob takes for something else; the end is kept, since it tells the format. */
function localName(key: string, index: number): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  return `${String(index).padStart(5, '0')}-${name.replaceAll(/[^\w.=-]/g, '_').slice(-100)}`;
}
