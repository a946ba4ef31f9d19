import { join } from 'node:path';
import type { Definition } from '../definition/schema.ts';
import type { Effects } from '../effects.ts';
import type { Engine } from '../engine/engine.ts';
import { identifier } from '../engine/sql.ts';
import {
  type Accounting,
  allowedBadRows,
  type BadRowLimit,
  checkBadRows,
  checkBalance,
} from './accounting.ts';
import { type ByteCount, countBytes } from './byte-pass.ts';
import { canonicalColumns } from './canonical.ts';
import { deduplicate } from './deduplicate.ts';
import { logFields } from './fields.ts';
import { type Judge, lineJudge } from './judge.ts';
import { type LogFile, nameOf } from './log-file.ts';
import { prepareFiles } from './prepare.ts';
import type { PreparedFile } from './prepared-file.ts';
import { Quarantine, type QuarantineReason } from './quarantine.ts';
import { sanitise } from './sanitise.ts';
import { readRecovered, type Scan, scanLines } from './scan.ts';
import { type Patience, type Settled, settleSuspects } from './settle.ts';

export interface IngestSettings {
  readonly maxBadRows: BadRowLimit;
  /** Folder for intermediate files; must exist. */
  readonly workFolder: string;
}

export interface Ingested {
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256?: string }[];
  readonly accounting: Accounting;
  readonly reasons: readonly QuarantineReason[];
  /** File of the quarantined lines, in the work folder. */
  readonly quarantinePath: string;
}

/**
 * Reads the log into the engine: the table `log` (every good line once, canonical columns) and the view `events` (those of
 * users). @throws InputError when more lines are bad than the settings bear, or the files cannot be read.
 */
export async function ingest(
  files: readonly LogFile[],
  definition: Definition,
  engine: Engine,
  settings: IngestSettings,
  effects: Effects,
): Promise<Ingested> {
  const judge = lineJudge(definition);
  const quarantine = new Quarantine(join(settings.workFolder, 'quarantine.ndjson'));
  try {
    const { scan, counts, prepared, sanitised } = await read(
      files,
      definition,
      engine,
      settings,
      judge,
      quarantine,
      effects,
    );
    const isRemote = files.some((file) => file.remote);
    // What is in quarantine by now, the engine was not given.
    const lines = isRemote ? scan.rows + quarantine.lines : countLines(prepared, counts);
    const patience = patienceFor(settings.maxBadRows, lines, quarantine);
    const settled = await settle(
      scan,
      prepared,
      definition,
      engine,
      settings,
      judge,
      quarantine,
      patience,
      effects,
    );
    checkBadRows(settings.maxBadRows, lines, quarantine.lines, quarantine.reasons());
    if (isRemote) checkRemoteBytes(files, scan);
    else if (!sanitised) checkBytes(prepared, counts, scan, settled);
    await gatherGood(engine, definition, scan, settled);
    const counted = await deduplicate(engine, definition);
    await engine.createView('events', 'select * from log where not anonymous');
    const accounting = {
      bytes: isRemote ? remoteBytes(files, scan) : counts.reduce((sum, count) => sum + count.contentBytes, 0),
      lines,
      ...counted,
      quarantined: quarantine.lines,
      blank: scan.blank + settled.blank,
    };
    checkBalance(accounting);
    await quarantine.finish();
    return {
      files: counts.map(({ file, sha256 }) => ({
        path: nameOf(file),
        bytes: file.bytes,
        ...(sha256 === undefined ? {} : { sha256 }),
      })),
      accounting,
      reasons: quarantine.reasons(),
      quarantinePath: quarantine.path,
    };
  } finally {
    await quarantine.close();
  }
}

async function read(
  files: readonly LogFile[],
  definition: Definition,
  engine: Engine,
  settings: IngestSettings,
  judge: Judge,
  quarantine: Quarantine,
  effects: Effects,
) {
  const prepare = async () => {
    const prepared = await prepareFiles(
      files,
      engine,
      logFields(definition),
      settings.workFolder,
      quarantine,
      effects,
    );
    return { prepared, scanned: await Promise.allSettled([scanPrepared(engine, prepared, definition)]) };
  };
  const [reading, counting] = await Promise.allSettled([prepare(), countBytes(files, effects)]);
  if (counting.status === 'rejected') throw counting.reason;
  if (reading.status === 'rejected') throw reading.reason;
  const counts = counting.value;
  const { prepared, scanned } = reading.value;
  const disputed = new Set(counts.filter((count) => count.disputed).map((count) => count.file.path));
  if (disputed.size === 0) {
    const [scan] = scanned;
    if (scan.status === 'rejected') throw scan.reason;
    return { scan: scan.value, counts, prepared, sanitised: false };
  }
  const clean: PreparedFile[] = [];
  for (const [index, file] of prepared.entries()) {
    const target = join(settings.workFolder, `clean-${index}.ndjson`);
    const isDisputed = disputed.has(file.source.path);
    clean.push(isDisputed ? await sanitise(file.source, target, judge, quarantine, effects) : file);
  }
  return { scan: await scanPrepared(engine, clean, definition), counts, prepared: clean, sanitised: true };
}

function scanPrepared(
  engine: Engine,
  prepared: readonly PreparedFile[],
  definition: Definition,
): Promise<Scan> {
  return scanLines(
    engine,
    prepared,
    definition,
    prepared.reduce((sum, file) => sum + file.source.bytes, 0),
  );
}

async function settle(
  scan: Scan,
  prepared: readonly PreparedFile[],
  definition: Definition,
  engine: Engine,
  settings: IngestSettings,
  judge: Judge,
  quarantine: Quarantine,
  patience: Patience,
  effects: Effects,
): Promise<Settled> {
  if (scan.suspects === 0 && scan.rejected.size === 0 && scan.blank === 0) {
    return { blank: 0, quarantined: 0, recovered: 0, rejectedBytes: 0 };
  }
  const recoveredPath = join(settings.workFolder, 'recovered.ndjson');
  const settled = await settleSuspects(
    engine,
    prepared,
    scan,
    judge,
    quarantine,
    recoveredPath,
    patience,
    effects,
  );
  if (settled.recovered > 0) await readRecovered(engine, recoveredPath, definition);
  return settled;
}

/** The view `raw`: canonical columns and `row_key` of the lines that are good. */
async function gatherGood(
  engine: Engine,
  definition: Definition,
  scan: Scan,
  { recovered }: Settled,
): Promise<void> {
  const canonical = canonicalColumns(definition, engine.dialect).map(([name]) => identifier(name));
  const columns = [...canonical, 'row_key'].join(', ');
  const isWhole = scan.suspects === 0 && scan.rejected.size === 0 && scan.blank === 0;
  const vouched = `select ${columns} from scanned`;
  const sure = isWhole ? vouched : `${vouched} where doubt is null`;
  const others = recovered === 0 ? '' : ` union all select ${columns} from recovered`;
  await engine.createView('raw', sure + others);
}

/** A message that tells of so many bad lines needs no more of them. */
const telling = 10_000;

function patienceFor(limit: BadRowLimit, lines: number, quarantine: Quarantine): Patience {
  return {
    badLines: Math.max(allowedBadRows(limit, lines), telling),
    check: () => {
      if (quarantine.lines > telling)
        checkBadRows(limit, lines, quarantine.lines, quarantine.reasons(), false);
    },
  };
}

function countLines(prepared: readonly PreparedFile[], counts: readonly ByteCount[]): number {
  return counts.reduce((sum, count, i) => sum + (prepared[i].records ?? count.lines), 0);
}

/** @throws RangeError when the engine saw other bytes than the files hold: a fault of this program. */
function checkBytes(
  prepared: readonly PreparedFile[],
  counts: readonly ByteCount[],
  scan: Scan,
  settled: Settled,
): void {
  if (prepared.some((file) => file.source.format !== 'json')) return;
  const expected = counts.reduce((sum, count) => sum + count.lineBytes, 0);
  const seen = scan.lineBytes + settled.rejectedBytes;
  if (seen !== expected) {
    throw new RangeError(`The engine read ${seen} bytes of lines; the files hold ${expected}.`);
  }
}

/** Bytes are those of the files; with one that is compressed, or a table, among them, bytes are counted by the line. */
function remoteBytes(files: readonly LogFile[], scan: Scan): number {
  const areKnown = files.every(({ format, compression }) => format !== 'table' && compression === 'none');
  return areKnown ? files.reduce((sum, file) => sum + file.bytes, 0) : scan.lineBytes + scan.brokenBytes;
}

/** @throws RangeError when the cluster read other bytes than the files have: only the end of a last line, and byte order marks, may differ. */
function checkRemoteBytes(files: readonly LogFile[], scan: Scan): void {
  if (!files.every((file) => file.format === 'json' && file.compression === 'none')) return;
  const expected = remoteBytes(files, scan);
  const seen = scan.lineBytes + scan.brokenBytes;
  if (seen > expected + files.length || seen < expected - 3 * files.length) {
    throw new RangeError(`The cluster read ${seen} bytes of lines; the files hold ${expected}.`);
  }
}
