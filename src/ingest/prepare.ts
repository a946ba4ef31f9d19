import { createWriteStream } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Effects } from '../effects.ts';
import type { Engine, LineInput, LogField } from '../engine/engine.ts';
import { csvToLines } from './csv-to-lines.ts';
import { type Compression, type LogFile, readContent } from './log-file.ts';
import type { Quarantine } from './quarantine.ts';

/** What the engine reads, and the file of the log that it stands for. */
export interface PreparedFile extends LineInput {
  readonly source: LogFile;
  /** Rows of a Parquet file, records of a CSV file; lines of JSON are counted with the bytes. */
  readonly records?: number;
  /** Stands for `source` without its disputed lines, which were decided on. */
  readonly sanitised?: true;
}

/** Every file as the engine takes it: JSON and Parquet as they are, CSV turned into JSON lines that carry their place as `__line`. */
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
    if (source.remote) {
      prepared.push({ path: source.path, format: source.format, remote: true, source });
    } else if (source.format === 'json') {
      const named = engine.decompresses.includes(source.compression)
        ? await nameForEngine(source, path)
        : await decompress(source, path);
      prepared.push({ path: named, format: 'json', source });
    } else if (source.format === 'csv') {
      const records = await csvToLines(source, fields, path, quarantine, effects);
      prepared.push({ path, format: 'json', source, records });
    } else {
      const input = { path: source.path, format: source.format };
      prepared.push({ ...input, source, records: await engine.countRows([input]) });
    }
  }
  return prepared;
}

async function decompress(source: LogFile, target: string): Promise<string> {
  await pipeline(readContent(source), createWriteStream(target));
  return target;
}

const endings: Readonly<Record<Compression, string>> = { none: '', gzip: '.gz', zstd: '.zst' };

/** A link, where the engine would not know the compression by the file's own name. */
async function nameForEngine({ path, compression }: LogFile, link: string): Promise<string> {
  if (path.endsWith(endings[compression])) return path;
  await symlink(resolve(path), link + endings[compression]);
  return link + endings[compression];
}
