import { join } from 'node:path';
import type { Effects } from '../effects.ts';
import type { Engine, LogField } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { numbersOf } from '../table/table.ts';
import { csvToLines } from './csv-to-lines.ts';
import type { LogFile } from './log-file.ts';
import type { Quarantine } from './quarantine.ts';

/** A file of JSON lines that the engine reads, and the file of the log that it stands for. */
export interface PreparedFile {
  readonly path: string;
  readonly source: LogFile;
  /** Rows of a Parquet file, records of a CSV file; lines of JSON are counted with the bytes. */
  readonly records?: number;
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
      prepared.push({ path: source.path, source });
    } else if (source.format === 'csv') {
      const records = await csvToLines(source, fields, path, quarantine, effects);
      prepared.push({ path, source, records });
    } else {
      const records = await writeLines(await engine.parquetAsJson(source.path, fields), path, engine);
      prepared.push({ path, source, records });
    }
  }
  return prepared;
}

async function writeLines(select: string, path: string, engine: Engine): Promise<number> {
  await engine.execute(
    `copy (${select}) to ${literal(path)} (format csv, header false, quote '', escape '', delimiter chr(1))`,
    'reading Parquet',
  );
  return numbersOf(await engine.query(`select count(*) as n from (${select})`), 'n')[0];
}
