import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { throwIfAborted } from '../effects.ts';

const bufferBytes = 4 << 20;

/** SHA-256 of a file, in hexadecimal, and how many bytes it is of. */
export interface FileHash {
  readonly sha256: string;
  readonly bytes: number;
}

export async function hashFile(path: string, signal: AbortSignal): Promise<FileHash> {
  const hash = createHash('sha256');
  const buffer = Buffer.alloc(bufferBytes);
  const file = await open(path, 'r');
  let bytes = 0;
  try {
    for (;;) {
      throwIfAborted(signal);
      const { bytesRead } = await file.read(buffer, 0, bufferBytes, bytes);
      if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes };
      hash.update(buffer.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await file.close();
  }
}
