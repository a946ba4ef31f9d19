import { closeSync, openSync, readSync } from 'node:fs';
import { hasByteOrderMark } from '../ingest/each-line.ts';
import type { Judge } from '../ingest/judge.ts';
import { judgeBytes } from '../ingest/judge-bytes.ts';
import type { Slice } from './cut.ts';
import type { Kernel } from './kernel.ts';
import { padding } from './line-reader.ts';
import { Refusal } from './refusal.ts';
import type { RowTally } from './row-tally.ts';

/** A bad line; `line` counts from 1 in the slice, `offset` from the beginning of the file. */
export interface BadLine {
  readonly line: number;
  readonly offset: number;
  readonly reason: string;
  readonly text: string;
}

/** What became of a slice, line by line. */
export interface LineCounts {
  readonly bytes: number;
  readonly lines: number;
  readonly blank: number;
  readonly bad: readonly BadLine[];
}

/** A line must end within so many bytes. */
const bufferBytes = 4 << 20;
/** So much is read at once: little enough to be in a processor's own cache still when it is tallied. */
const readBytes = 256 << 10;
/** A slice with more bad lines is settled in another way, which holds none of them in memory. */
const maxBadLines = 20_000;
/** Lines of odd shapes beyond which no more shapes are taken up. */
const maxLessons = 1000;
const lf = 10;
const cr = 13;
const quote = 34;

/** Tallies the lines of slices of a log: the kernel those that are like others before them, the judge the rest. */
export class LineTally {
  readonly #judge: Judge;
  readonly #rows: RowTally;
  readonly #kernel: Kernel;
  /** Where the data stand in the kernel's memory. */
  readonly #data: number;
  #lessons = 0;
  #lines = 0;
  #blank = 0;
  #bad: BadLine[] = [];

  constructor(judge: Judge, rows: RowTally) {
    this.#judge = judge;
    this.#rows = rows;
    this.#kernel = rows.reader.kernel;
    this.#data = this.#kernel.call.allocate(bufferBytes + padding);
  }

  /** @throws Refusal for a slice that this cannot do. */
  tally(slice: Slice): LineCounts {
    this.#lines = 0;
    this.#blank = 0;
    this.#bad = [];
    const file = openSync(slice.path, 'r');
    try {
      const bytes = this.#read(file, slice);
      return { bytes, lines: this.#lines, blank: this.#blank, bad: this.#bad };
    } finally {
      closeSync(file);
    }
  }

  /** Reads the file by and by; gives how many bytes its lines have. */
  #read(file: number, { path, start, end, bytes }: Slice): number {
    const data = this.#data;
    let own = 0;
    // The byte before a slice tells whether a line begins with it.
    let at = Math.max(start - 1, 0);
    let isInside = start === 0;
    let held = 0;
    for (;;) {
      const buffer = this.#kernel.bytes;
      const room = Math.min(readBytes, bufferBytes - 1 - held);
      const count = readSync(file, buffer, data + held, room, at + held);
      let length = held + count;
      const isEnd = at + length >= bytes || count === 0;
      if (isEnd && length > 0 && buffer[data + length - 1] !== lf) buffer[data + length++] = lf;
      buffer.fill(quote, data + length, data + length + padding);
      const read = buffer.subarray(data, data + length);
      let p = 0;
      if (!isInside) {
        p = read.indexOf(lf) + 1;
        if (p === 0 && !isEnd) {
          if (length < bufferBytes - 1) {
            held = length;
            continue;
          }
          throw tooLong(path);
        }
        isInside = true;
        if (at + p >= end) return own;
      }
      const hasMark = at === 0 && hasByteOrderMark(read);
      if (hasMark) p = 3;
      const first = p;
      p = this.#addLines(p, read.lastIndexOf(lf) + 1, at, end);
      // The LF that was added to a last line is none of the file's.
      own += Math.min(at + p, bytes) - (at + first) + (hasMark ? 3 : 0);
      if (at + p >= end || isEnd) return own;
      if (p === first && length === bufferBytes - 1) throw tooLong(path);
      this.#kernel.bytes.copyWithin(data, data + p, data + length);
      held = length - p;
      at += p;
    }
  }

  /** Adds the whole lines of the data from `p` to `length` that begin before `end` in the file; gives where the first one begins that it did not add. */
  #addLines(from: number, length: number, at: number, end: number): number {
    const { call } = this.#kernel;
    const data = this.#data;
    const stop = Math.min(length, end - at);
    let p = from;
    while (p < stop) {
      const known = call.lines.value;
      p = call.tallyLines(data + p, data + stop) - data;
      this.#lines += call.lines.value - known;
      if (p >= stop) break;
      this.#lines++;
      const lineEnd = this.#kernel.bytes.indexOf(lf, data + p) - data;
      this.#addJudged(p, lineEnd, at, call.isOdd.value !== 0);
      p = lineEnd + 1;
    }
    return p;
  }

  /** A line that the kernel says nothing of, or that is bad. */
  #addJudged(from: number, lineEnd: number, at: number, isOdd: boolean): void {
    const buffer = this.#kernel.bytes;
    const data = this.#data;
    const end = lineEnd > from && buffer[data + lineEnd - 1] === cr ? lineEnd - 1 : lineEnd;
    // A copy, since the kernel's memory may move as it takes up the line.
    const bytes = Buffer.from(buffer.subarray(data + from, data + end));
    const verdict = judgeBytes({ bytes, length: bytes.length }, this.#judge);
    if (verdict.kind === 'blank') this.#blank++;
    else if (verdict.kind === 'bad') {
      if (this.#bad.length === maxBadLines)
        throw new Refusal(`more than ${maxBadLines} lines of a slice are bad`);
      const { reason } = verdict;
      this.#bad.push({ line: this.#lines, offset: at + from, reason, text: bytes.toString() });
    } else {
      if (isOdd && this.#lessons++ < maxLessons) this.#rows.reader.shapes.learn(bytes);
      if (!this.#rows.add(verdict.record)) {
        throw new RangeError(`The judge and the tally differ on ${bytes.toString()}`);
      }
    }
  }
}

function tooLong(path: string): Refusal {
  return new Refusal(`${path} has a line of more than ${bufferBytes} bytes`);
}
