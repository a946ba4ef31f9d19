import type { PartitionValues } from '../partition-values.ts';
import { identifier, literal } from '../sql.ts';

/** A column as DuckDB describes it. */
export interface ParquetColumn {
  readonly column_name: string;
  readonly column_type: string;
}

/** SQL for the rows of a Parquet file with their number in `file_row_number`, from 0. */
export function parquetTable(path: string): string {
  return `read_parquet(${literal(path)}, file_row_number = true, hive_partitioning = false)`;
}

/** SQL for a Parquet file's rows as lines of JSON with the given keys, null where there is neither such a column nor such a partition, in the columns `file` and `line`. */
export function parquetLines(
  path: string,
  columns: readonly ParquetColumn[],
  keys: readonly string[],
  partition: PartitionValues,
): string {
  const present = new Map(columns.map((column) => [column.column_name, column]));
  const valueAt = (key: string) => {
    const column = present.get(key);
    return column === undefined ? constant(partition.get(key) ?? null) : jsonValue(column);
  };
  const entries = keys.flatMap((key) => [literal(key), valueAt(key)]);
  const line = ["'__line'", 'file_row_number + 1', ...entries].join(', ');
  return `select ${literal(path)} as file, json_object(${line})::varchar as line from ${parquetTable(path)}`;
}

/** SQL for a value that JSON can hold: a time as its text in UTC, bytes that are no text as an array, which no field takes. */
function jsonValue({ column_name, column_type }: ParquetColumn): string {
  const value = identifier(column_name);
  switch (column_type) {
    case 'FLOAT':
    case 'DOUBLE':
      return `case when isfinite(${value}) then to_json(${value})
        when isnan(${value}) then '"NaN"'::json when ${value} > 0 then '"Infinity"'::json when ${value} < 0 then '"-Infinity"'::json end`;
    case 'TIMESTAMP WITH TIME ZONE':
      return `make_timestamp(epoch_us(${value}))::varchar`;
    case 'TIMESTAMP_NS':
      return `${value}::timestamp::varchar`;
    case 'BLOB':
      return `case when ${value} is null then null when try(decode(${value})) is null then to_json([hex(${value})])
        else to_json(decode(${value})) end`;
    default:
      return value;
  }
}

function constant(value: string | number | null): string {
  if (value === null) return 'null';
  return typeof value === 'number' ? `'${value}'::double` : literal(value);
}
