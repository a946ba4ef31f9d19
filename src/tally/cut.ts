import { join } from 'node:path';
import type { LogFile } from '../ingest/log-file.ts';

/** How the work is cut up; never changes a result. */
export interface Cut {
  /** A log below this is read in this thread: to start others would take longer. */
  readonly smallLog: number;
  readonly largestSlice: number;
  readonly smallestSlice: number;
  /** Bytes of the log in a partition of what is sorted out later. */
  readonly partition: number;
}

export const defaultCut: Cut = {
  smallLog: 16 << 20,
  largestSlice: 256 << 20,
  smallestSlice: 1 << 20,
  partition: 32 << 20,
};

const maxPartitions = 1024;

/** A piece of a file of JSON lines: the lines whose first byte is in `start … end`. */
export interface Slice {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  /** The file's size. */
  readonly bytes: number;
  /** File for what is sorted out later; a new one each slice. */
  readonly spillPath: string;
  readonly partitions: number;
}

export interface FileSlice extends Slice {
  readonly file: LogFile;
}

/** The files in slices, in their order; `folder` is for intermediate files. */
export function slicesOf(files: readonly LogFile[], folder: string, threads: number, cut: Cut): FileSlice[] {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const size = Math.min(cut.largestSlice, Math.max(cut.smallestSlice, Math.ceil(bytes / (4 * threads))));
  const wanted = Math.max(1, bytes / cut.partition);
  const partitions = Math.min(maxPartitions, 2 ** Math.ceil(Math.log2(wanted)));
  const pieces = files.flatMap((file) =>
    Array.from({ length: Math.ceil(file.bytes / size) }, (_, i) => ({ file, start: i * size })),
  );
  return pieces.map(({ file, start }, i) => ({
    file,
    path: file.path,
    start,
    end: Math.min(start + size, file.bytes),
    bytes: file.bytes,
    spillPath: join(folder, `slice-${i}`),
    partitions,
  }));
}
