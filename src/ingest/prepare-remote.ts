import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Effects } from '../effects.ts';
import type { CsvHead, Engine, LogField } from '../engine/engine.ts';
import { InputError, RefrainError } from '../errors.ts';
import { storageError } from '../storage-error.ts';
import { csvColumns } from './csv-header.ts';
import { csvToLines } from './csv-to-lines.ts';
import type { LogFile } from './log-file.ts';
import type { PreparedFile } from './prepared-file.ts';
import type { Quarantine } from './quarantine.ts';

/** Files that only the engine reads, as it takes them. CSV whose records may go on in the next line is fetched and read here. @throws InputError */
export async function prepareRemote(
  files: readonly LogFile[],
  engine: Engine,
  fields: readonly LogField[],
  target: (source: LogFile) => string,
  quarantine: Quarantine,
  effects: Effects,
): Promise<PreparedFile[]> {
  const inputs = files.map(inputOf);
  const csv = inputs.filter(({ format }) => format === 'csv');
  const heads = await engine.csvHeads(csv);
  const prepared = inputs.filter(({ format }) => format !== 'csv');
  for (const [i, input] of csv.entries()) {
    const { source } = input;
    const head = heads[i];
    if (head.spansLines) {
      const path = target(source);
      const records = await fetchCsv(input, head, engine, fields, path, quarantine, effects);
      prepared.push({ path, format: 'json', source, records });
    } else {
      const columns = head.headerLine === 0 ? [] : csvColumns(source, head.header, fields);
      prepared.push({ ...input, csv: { columns, headerLine: head.headerLine, mark: head.mark } });
    }
  }
  return prepared;
}

function inputOf(source: LogFile): PreparedFile {
  const { path, format, compression, bytes } = source;
  const size = compression === 'none' ? { bytes } : {};
  return { path, format, remote: true, ...size, source };
}

/** Beyond this, on the disk of the cluster, a file is too large to be brought here and back. */
const largestFetched = 64 << 20;

async function fetchCsv(
  input: PreparedFile,
  { mark }: CsvHead,
  engine: Engine,
  fields: readonly LogField[],
  target: string,
  quarantine: Quarantine,
  effects: Effects,
): Promise<number> {
  const { path, bytes } = input.source;
  if (bytes > largestFetched) {
    throw new InputError(
      `${path} is CSV in which quotation marks do not pair up within each line, and too large to be read otherwise than line by line: ${bytes} bytes, ${largestFetched} at most. Write it in parts, as JSON lines or as Parquet.`,
      { path, bytes },
    );
  }
  const copy = `${target}.csv`;
  try {
    await pipeline(withMark(engine.content(input), mark), createWriteStream(copy));
  } catch (error) {
    throw error instanceof RefrainError ? error : storageError(error, copy);
  }
  const file: LogFile = { path: copy, url: path, bytes, format: 'csv', compression: 'none' };
  const records = await csvToLines(file, fields, target, quarantine, effects);
  await rm(copy);
  return records;
}

async function* withMark(content: AsyncIterable<Uint8Array>, mark: number): AsyncGenerator<Uint8Array> {
  if (mark > 0) yield Uint8Array.of(0xef, 0xbb, 0xbf);
  yield* content;
}
