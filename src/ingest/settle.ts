import { isUtf8 } from 'node:buffer';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type Effects, throwIfAborted } from '../effects.ts';
import type { Engine } from '../engine/engine.ts';
import { stringsOf } from '../table/table.ts';
import { eachLine, withoutReturn } from './each-line.ts';
import type { Judge } from './judge.ts';
import type { PreparedFile } from './prepare.ts';
import type { Quarantine } from './quarantine.ts';

/** Longest line that the engine is given; a good one that stays longer even in its plainest form is quarantined. */
const maxLineBytes = 16_000_000;

export interface Settled {
  readonly blank: number;
  readonly quarantined: number;
  /** Good lines that the engine's fast path could not vouch for, written in plainest form to `recoveredPath`. */
  readonly recovered: number;
  /** Bytes of the lines that the engine could not read at all. */
  readonly rejectedBytes: number;
}

/** Decides every line that the engine was not sure of, and finds the places of the bad ones in their files. */
export async function settleSuspects(
  engine: Engine,
  files: readonly PreparedFile[],
  rejected: ReadonlyMap<string, number>,
  judge: Judge,
  quarantine: Quarantine,
  recoveredPath: string,
  effects: Effects,
): Promise<Settled> {
  const recovered = createWriteStream(recoveredPath);
  const tally = { blank: 0, recovered: 0, rejectedBytes: 0 };
  const before = quarantine.lines;
  const byPath = new Map(files.map((file) => [file.path, file]));
  const badLines = new Map<string, Set<string>>();
  const recover = (record: unknown) => {
    tally.recovered++;
    recovered.write(`${JSON.stringify(record)}\n`);
  };

  for await (const batch of engine.batches(
    'select suspect, suspect_file from raw where suspect is not null',
  )) {
    throwIfAborted(effects.signal);
    const texts = stringsOf(batch, 'suspect');
    const paths = stringsOf(batch, 'suspect_file');
    texts.forEach((text, i) => {
      const verdict = judge(text);
      if (verdict.kind === 'blank') tally.blank++;
      else if (verdict.kind === 'good') recover(verdict.record);
      else {
        const file = byPath.get(paths[i]);
        if (file === undefined) throw new RangeError(`The engine read ${paths[i]}, which it was not given.`);
        if (file.source.format !== 'json') quarantine.add(placed(text, file, verdict.reason));
        else badLines.set(file.path, (badLines.get(file.path) ?? new Set()).add(text));
      }
    });
  }

  for (const file of files) {
    const bad = badLines.get(file.path) ?? new Set<string>();
    const lost = rejected.get(file.path) ?? 0;
    if (bad.size === 0 && lost === 0) continue;
    tally.rejectedBytes += await locate(file, bad, lost, judge, quarantine, recover, effects);
  }
  recovered.end();
  await finished(recovered);
  return { ...tally, quarantined: quarantine.lines - before };
}

/** Walks the original file; gives the bytes of the lines that the engine had rejected. */
async function locate(
  file: PreparedFile,
  bad: ReadonlySet<string>,
  rejected: number,
  judge: Judge,
  quarantine: Quarantine,
  recover: (record: unknown) => void,
  effects: Effects,
): Promise<number> {
  const lengths = new Set([...bad].map((text) => Buffer.byteLength(text)));
  let rejectedLines = 0;
  let rejectedBytes = 0;
  await eachLine(file.source, (bytes, number, offset) => {
    throwIfAborted(effects.signal);
    const line = withoutReturn(bytes);
    const isRejected = rejected > 0 && isUnreadable(line);
    if (!isRejected && !(lengths.has(line.length) && bad.has(line.toString()))) return;
    if (isRejected) {
      rejectedLines++;
      rejectedBytes += line.length;
    }
    const text = line.toString();
    const verdict = isUtf8(line) ? judge(text) : ({ kind: 'bad', reason: 'not_utf8' } as const);
    if (verdict.kind === 'good' && JSON.stringify(verdict.record).length < maxLineBytes / 4) {
      recover(verdict.record);
      return;
    }
    const reason = verdict.kind === 'bad' ? verdict.reason : 'line_too_long';
    quarantine.add({ file: file.source.path, line: number, offset, reason, text });
  });
  if (rejectedLines !== rejected) {
    throw new RangeError(
      `${file.source.path}: the engine rejected ${rejected} lines, ${rejectedLines} were found.`,
    );
  }
  return rejectedBytes;
}

function isUnreadable(line: Buffer): boolean {
  return line.length > maxLineBytes || line.includes(1) || !isUtf8(line);
}

/** A record of CSV or Parquet carries its place. */
function placed(text: string, file: PreparedFile, reason: string) {
  const record: { __line: number; __offset?: number } = JSON.parse(text);
  const { __line: line, __offset: offset, ...values } = record;
  const place = { file: file.source.path, line, reason, text: JSON.stringify(values) };
  return offset === undefined ? place : { ...place, offset };
}
