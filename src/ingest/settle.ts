import { isUtf8 } from 'node:buffer';
import { type Effects, throwIfAborted } from '../effects.ts';
import { type Engine, longestForEngine } from '../engine/engine.ts';
import { numbersOf, stringsOf } from '../table/table.ts';
import { eachLine, type FileLine } from './each-line.ts';
import type { Judge, Verdict } from './judge.ts';
import { judgeBytes, quarantined } from './judge-bytes.ts';
import { LineFile } from './line-file.ts';
import { type BadLines, locateRemote } from './locate-remote.ts';
import { nameOf } from './log-file.ts';
import type { PreparedFile } from './prepared-file.ts';
import type { Quarantine, QuarantinedLine } from './quarantine.ts';
import { isDisputed } from './sanitise.ts';
import type { Scan } from './scan.ts';

export interface Settled {
  readonly blank: number;
  readonly quarantined: number;
  /** Good lines that the engine's fast path could not vouch for, written in plainest form to `recoveredPath`. */
  readonly recovered: number;
  /** Bytes of the lines that the engine could not read at all. */
  readonly rejectedBytes: number;
}

/** When to give up on a log that is bad throughout: it need not be held in memory and copied to say so. */
export interface Patience {
  /** Bad lines beyond which no more are looked for. */
  readonly badLines: number;
  /** @throws InputError when more are found already. */
  readonly check: () => void;
}

/**
 * Decides every line that the engine was not sure of, and finds the places of the bad ones in their files.
 * @throws InputError when patience ends.
 */
export async function settleSuspects(
  engine: Engine,
  files: readonly PreparedFile[],
  { relation, rejected }: Pick<Scan, 'relation' | 'rejected'>,
  judge: Judge,
  quarantine: Quarantine,
  recoveredPath: string,
  patience: Patience,
  effects: Effects,
): Promise<Settled> {
  const recovered = new LineFile(recoveredPath);
  const tally = { blank: 0, recovered: 0, rejectedBytes: 0 };
  const before = quarantine.lines;
  const decide: Decide = (verdict, describe) => {
    if (verdict.kind === 'bad') quarantine.add(describe(verdict.reason));
    else if (verdict.kind === 'blank') tally.blank++;
    else {
      tally.recovered++;
      recovered.write(JSON.stringify(verdict.record));
    }
  };
  const ready = async () => {
    throwIfAborted(effects.signal);
    patience.check();
    await Promise.all([recovered.ready(), quarantine.ready()]);
  };
  const byPath = new Map(files.map((file) => [file.path, file]));
  const badLines = new Map<string, BadLines>();
  let toLocate = 0;
  try {
    for await (const { file: value, text, broken } of suspects(engine, ready)) {
      const path = relation.pathOf(value);
      const file = byPath.get(path);
      if (file === undefined) throw new RangeError(`The engine read ${path}, which it was not given.`);
      const isText = file.format === 'json';
      // Broken lines of local files are found there, with all their bytes.
      if (broken && isText && !file.remote) continue;
      const noRecord = file.format === 'csv' ? textOfNoRecord(text) : undefined;
      const verdict = verdictOf(text, broken, noRecord, judge);
      if (verdict.kind !== 'bad' || file.source.format !== 'json') {
        decide(verdict, (reason) => ({ ...placed(text, file, reason), ...noRecord }));
      } else {
        const bad = badLines.get(path) ?? { file, value, reasons: new Map() };
        badLines.set(path, bad);
        bad.reasons.set(text, verdict.reason);
        if (++toLocate > patience.badLines) break;
      }
    }
    for (const file of files) {
      const bad = badLines.get(file.path)?.reasons ?? new Map<string, string>();
      const lost = file.format === 'json' ? (rejected.get(file.path) ?? 0) : 0;
      if (file.remote || (bad.size === 0 && lost === 0)) continue;
      tally.rejectedBytes += await locate(file, bad, lost, judge, decide, ready);
    }
    const remote = files.flatMap(({ path, remote }) => (remote ? (badLines.get(path) ?? []) : []));
    if (remote.length > 0) await locateRemote(remote, relation, quarantine, ready);
  } finally {
    await recovered.close();
  }
  return { ...tally, quarantined: quarantine.lines - before };
}

/** Lines that the engine could read and was not sure of. */
async function* suspects(engine: Engine, ready: () => Promise<void>) {
  for await (const batch of engine.batches(
    'select doubt.text as suspect, doubt.file as suspect_file, doubt.broken as broken from scanned where doubt.text is not null',
  )) {
    await ready();
    const texts = stringsOf(batch, 'suspect');
    const files = stringsOf(batch, 'suspect_file');
    const broken = numbersOf(batch, 'broken');
    for (const [i, text] of texts.entries()) yield { file: files[i], text, broken: broken[i] === 1 };
  }
}

/** What becomes of a line; `describe` gives it with its place. */
type Decide = (verdict: Verdict, describe: (reason: string) => QuarantinedLine) => void;

/** Walks the file for its bad lines and those that the engine had rejected; gives the bytes of the latter. */
async function locate(
  file: PreparedFile,
  bad: ReadonlyMap<string, string>,
  rejected: number,
  judge: Judge,
  decide: Decide,
  ready: () => Promise<void>,
): Promise<number> {
  const { source, path } = file;
  const isJson = source.format === 'json';
  const lengths = new Set([...bad.keys()].map((text) => Buffer.byteLength(text)));
  let rejectedLines = 0;
  let rejectedBytes = 0;
  const visit = (line: FileLine) => {
    if (file.sanitised && isDisputed(line)) return;
    const isRejected = rejected > 0 && !isUtf8(line.bytes);
    if (!isRejected && !(lengths.has(line.length) && bad.has(line.bytes.toString()))) return;
    if (isRejected) {
      rejectedLines++;
      rejectedBytes += line.length;
    }
    decide(judgeBytes(line, judge), (reason) =>
      isJson ? quarantined(source, line, reason) : placed(line.bytes.toString(), file, reason),
    );
  };
  await eachLine(isJson ? source : { ...source, path, format: 'json', compression: 'none' }, visit, ready);
  if (rejectedLines !== rejected) {
    throw new RangeError(
      `${source.path}: the engine rejected ${rejected} lines, ${rejectedLines} were found.`,
    );
  }
  return rejectedBytes;
}

function verdictOf(text: string, broken: boolean, noRecord: object | undefined, judge: Judge): Verdict {
  if (broken) return { kind: 'bad', reason: 'not_utf8' };
  return noRecord === undefined ? shortEnough(judge(text)) : { kind: 'bad', reason: 'not_csv' };
}

/** What the engine gave instead of a record of CSV. */
function textOfNoRecord(line: string): { text: string } | undefined {
  const [, text] = /^\{"__line":\d+,"__offset":\d+,"__text":("(?:[^"\\]|\\.)*")\}$/.exec(line) ?? [];
  return text === undefined ? undefined : { text: JSON.parse(text) };
}

/** A good line must be one that engines are given to read in its plainest form. */
function shortEnough(verdict: Verdict): Verdict {
  if (verdict.kind !== 'good') return verdict;
  const isLong = Object.values(verdict.record).some((value) => String(value).length > longestForEngine / 100);
  if (!isLong || Buffer.byteLength(JSON.stringify(verdict.record)) <= longestForEngine) return verdict;
  return { kind: 'bad', reason: 'line_too_long' };
}

/** A record of CSV or Parquet carries its place, before everything else; its texts and numbers are written in one way, whatever the engine's. */
function placed(text: string, file: PreparedFile, reason: string): QuarantinedLine {
  const [place = '', line, offset] = /^\{"__line":(\d+)(?:,"__offset":(\d+))?,?/.exec(text) ?? [];
  const rest = text.slice(place.length).replaceAll(/"(?:[^"\\]|\\.)*"|-?\d+[.eE][\d.eE+-]*/g, rewritten);
  const record = { file: nameOf(file.source), line: Number(line), reason, text: `{${rest}` };
  return offset === undefined ? record : { ...record, offset: Number(offset) };
}

function rewritten(token: string): string {
  return JSON.stringify(JSON.parse(token));
}
