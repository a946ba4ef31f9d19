import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Effects } from '../effects.ts';
import type { Engine, LogField } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { InputError } from '../errors.ts';
import { numbersOf } from '../table/table.ts';
import { csvToLines } from './csv-to-lines.ts';
import type { Compression, LogFile } from './log-file.ts';
import type { Quarantine } from './quarantine.ts';

/** A file of JSON lines that the engine reads, and the file of the log that it stands for. */
export interface PreparedFile {
  readonly path: string;
  readonly source: LogFile;
  /** Rows of a Parquet file, records of a CSV file; lines of JSON are counted with the bytes. */
  readonly records?: number;
  /** Stands for `source` without its disputed lines, which were decided on. */
  readonly sanitised?: true;
}

/** Every file as JSON lines: JSON as it is, CSV and Parquet turned into lines that carry their place as `__line`. */
export async function prepareFiles(
  files: readonly LogFile[],
  engine: Engine,
  fields: readonly LogField[],
  workFolder: string,
  quarantine: Quarantine,
  effects: Effects,
): Promise<PreparedFile[]> {
  const prepared: PreparedFile[] = [];
  for (const [index, source] of files.entries()) {
    const path = join(workFolder, `input-${index}.ndjson`);
    if (source.format === 'json') {
      prepared.push({ path: await nameForEngine(source, path), source });
    } else if (source.format === 'csv') {
      const records = await csvToLines(source, fields, path, quarantine, effects);
      prepared.push({ path, source, records });
    } else {
      const records = await writeLines(await selectParquet(source, engine, fields), path, engine);
      prepared.push({ path, source, records });
    }
  }
  return prepared;
}

const endings: Readonly<Record<Compression, string>> = { none: '', gzip: '.gz', zstd: '.zst' };

/** A link, where the engine would not know the compression by the file's own name. */
async function nameForEngine({ path, compression }: LogFile, link: string): Promise<string> {
  if (path.endsWith(endings[compression])) return path;
  await symlink(resolve(path), link + endings[compression]);
  return link + endings[compression];
}

async function selectParquet(
  { path }: LogFile,
  engine: Engine,
  fields: readonly LogField[],
): Promise<string> {
  try {
    return await engine.parquetAsJson(path, fields);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`Cannot read ${path} as Parquet: ${why}`, { file: path }, { cause });
  }
}

async function writeLines(select: string, path: string, engine: Engine): Promise<number> {
  await engine.execute(
    `copy (${select}) to ${literal(path)} (format csv, header false, quote '', escape '', delimiter chr(1))`,
    'reading Parquet',
  );
  return numbersOf(await engine.query(`select count(*) as n from (${select})`), 'n')[0];
}
