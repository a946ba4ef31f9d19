import { isUtf8 } from 'node:buffer';
import { eachLine, type FileLine, longestLine } from './each-line.ts';
import type { LogFile } from './log-file.ts';

/** A record of a CSV file, with its place and its text as they stand in the file, without the line end. */
export interface CsvRecord {
  /** An array, or why it is none. */
  readonly fields: readonly string[] | 'not_csv' | 'not_utf8' | 'line_too_long';
  readonly text: string;
  /** Of its first line, from 1. */
  readonly line: number;
  /** Of its first byte in the decompressed content. */
  readonly offset: number;
}

/** Bytes within which a quotation must end. */
const longestQuotation = 16 << 20;

/**
 * Calls `visit` with each record of a file (RFC 4180; CRLF or LF), the header too, and with an empty line as a record of one empty
 * field. A quotation mark that does not belong costs the line it stands in and none of those after it.
 */
export async function eachCsvRecord(
  file: LogFile,
  visit: (record: CsvRecord) => void,
  ready: () => Promise<void>,
): Promise<void> {
  const reader = new RecordReader(visit);
  await eachLine(file, (line) => reader.add(line), ready);
  reader.end();
}

class RecordReader {
  readonly #visit: (record: CsvRecord) => void;
  /** Lines of a record whose quotation is still open. */
  #open: FileLine[] = [];
  #quotes = 0;

  constructor(visit: (record: CsvRecord) => void) {
    this.#visit = visit;
  }

  add(line: FileLine): void {
    if (this.#open.length === 0 && !line.bytes.includes(quote)) {
      this.#visit(toRecord([line]));
      return;
    }
    const waiting: FileLine[] = [{ ...line, bytes: Buffer.from(line.bytes) }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      this.#open.push(next);
      this.#quotes += countQuotes(next.bytes);
      if (this.#quotes % 2 === 0 || this.#isTooLong(next)) {
        for (const later of this.#takeRecord().reverse()) waiting.push(later);
      }
    }
  }

  end(): void {
    while (this.#open.length > 0) {
      for (const later of this.#takeRecord()) this.add(later);
    }
  }

  /** Takes the open lines as one record, or where they are none, the first of them; gives the lines that are left. */
  #takeRecord(): FileLine[] {
    const lines = this.#open;
    this.#open = [];
    this.#quotes = 0;
    const whole = toRecord(lines);
    const isOne = lines.length === 1 || typeof whole.fields !== 'string';
    this.#visit(isOne ? whole : toRecord(lines.slice(0, 1)));
    return isOne ? [] : lines.slice(1);
  }

  #isTooLong(last: FileLine): boolean {
    return last.offset + last.length - this.#open[0].offset > longestQuotation;
  }
}

const quote = 34;

function countQuotes(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(quote); at >= 0; at = bytes.indexOf(quote, at + 1)) count++;
  return count;
}

function toRecord(lines: readonly FileLine[]): CsvRecord {
  const [{ number: line, offset }] = lines;
  const bytes =
    lines.length === 1
      ? lines[0].bytes
      : Buffer.concat(lines.flatMap((one, i) => [Buffer.from(i > 0 ? lines[i - 1].ending : ''), one.bytes]));
  const text = bytes.toString();
  const place = { text, line, offset };
  if (lines.some(({ length }) => length > longestLine)) return { ...place, fields: 'line_too_long' };
  return { ...place, fields: isUtf8(bytes) ? (fieldsOf(text) ?? 'not_csv') : 'not_utf8' };
}

/** The fields of a record; undefined where a quotation mark stands in a field without them, or text after a closing one. */
export function fieldsOf(text: string): string[] | undefined {
  if (!text.includes('"')) return text.split(',');
  const fields: string[] = [];
  for (let start = 0; start <= text.length; ) {
    const isQuoted = text[start] === '"';
    const end = isQuoted ? endOfQuotation(text, start) : endOfField(text, start);
    const field = isQuoted ? text.slice(start + 1, end - 1).replaceAll('""', '"') : text.slice(start, end);
    if (end < 0 || (end < text.length && text[end] !== ',') || (!isQuoted && field.includes('"'))) {
      return undefined;
    }
    fields.push(field);
    start = end + 1;
  }
  return fields;
}

function endOfField(text: string, start: number): number {
  const comma = text.indexOf(',', start);
  return comma < 0 ? text.length : comma;
}

/** Place after the closing quotation mark; −1 where there is none. */
function endOfQuotation(text: string, start: number): number {
  let at = text.indexOf('"', start + 1);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? -1 : at + 1;
}
