import { isUtf8 } from 'node:buffer';
import { type FileLine, longestLine } from './each-line.ts';
import type { Judge, Verdict } from './judge.ts';
import { type LogFile, nameOf } from './log-file.ts';
import type { QuarantinedLine } from './quarantine.ts';

/** The judge's verdict on a line as it stands in its file. */
export function judgeBytes({ bytes, length }: Pick<FileLine, 'bytes' | 'length'>, judge: Judge): Verdict {
  if (length > longestLine) return { kind: 'bad', reason: 'line_too_long' };
  return isUtf8(bytes) ? judge(bytes.toString()) : { kind: 'bad', reason: 'not_utf8' };
}

/** The line with its place, for the quarantine. */
export function quarantined(
  file: LogFile,
  { bytes, number, offset }: FileLine,
  reason: string,
): QuarantinedLine {
  return { file: nameOf(file), line: number, offset, reason, text: bytes.toString() };
}
