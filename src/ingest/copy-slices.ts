import { createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { storageError } from '../storage-error.ts';

/** A piece of a file. */
export interface Slice {
  /** Of its first byte. */
  readonly start: number;
  readonly bytes: number;
}

/** Writes pieces of a file to a new one, in their order. @throws EngineError when it cannot be written. */
export async function copySlices(path: string, slices: readonly Slice[], target: string): Promise<void> {
  const source = await open(path);
  try {
    await pipeline(Readable.from(contents(source, slices)), createWriteStream(target));
  } catch (error) {
    throw storageError(error, target);
  } finally {
    await source.close();
  }
}

async function* contents(source: FileHandle, slices: readonly Slice[]): AsyncGenerator<Buffer> {
  for (const { start, bytes } of joined(slices)) {
    const content = Buffer.alloc(bytes);
    await source.read(content, 0, bytes, start);
    yield content;
  }
}

const longestRead = 1 << 20;

/** Slices that follow each other in the file as one. */
function* joined(slices: readonly Slice[]): Generator<Slice> {
  let start = 0;
  let bytes = 0;
  for (const slice of slices) {
    if (slice.start === start + bytes && bytes < longestRead) bytes += slice.bytes;
    else {
      if (bytes > 0) yield { start, bytes };
      ({ start, bytes } = slice);
    }
  }
  if (bytes > 0) yield { start, bytes };
}
