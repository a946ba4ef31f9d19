import type { PartitionValues } from '../partition-values.ts';
import { literal } from '../sql.ts';
import type { Field } from './connect/data-type.ts';
import { backticked } from './spark-sql.ts';

/**
 * SQL for rows as lines of JSON, in the columns `file`, `line`, `bytes` and `broken`.
 *
 * @param rows a relation with the given columns.
 * @param file SQL for the row's file.
 * @param place SQL for the row's number in it.
 * @param keys what a line holds, null where there is neither such a column nor such a partition.
 */
export function rowLines(
  rows: string,
  file: string,
  place: string,
  columns: readonly Field[],
  keys: readonly string[],
  partition: PartitionValues = new Map(),
): string {
  const present = new Map(columns.map((column) => [column.name, column]));
  const valueAt = (key: string) => {
    const column = present.get(key);
    return column === undefined ? constant(partition.get(key) ?? null) : jsonValue(column);
  };
  const entries = keys.map((key) => `${literal(key)}, ${valueAt(key)}`);
  const texts = columns.filter(({ name, type }) => keys.includes(name) && isText(type));
  const areWell = texts.map(({ name }) => `coalesce(is_valid_utf8(${backticked(name)}), true)`);
  return `select file, line, cast(octet_length(line) as bigint) as bytes, broken
    from (select ${file} as file, not (${['true', ...areWell].join(' and ')}) as broken,
        to_json(named_struct(${[`'__line', ${place}`, ...entries].join(', ')}), map('ignoreNullFields', 'false')) as line
      from ${rows})`;
}

/** SQL for a value that `to_json` writes as DuckDB writes it: of a single-precision number its exact value, of a time its text in UTC, of bytes that are no text an array, which no field takes. */
function jsonValue({ name, type }: Field): string {
  const value = backticked(name);
  switch (type) {
    case 'float':
      return `cast(${value} as double)`;
    case 'date':
    case 'timestamp':
    case 'timestamp_ntz':
      return `cast(${value} as string)`;
    case 'binary':
      return `case when ${value} is null then null
        when is_valid_utf8(cast(${value} as string)) then cast(cast(${value} as string) as variant)
        else cast(array(hex(${value})) as variant) end`;
    default:
      return value;
  }
}

function constant(value: string | number | null): string {
  if (value === null) return 'cast(null as string)';
  return typeof value === 'number' ? `double('${value}')` : literal(value);
}

function isText(type: string): boolean {
  return /^(string|char|varchar)\b/.test(type);
}
