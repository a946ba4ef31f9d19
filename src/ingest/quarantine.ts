import { rename } from 'node:fs/promises';
import { copySlices, type Slice } from './copy-slices.ts';
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

/** Lines quarantined for one reason, with the first of them by file and line. */
export interface QuarantineReason {
  readonly reason: string;
  readonly lines: number;
  readonly example: QuarantinedLine;
}

/** Writes bad lines to a file as newline-delimited JSON while they are found; once finished, they stand there by file and line. */
export class Quarantine {
  readonly #file: LineFile;
  readonly #reasons = new Map<string, { lines: number; example: QuarantinedLine }>();
  readonly #places: (Place & Slice)[] = [];
  #bytes = 0;
  #isInOrder = true;

  constructor(path: string) {
    this.#file = new LineFile(path);
  }

  get path(): string {
    return this.#file.path;
  }

  get lines(): number {
    return this.#places.length;
  }

  add(line: QuarantinedLine): void {
    const seen = this.#reasons.get(line.reason);
    if (seen === undefined) this.#reasons.set(line.reason, { lines: 1, example: line });
    else {
      seen.lines++;
      if (compare(line, seen.example) < 0) seen.example = line;
    }
    const text = JSON.stringify(line);
    const place = {
      file: line.file,
      line: line.line,
      start: this.#bytes,
      bytes: Buffer.byteLength(text) + 1,
    };
    const last = this.#places.at(-1);
    if (last !== undefined && compare(place, last) < 0) this.#isInOrder = false;
    this.#places.push(place);
    this.#bytes += place.bytes;
    this.#file.write(text);
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

  /** Closes the file, its lines in order. @throws EngineError when not all of it could be written. */
  async finish(): Promise<void> {
    await this.close();
    if (this.#isInOrder) return;
    const sorted = `${this.path}.sorted`;
    await copySlices(this.path, this.#places.sort(compare), sorted);
    await rename(sorted, this.path);
  }

  /** @throws EngineError when not all of it could be written. */
  close(): Promise<void> {
    return this.#file.close();
  }
}

type Place = Pick<QuarantinedLine, 'file' | 'line'>;

function compare(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line;
}
