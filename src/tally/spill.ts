import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { storageError } from '../storage-error.ts';

/** Numbers of four bytes in a file. */
export interface Extent {
  readonly path: string;
  /** Of the first one, in bytes. */
  readonly offset: number;
  readonly length: number;
}

/** Makes a new file of bytes one behind the other; `write` gives where they stand. @throws EngineError when the storage takes no more. */
export function writeNew<T>(path: string, make: (write: (bytes: Uint8Array) => Extent) => T): T {
  const file = opened(path);
  let offset = 0;
  try {
    return make((bytes) => {
      const extent = { path, offset, length: bytes.length / 4 };
      for (let done = 0; done < bytes.length; ) done += written(file, bytes, done, path);
      offset += bytes.length;
      return extent;
    });
  } finally {
    closeSync(file);
  }
}

function opened(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw storageError(error, path);
  }
}

function written(file: number, bytes: Uint8Array, from: number, path: string): number {
  try {
    return writeSync(file, bytes, from);
  } catch (error) {
    throw storageError(error, path);
  }
}

/**
 * The numbers of some partitions, by partition and source. What one source has of them must stand one behind the other in its file: it is
 * read at once, since opening files for each piece took longer than what was done with it.
 */
export function readPartitions(
  partitions: readonly (readonly Extent[])[],
): (readonly Int32Array<ArrayBuffer>[])[] {
  const sources = partitions[0].map((first, source) => {
    const length = partitions.reduce((sum, extents) => sum + extents[source].length, 0);
    return readNumbers({ ...first, length });
  });
  const ends = partitions[0].map(() => 0);
  return partitions.map((extents) =>
    extents.map(({ length }, source) => {
      ends[source] += length;
      return sources[source].subarray(ends[source] - length, ends[source]);
    }),
  );
}

export function readNumbers({ path, offset, length }: Extent): Int32Array<ArrayBuffer> {
  const numbers = new Int32Array(length);
  const bytes = Buffer.from(numbers.buffer);
  const file = openSync(path, 'r');
  try {
    for (let done = 0; done < bytes.length; ) {
      const count = readSync(file, bytes, done, bytes.length - done, offset + done);
      if (count === 0) throw new RangeError(`${path} has lost its end.`);
      done += count;
    }
  } finally {
    closeSync(file);
  }
  return numbers;
}
