import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { EngineError } from '../errors.ts';

/** A new file that is written line by line. */
export class LineFile {
  readonly path: string;
  readonly #stream: WriteStream;
  #failure: Error | undefined;

  constructor(path: string) {
    this.path = path;
    this.#stream = createWriteStream(path);
    this.#stream.on('error', (error) => {
      this.#failure = error;
    });
  }

  /** Adds a line and its LF; await `ready` now and then, or the lines pile up in memory. */
  write(line: string | Uint8Array): void {
    if (this.#stream.destroyed) return;
    this.#stream.write(line);
    this.#stream.write('\n');
  }

  /** When the disk has kept up. @throws EngineError when it cannot be written to. */
  async ready(): Promise<void> {
    // A failed stream never drains: whichever comes first.
    if (this.#stream.writableNeedDrain && this.#failure === undefined) {
      await once(this.#stream, 'drain').catch(() => {});
    }
    this.#check();
  }

  /** @throws EngineError when not all of it could be written. */
  async close(): Promise<void> {
    if (!this.#stream.closed) {
      this.#stream.end();
      await once(this.#stream, 'close').catch(() => {});
    }
    this.#check();
  }

  #check(): void {
    if (this.#failure === undefined) return;
    throw new EngineError(`Cannot write ${this.path}: ${this.#failure.message}`, { path: this.path });
  }
}
