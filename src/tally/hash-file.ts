import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** Little enough that what was read is in a processor's own cache still when it is hashed. */
const bufferBytes = 256 << 10;

/** SHA-256 of a file, in hexadecimal, and how many bytes it is of. */
export interface FileHash {
  readonly sha256: string;
  readonly bytes: number;
}

export function hashFile(path: string): FileHash {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(bufferBytes);
  const file = openSync(path, 'r');
  try {
    for (let bytes = 0; ; ) {
      const count = readSync(file, buffer, 0, bufferBytes, bytes);
      if (count === 0) return { sha256: hash.digest('hex'), bytes };
      hash.update(buffer.subarray(0, count));
      bytes += count;
    }
  } finally {
    closeSync(file);
  }
}
