import type { LogField } from './engine.ts';

/** Values that folders called `key=value` give to all rows of the files in them, as Hive lays tables out; null where Hive has none. */
export type PartitionValues = ReadonlyMap<string, string | number | null>;

/** The values in a file's path for keys of fields: numbers where a number is asked for and one is written. */
export function partitionValues(path: string, fields: readonly LogField[]): PartitionValues {
  const numbers = new Set(fields.filter(({ type }) => type === 'number').map(({ key }) => key));
  const keys = new Set(fields.map(({ key }) => key));
  const values = new Map<string, string | number | null>();
  for (const folder of path.split('/').slice(0, -1)) {
    const [, key, text] = /^([^=]+)=(.*)$/s.exec(folder)?.map(unescaped) ?? [];
    if (key === undefined || !keys.has(key)) continue;
    if (text === '__HIVE_DEFAULT_PARTITION__') values.set(key, null);
    else values.set(key, numbers.has(key) && isNumber(text) ? Number(text) : text);
  }
  return values;
}

/** Hive writes characters that paths do not take as `%` and two hexadecimal digits. */
function unescaped(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/gi, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

function isNumber(text: string): boolean {
  return /^-?(0|[1-9][0-9]*)([.][0-9]+)?$/.test(text) && Number.isFinite(Number(text));
}
