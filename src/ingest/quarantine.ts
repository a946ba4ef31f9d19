import { LineFile } from './line-file.ts';

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
  readonly #file: LineFile;
  readonly #reasons = new Map<string, { lines: number; example: QuarantinedLine }>();
  #lines = 0;

  constructor(path: string) {
    this.#file = new LineFile(path);
  }

  get path(): string {
    return this.#file.path;
  }

  get lines(): number {
    return this.#lines;
  }

  add(line: QuarantinedLine): void {
    this.#lines++;
    const seen = this.#reasons.get(line.reason);
    if (seen === undefined) this.#reasons.set(line.reason, { lines: 1, example: line });
    else seen.lines++;
    this.#file.write(JSON.stringify(line));
  }

  /** Most frequent reason first. */
  reasons(): QuarantineReason[] {
    return [...this.#reasons]
      .map(([reason, { lines, example }]) => ({ reason, lines, example }))
      .sort((a, b) => b.lines - a.lines || (a.reason < b.reason ? -1 : 1));
  }

  /** When the disk has kept up. @throws EngineError when it cannot be written to. */
  ready(): Promise<void> {
    return this.#file.ready();
  }

  /** @throws EngineError when not all of it could be written. */
  close(): Promise<void> {
    return this.#file.close();
  }
}
