import { createHash, type Hash } from 'node:crypto';
import type { Effects } from '../effects.ts';
import { throwIfAborted } from '../effects.ts';
import { longestForEngine } from '../engine/engine.ts';
import { hasByteOrderMark } from './each-line.ts';
import { type LogFile, readContent, readRaw } from './log-file.ts';

/** A file's bytes, counted without looking at what they mean. */
export interface ByteCount {
  readonly file: LogFile;
  /** SHA-256 of the file as it stands on disk, in hexadecimal; absent where only the engine can read it. */
  readonly sha256?: string;
  /** Decompressed bytes. */
  readonly contentBytes: number;
  /** Lines as LF ends them; a last line without LF counts. */
  readonly lines: number;
  /** Bytes of the lines without LF, the CR of a CRLF and a byte order mark. */
  readonly lineBytes: number;
  /** CR stands elsewhere than before every LF, the byte 1 somewhere, or a line is beyond what engines are given. */
  readonly disputed: boolean;
}

/** Reads each file once, beside the engine's own reading; of remote ones only the size is known. */
export async function countBytes(
  files: readonly LogFile[],
  { signal }: Pick<Effects, 'signal'>,
): Promise<ByteCount[]> {
  const counts: ByteCount[] = [];
  for (const file of files) {
    const unread = { file, contentBytes: file.bytes, lines: 0, lineBytes: 0, disputed: false };
    counts.push(file.remote ? unread : await countFile(file, signal));
  }
  return counts;
}

async function countFile(file: LogFile, signal: AbortSignal): Promise<ByteCount> {
  const hash = createHash('sha256');
  const tally = new LineTally();
  if (file.compression !== 'none') await hashRaw(file, hash);
  for await (const chunk of readContent(file)) {
    throwIfAborted(signal);
    if (file.compression === 'none') hash.update(chunk);
    if (file.format === 'json') tally.add(chunk);
    else tally.bytes += chunk.length;
  }
  const count = tally.result();
  const disputed = file.format === 'json' && count.disputed;
  return { file, sha256: hash.digest('hex'), ...count, disputed };
}

async function hashRaw(file: LogFile, hash: Hash): Promise<void> {
  for await (const chunk of readRaw(file.path)) hash.update(chunk);
}

class LineTally {
  bytes = 0;
  #newlines = 0;
  #returns = 0;
  #pairs = 0;
  #last = -1;
  #head: Buffer = Buffer.alloc(0);
  #hasSeparator = false;
  #lineStart = 0;
  #longest = 0;

  add(chunk: Buffer): void {
    if (chunk.length === 0) return;
    if (this.#head.length < 3) this.#head = Buffer.concat([this.#head, chunk.subarray(0, 3)]);
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
      this.#newlines++;
      this.#endLine(this.bytes + at);
      this.#lineStart = this.bytes + at + 1;
      if ((at > 0 ? chunk[at - 1] : this.#last) === 13) this.#pairs++;
    }
    for (let at = chunk.indexOf(13); at >= 0; at = chunk.indexOf(13, at + 1)) this.#returns++;
    this.#hasSeparator ||= chunk.includes(1);
    this.bytes += chunk.length;
    this.#last = chunk[chunk.length - 1];
  }

  #endLine(end: number): void {
    if (end - this.#lineStart > this.#longest) this.#longest = end - this.#lineStart;
  }

  result() {
    this.#endLine(this.bytes);
    const mark = hasByteOrderMark(this.#head) ? 3 : 0;
    const unended = this.bytes > mark && this.#last !== 10 ? 1 : 0;
    return {
      contentBytes: this.bytes,
      lines: this.#newlines + unended,
      lineBytes: this.bytes - this.#newlines - this.#pairs - mark,
      disputed:
        this.#hasSeparator ||
        this.#longest > longestForEngine ||
        this.#returns !== this.#pairs ||
        (this.#pairs > 0 && this.#pairs !== this.#newlines),
    };
  }
}
