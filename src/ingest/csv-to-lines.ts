import { type Effects, throwIfAborted } from '../effects.ts';
import type { LogField } from '../engine/engine.ts';
import { longestForEngine } from '../engine/engine.ts';
import { csvColumns } from './csv-header.ts';
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
  let header: readonly (LogField | null)[] | undefined;
  let count = 0;
  const visit = (record: CsvRecord) => {
    if (header === undefined && record.text !== '') {
      header = csvColumns(file, record.text, fields);
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

function values(
  record: CsvRecord,
  texts: readonly string[],
  header: readonly (LogField | null)[],
): Record<string, string | number> {
  const result: Record<string, string | number> = { __line: record.line, __offset: record.offset };
  header.forEach((field, j) => {
    const value = fieldValue(field, texts[j]);
    if (field !== null && value !== undefined) result[field.key] = value;
  });
  return result;
}

/** CSV has no null: an empty field is one, but for the user, where it means nobody. */
function fieldValue(field: LogField | null, text: string): string | number | undefined {
  if (field === null || (text === '' && field.name !== 'user')) return undefined;
  return field.type === 'number' && isJsonNumber(text) ? Number(text) : text;
}

function placeOf(file: LogFile, { line, offset, text }: CsvRecord) {
  return { file: nameOf(file), line, offset, text };
}
