import { type LogFile, readContent } from './log-file.ts';

/** A line of a file, as LF ends it. */
export interface FileLine {
  /** Without the LF and the CR before it; valid during the visit only. Of a line beyond `longestLine`, its beginning alone. */
  readonly bytes: Buffer;
  /** Bytes of the whole line, without the LF and the CR before it. */
  readonly length: number;
  /** What ends it; empty at the end of the file. */
  readonly ending: '\n' | '\r\n' | '\r' | '';
  /** From 1. */
  readonly number: number;
  /** Of its first byte in the decompressed content. */
  readonly offset: number;
}

/** Bytes of the longest line that is held whole; what is longer is no line of a log. */
export const longestLine = 128 << 20;
const keptOfLongest = 64 << 10;

/**
 * Calls `visit` with each line of a file, and awaits `ready` now and then. A byte order mark is no part of the first line.
 * @throws InputError when the file cannot be read.
 */
export async function eachLine(
  file: LogFile,
  visit: (line: FileLine) => void,
  ready: () => Promise<void>,
): Promise<void> {
  const line = new GrowingLine(visit);
  for await (const chunk of readContent(file)) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      line.add(chunk.subarray(start, end));
      line.end('\n');
      start = end + 1;
    }
    if (start < chunk.length) line.add(chunk.subarray(start));
    await ready();
  }
  line.endOfFile();
}

/** The line that is being read, which may come in many pieces. */
class GrowingLine {
  readonly #visit: (line: FileLine) => void;
  #pieces: Buffer[] = [];
  #length = 0;
  #lastByte = -1;
  #number = 0;
  #offset = 0;

  constructor(visit: (line: FileLine) => void) {
    this.#visit = visit;
  }

  add(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#lastByte = piece[piece.length - 1];
    if (this.#length <= longestLine) this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > longestLine) this.#pieces = [this.#whole().subarray(0, keptOfLongest)];
  }

  end(newline: '\n' | ''): void {
    const whole = this.#whole();
    const mark = this.#number === 0 && hasByteOrderMark(whole) ? 3 : 0;
    const returned = this.#lastByte === 13 ? 1 : 0;
    const length = this.#length - mark - returned;
    this.#visit({
      bytes: whole.subarray(mark, Math.min(whole.length, mark + length)),
      length,
      ending: returned ? `\r${newline}` : newline,
      number: ++this.#number,
      offset: this.#offset + mark,
    });
    this.#offset += this.#length + 1;
    this.#pieces = [];
    this.#length = 0;
    this.#lastByte = -1;
  }

  endOfFile(): void {
    const isMarkAlone = this.#number === 0 && this.#length === 3 && hasByteOrderMark(this.#whole());
    if (this.#length > 0 && !isMarkAlone) this.end('');
  }

  #whole(): Buffer {
    return this.#pieces.length === 1 ? this.#pieces[0] : Buffer.concat(this.#pieces);
  }
}

export function hasByteOrderMark(data: Buffer): boolean {
  return data.length >= 3 && data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf;
}
