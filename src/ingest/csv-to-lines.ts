import { type Effects, throwIfAborted } from '../effects.ts';
import type { LogField } from '../engine/engine.ts';
import { longestForEngine } from '../engine/engine.ts';
import { InputError } from '../errors.ts';
import { type CsvRecord, eachCsvRecord } from './csv-records.ts';
import { isJsonNumber } from './judge.ts';
import { LineFile } from './line-file.ts';
import { type LogFile, nameOf } from './log-file.ts';
import type { Quarantine } from './quarantine.ts';

/**
 * A CSV file (RFC 4180, header first) as JSON lines of its declared columns, which carry their place; gives the number of records,
 * quarantined and empty ones included.
 * @throws InputError when the header lacks a required column or has a declared one twice.
 */
export async function csvToLines(
  file: LogFile,
  fields: readonly LogField[],
  target: string,
  quarantine: Quarantine,
  effects: Effects,
): Promise<number> {
  const lines = new LineFile(target);
  let header: readonly (LogField | undefined)[] | undefined;
  let count = 0;
  const visit = (record: CsvRecord) => {
    if (header === undefined && record.text !== '') {
      header = readHeader(file, record, fields);
      return;
    }
    count++;
    if (record.text === '') lines.write('');
    else if (typeof record.fields === 'string') {
      quarantine.add({ ...placeOf(file, record), reason: record.fields });
    } else if (record.fields.length !== header?.length) {
      quarantine.add({ ...placeOf(file, record), reason: 'not_csv' });
    } else {
      const line = JSON.stringify(values(record, record.fields, header));
      if (Buffer.byteLength(line) <= longestForEngine) lines.write(line);
      else quarantine.add({ ...placeOf(file, record), reason: 'line_too_long' });
    }
  };
  try {
    await eachCsvRecord(file, visit, async () => {
      throwIfAborted(effects.signal);
      await Promise.all([lines.ready(), quarantine.ready()]);
    });
  } finally {
    await lines.close();
  }
  return count;
}

/** The declared field of each column; undefined for the others. */
function readHeader(
  file: LogFile,
  record: CsvRecord,
  fields: readonly LogField[],
): readonly (LogField | undefined)[] {
  const names = typeof record.fields === 'string' ? [] : record.fields;
  const missing = fields.filter(({ name, key }) => requiredNames.has(name) && !names.includes(key));
  if (missing.length > 0) {
    const list = missing.map((field) => `"${field.key}"`).join(', ');
    throw new InputError(
      `${file.path} has no column ${list}; its header is: ${record.text.slice(0, 500)}\nDoes the definition fit this log? A CSV log begins with a header, and commas part its fields.`,
      { file: file.path, missing: missing.map((field) => field.key), header: names },
    );
  }
  const byKey = new Map(fields.map((field) => [field.key, field]));
  const twice = names.find((name, i) => byKey.has(name) && names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new InputError(`${file.path} has the column "${twice}" twice: which one counts?`, {
      file: file.path,
      column: twice,
    });
  }
  return names.map((name) => byKey.get(name));
}

const requiredNames = new Set(['user', 'time', 'session', 'action']);

function values(
  record: CsvRecord,
  texts: readonly string[],
  header: readonly (LogField | undefined)[],
): Record<string, string | number> {
  const result: Record<string, string | number> = { __line: record.line, __offset: record.offset };
  header.forEach((field, j) => {
    const value = fieldValue(field, texts[j]);
    if (field !== undefined && value !== undefined) result[field.key] = value;
  });
  return result;
}

/** CSV has no null: an empty field is one, but for the user, where it means nobody. */
function fieldValue(field: LogField | undefined, text: string): string | number | undefined {
  if (field === undefined || (text === '' && field.name !== 'user')) return undefined;
  return field.type === 'number' && isJsonNumber(text) ? Number(text) : text;
}

function placeOf(file: LogFile, { line, offset, text }: CsvRecord) {
  return { file: nameOf(file), line, offset, text };
}
