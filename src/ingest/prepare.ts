import { createWriteStream } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Effects } from '../effects.ts';
import type { Engine, LogField } from '../engine/engine.ts';
import { csvToLines } from './csv-to-lines.ts';
import { type Compression, type LogFile, readContent } from './log-file.ts';
import { prepareRemote } from './prepare-remote.ts';
import type { PreparedFile } from './prepared-file.ts';
import type { Quarantine } from './quarantine.ts';

/** Every file as the engine takes it: JSON and Parquet as they are, CSV turned into JSON lines that carry their place. */
export async function prepareFiles(
  files: readonly LogFile[],
  engine: Engine,
  fields: readonly LogField[],
  workFolder: string,
  quarantine: Quarantine,
  effects: Effects,
): Promise<PreparedFile[]> {
  const remote = files.filter((file) => file.remote);
  const parquet = files.filter((file) => file.format === 'parquet' && !file.remote);
  const target = (source: LogFile) => join(workFolder, `input-${files.indexOf(source)}.ndjson`);
  const prepared = [
    ...(await prepareRemote(remote, engine, fields, target, quarantine, effects)),
    ...(await prepareParquet(parquet, engine)),
  ];
  for (const source of files) {
    if (source.remote) continue;
    const path = target(source);
    if (source.format === 'json') {
      const named = engine.decompresses.includes(source.compression)
        ? await nameForEngine(source, path)
        : await decompress(source, path);
      prepared.push({ path: named, format: 'json', source });
    } else if (source.format === 'csv') {
      const records = await csvToLines(source, fields, path, quarantine, effects);
      prepared.push({ path, format: 'json', source, records });
    }
  }
  const order = new Map(files.map((file, i) => [file, i]));
  return prepared.sort((a, b) => (order.get(a.source) ?? 0) - (order.get(b.source) ?? 0));
}

async function prepareParquet(files: readonly LogFile[], engine: Engine): Promise<PreparedFile[]> {
  const records = await engine.countRows(files);
  return files.map((source, i) => ({
    path: source.path,
    format: 'parquet',
    source,
    records: records[i],
  }));
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
