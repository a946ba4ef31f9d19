import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { storageError } from '../storage-error.ts';

/** Numbers of four bytes in a file. */
export interface Extent {
  readonly path: string;
  /** Of the first one, in bytes. */
  readonly offset: number;
  readonly length: number;
}

/** Puts records of `width` numbers in the order of their partitions; those of partition `p` begin at record `starts[p]`. @param partitionOf by the index of a record's first number. */
export function partitioned(
  records: Int32Array,
  width: number,
  partitions: number,
  partitionOf: (at: number) => number,
): { readonly sorted: Int32Array; readonly starts: Int32Array } {
  const starts = new Int32Array(partitions + 1);
  for (let at = 0; at < records.length; at += width) starts[partitionOf(at) + 1]++;
  for (let p = 0; p < partitions; p++) starts[p + 1] += starts[p];
  const next = starts.slice();
  const sorted = new Int32Array(records.length);
  for (let at = 0; at < records.length; at += width) {
    const to = width * next[partitionOf(at)]++;
    for (let i = 0; i < width; i++) sorted[to + i] = records[at + i];
  }
  return { sorted, starts };
}

/** Writes arrays one behind the other into a new file. @throws EngineError when the storage takes no more. */
export function writeArrays(path: string, arrays: readonly (Int32Array | Float64Array)[]): void {
  try {
    const file = openSync(path, 'w');
    try {
      for (const array of arrays) {
        const bytes = Buffer.from(array.buffer, array.byteOffset, array.byteLength);
        for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      }
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw storageError(error, path);
  }
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
