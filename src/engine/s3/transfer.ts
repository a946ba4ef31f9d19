import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { EngineError, RefrainError } from '../../errors.ts';
import { storageError } from '../../storage-error.ts';
import type { S3Store } from './client.ts';
import { changedObject, isMissingKey, isPreconditionFailed } from './errors.ts';
import type { S3Object } from './list.ts';

/** A piece of an object: the bytes from `start` up to but not including `end`. */
export interface Part {
  readonly object: S3Object;
  /** The file that it belongs into, which must exist. */
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** Large enough that requests cost nothing, small enough that one large object keeps all connections busy. */
const partBytes = 8 * 1024 * 1024;
/** Streams that break without a byte, in a row, after which a part is given up. */
const mostFailures = 5;

/** The object as parts that can be fetched in any order; none for an empty object. */
export function partsOf(object: S3Object, path: string): Part[] {
  return Array.from({ length: Math.ceil(object.bytes / partBytes) }, (_, i) => ({
    object,
    path,
    start: i * partBytes,
    end: Math.min(object.bytes, (i + 1) * partBytes),
  }));
}

/**
 * Writes a part at its place in its file. A stream that breaks is taken up where it broke.
 * @param report takes the number of bytes that came (negative: that must come again).
 * @throws EngineError when the object is not the listed one any more, or the disk is full.
 */
export async function fetchPart(
  store: S3Store,
  part: Part,
  report: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const file = await open(part.path, 'r+');
  try {
    let at = part.start;
    for (let failures = 0; at < part.end; ) {
      const from = at;
      const advance = (bytes: number) => {
        at += bytes;
        report(bytes);
      };
      const failure = await copyFrom(store, part, from, file, advance, signal);
      if (failure === undefined) continue;
      // All bytes came and yet it failed: the checksum of the whole does not fit them.
      if (at === part.end) advance(part.start - at);
      failures = at > from ? 1 : failures + 1;
      if (failures >= mostFailures) throw failure;
      await wait(100 * 2 ** failures, undefined, { signal });
    }
  } finally {
    await file.close();
  }
}

/** Copies from `from` to the part's end, as far as the stream goes; gives the error with which it broke. */
async function copyFrom(
  store: S3Store,
  part: Part,
  from: number,
  file: FileHandle,
  advance: (bytes: number) => void,
  signal: AbortSignal,
): Promise<unknown> {
  const body = await request(store, part, from, signal);
  let at = from;
  try {
    for await (const chunk of body) {
      await write(file, chunk, at, part.path);
      at += chunk.length;
      advance(chunk.length);
    }
  } catch (cause) {
    if (cause instanceof RefrainError || signal.aborted) throw cause;
    return cause;
  }
  return at < part.end ? new Error(`the stream ended ${part.end - at} bytes early`) : undefined;
}

/** The bytes from `from` to the part's end, of the object as it was listed and of no other. The SDK repeats what fails before the first byte. */
async function request(
  store: S3Store,
  { object, start, end }: Part,
  from: number,
  abortSignal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const whole = start === 0 && from === 0 && end === object.bytes;
  const command = new store.sdk.GetObjectCommand({
    Bucket: object.bucket,
    Key: object.key,
    IfMatch: object.etag,
    ...(whole ? {} : { Range: `bytes=${from}-${end - 1}` }),
  });
  const response = await store.client.send(command, { abortSignal }).catch((cause) => {
    if (isMissingKey(cause)) throw changedObject(object.url, 'was deleted');
    throw isPreconditionFailed(cause) ? changedObject(object.url, 'was replaced') : cause;
  });
  if (response.ETag !== object.etag) throw changedObject(object.url, 'was replaced');
  if (!(response.Body instanceof Readable) || response.ContentLength !== end - from) {
    throw new EngineError(
      `The store answered with ${response.ContentLength ?? 'an unknown number of'} bytes of ${object.url} where ${end - from} were asked for.`,
      { url: object.url, range: [from, end] },
    );
  }
  return response.Body;
}

async function write(file: FileHandle, chunk: Uint8Array, at: number, path: string): Promise<void> {
  try {
    for (let written = 0; written < chunk.length; ) {
      const { bytesWritten } = await file.write(chunk, written, chunk.length - written, at + written);
      written += bytesWritten;
    }
  } catch (cause) {
    throw storageError(cause, path);
  }
}
