import { type LogFile, readContent } from './log-file.ts';

/**
 * Calls `visit` with each line of a file, split at LF alone: its bytes without the LF (valid during the call only), its number
 * from 1, and the offset of its first byte in the decompressed content. A byte order mark is no part of the first line.
 */
export async function eachLine(
  file: LogFile,
  visit: (line: Buffer, number: number, offset: number) => void,
): Promise<void> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = 0;
  let number = 0;
  let first = true;
  for await (const chunk of readContent(file)) {
    let data = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    if (first && data.length >= 3) {
      first = false;
      if (hasByteOrderMark(data)) {
        data = data.subarray(3);
        offset = 3;
      }
    }
    let start = 0;
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, start)) {
      visit(data.subarray(start, end), ++number, offset + start);
      start = end + 1;
    }
    offset += start;
    rest = data.subarray(start);
  }
  if (rest.length > 0) visit(rest, ++number, offset);
}

export function hasByteOrderMark(data: Buffer): boolean {
  return data.length >= 3 && data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf;
}

/** The line without the CR of a CRLF. */
export function withoutReturn(line: Buffer): Buffer {
  return line.length > 0 && line[line.length - 1] === 13 ? line.subarray(0, -1) : line;
}
