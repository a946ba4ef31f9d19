import type { LogField } from '../engine/engine.ts';
import { InputError } from '../errors.ts';
import { fieldsOf } from './csv-records.ts';
import { type LogFile, nameOf } from './log-file.ts';

/**
 * The declared field of each column of a CSV file; null for the others.
 * @throws InputError when the header lacks a required column or has a declared one twice.
 */
export function csvColumns(
  file: LogFile,
  header: string,
  fields: readonly LogField[],
): readonly (LogField | null)[] {
  // What is no UTF-8 is no header.
  const names = header.includes('\ufffd') ? [] : (fieldsOf(header) ?? []);
  const missing = fields.filter(({ name, key }) => requiredNames.has(name) && !names.includes(key));
  const path = nameOf(file);
  if (missing.length > 0) {
    const list = missing.map((field) => `"${field.key}"`).join(', ');
    throw new InputError(
      `${path} has no column ${list}; its header is: ${header.slice(0, 500)}\nDoes the definition fit this log? A CSV log begins with a header, and commas part its fields.`,
      { file: path, missing: missing.map((field) => field.key), header: names },
    );
  }
  const byKey = fieldsByKey(fields);
  const twice = names.find((name, i) => byKey.has(name) && names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new InputError(`${path} has the column "${twice}" twice: which one counts?`, {
      file: path,
      column: twice,
    });
  }
  return names.map((name) => byKey.get(name) ?? null);
}

const requiredNames = new Set(['user', 'time', 'session', 'action']);

/** Of several fields of one column the one that says most of it: a number is also an id, and a user may be empty. */
function fieldsByKey(fields: readonly LogField[]): ReadonlyMap<string, LogField> {
  const rank = ({ name, type }: LogField) => (name === 'user' ? 2 : type === 'number' ? 1 : 0);
  const sorted = fields.toSorted((a, b) => rank(a) - rank(b));
  return new Map(sorted.map((field) => [field.key, field]));
}
