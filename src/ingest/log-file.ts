import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { InputError } from '../errors.ts';

export type LogFormat = 'json' | 'csv' | 'parquet' | 'table';
export type Compression = 'none' | 'gzip' | 'zstd';

/** One file of the log; `bytes` is its size on disk. */
export interface LogFile {
  readonly path: string;
  readonly bytes: number;
  readonly format: LogFormat;
  readonly compression: Compression;
  /** Only the engine can read it. */
  readonly remote?: true;
  /** Where it was copied from. */
  readonly url?: string;
}

/** What people call a file: a copy goes by the name of what it was copied from. */
export function nameOf({ path, url = path }: LogFile): string {
  return url;
}

const formats: Readonly<Record<string, LogFormat>> = {
  '.json': 'json',
  '.jsonl': 'json',
  '.ndjson': 'json',
  '.csv': 'csv',
  '.parquet': 'parquet',
};

const compressions: Readonly<Record<string, Compression>> = {
  '.gz': 'gzip',
  '.zst': 'zstd',
  '.zstd': 'zstd',
};

export const knownEndings = `${Object.keys(formats).join(', ')}, and .gz or .zst of the text formats`;

/** Format and compression by a file's name; undefined where it is none of a log's. */
export function formatOf(path: string): Pick<LogFile, 'format' | 'compression'> | undefined {
  const last = extname(path).toLowerCase();
  const compression = compressions[last] ?? 'none';
  const ending = compression === 'none' ? last : extname(path.slice(0, -last.length)).toLowerCase();
  const format = formats[ending];
  if (format === undefined || (format === 'parquet' && compression !== 'none')) return undefined;
  return { format, compression };
}

/** The file's content, decompressed. @throws InputError when it cannot be read or decompressed. */
export async function* readContent(file: LogFile): AsyncGenerator<Buffer> {
  try {
    yield* decompressed(file);
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`Cannot read ${file.path}: ${why}`, { file: file.path }, { cause });
  }
}

/** The bytes of a file as they stand on disk. */
export function readRaw(path: string): AsyncIterable<Buffer> {
  return createReadStream(path, { highWaterMark: 4 << 20 });
}

function decompressed(file: LogFile): AsyncIterable<Buffer> {
  const raw = readRaw(file.path);
  switch (file.compression) {
    case 'none':
      return raw;
    case 'gzip':
      return gunzipped(raw);
    case 'zstd':
      return unzstd(raw);
  }
}

async function* gunzipped(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: 1 << 20 });
  const reading = pipeline(raw, gunzip);
  // Its failure also comes out of `gunzip`; awaited below, where nothing is lost.
  reading.catch(() => {});
  yield* gunzip;
  await reading;
}

async function* unzstd(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const ready: Buffer[] = [];
  const stream = new Decompress((chunk) => ready.push(Buffer.from(chunk)));
  for await (const chunk of raw) {
    stream.push(chunk);
    yield* ready.splice(0);
  }
  stream.push(new Uint8Array(0), true);
  yield* ready.splice(0);
}
