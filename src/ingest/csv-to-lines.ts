import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type CsvError, parse } from 'csv-parse';
import { type Effects, throwIfAborted } from '../effects.ts';
import type { LogField } from '../engine/engine.ts';
import { InputError } from '../errors.ts';
import { isJsonNumber } from './judge.ts';
import { type LogFile, readContent } from './log-file.ts';
import type { Quarantine } from './quarantine.ts';

/** A CSV file (RFC 4180, header first) as JSON lines of its declared columns; gives the number of records, quarantined ones included. */
export async function csvToLines(
  file: LogFile,
  fields: readonly LogField[],
  target: string,
  quarantine: Quarantine,
  effects: Effects,
): Promise<number> {
  let count = 0;
  const parser = parse({
    bom: true,
    columns: (header: string[]) => checkHeader(file, header, fields),
    info: true,
    raw: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 16_000_000,
    on_skip: (error, raw) => {
      count++;
      quarantine.add(skipped(file, error, raw));
    },
  });
  const byKey = new Map(fields.map((field) => [field.key, field]));
  await pipeline(
    readContent(file),
    parser,
    async function* (records: AsyncIterable<CsvRecord>) {
      for await (const { record, raw, info } of records) {
        throwIfAborted(effects.signal);
        count++;
        const values: Record<string, string | number> = {
          __line: info.lines,
          __offset: info.bytes - Buffer.byteLength(raw),
        };
        for (const [key, text] of Object.entries(record)) {
          const value = fieldValue(byKey.get(key), text);
          if (value !== undefined) values[key] = value;
        }
        yield `${JSON.stringify(values)}\n`;
      }
    },
    createWriteStream(target),
    { signal: effects.signal },
  );
  return count;
}

interface CsvRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly raw: string;
  readonly info: { readonly lines: number; readonly bytes: number };
}

/** CSV has no null: an empty field is one, but for the user, where it means nobody. */
function fieldValue(field: LogField | undefined, text: string): string | number | undefined {
  if (field === undefined || (text === '' && field.name !== 'user')) return undefined;
  return field.type === 'number' && isJsonNumber(text) ? Number(text) : text;
}

function checkHeader(file: LogFile, header: string[], fields: readonly LogField[]): string[] {
  const missing = fields.filter((field) => requiredNames.has(field.name) && !header.includes(field.key));
  if (missing.length > 0) {
    const names = missing.map((field) => `"${field.key}"`).join(', ');
    throw new InputError(
      `${file.path} has no column ${names}; its header is ${header.join(', ')}. Does the definition fit this log?`,
      { file: file.path, missing: missing.map((field) => field.key), header },
    );
  }
  return header;
}

const requiredNames = new Set(['user', 'time', 'session', 'action']);

function skipped(file: LogFile, error: CsvError | undefined, raw: string | undefined) {
  return {
    file: file.path,
    line: Number(error?.lines ?? 0),
    reason: 'not_csv',
    text: (raw ?? error?.message ?? '').trimEnd(),
  };
}
