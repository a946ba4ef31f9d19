import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { EngineError } from '../errors.ts';

/** A bad line: where it stands, why it is bad, and its text (bytes that are no UTF-8 become U+FFFD). */
export interface QuarantinedLine {
  readonly file: string;
  /** From 1; a row's number in a Parquet file. */
  readonly line: number;
  /** Of the line's first byte in the decompressed file; absent for Parquet. */
  readonly offset?: number;
  readonly reason: string;
  readonly text: string;
}

/** Lines quarantined for one reason, with the first of them. */
export interface QuarantineReason {
  readonly reason: string;
  readonly lines: number;
  readonly example: QuarantinedLine;
}

/** Writes bad lines to a file as newline-delimited JSON while they are found. */
export class Quarantine {
  readonly path: string;
  readonly #stream: WriteStream;
  readonly #reasons = new Map<string, { lines: number; example: QuarantinedLine }>();
  #failure: Error | undefined;
  #lines = 0;

  constructor(path: string) {
    this.path = path;
    this.#stream = createWriteStream(path);
    this.#stream.on('error', (error) => {
      this.#failure = error;
    });
  }

  get lines(): number {
    return this.#lines;
  }

  add(line: QuarantinedLine): void {
    this.#lines++;
    const seen = this.#reasons.get(line.reason);
    if (seen === undefined) this.#reasons.set(line.reason, { lines: 1, example: line });
    else seen.lines++;
    this.#stream.write(`${JSON.stringify(line)}\n`);
  }

  /** Most frequent reason first. */
  reasons(): QuarantineReason[] {
    return [...this.#reasons]
      .map(([reason, { lines, example }]) => ({ reason, lines, example }))
      .sort((a, b) => b.lines - a.lines || (a.reason < b.reason ? -1 : 1));
  }

  async close(): Promise<void> {
    this.#stream.end();
    if (this.#failure === undefined)
      await once(this.#stream, 'close').catch((error) => {
        this.#failure = error;
      });
    if (this.#failure !== undefined) {
      throw new EngineError(`Cannot write ${this.path}: ${this.#failure.message}`, { path: this.path });
    }
  }
}
