import type {
  DataType,
  DataType_Interval as Interval,
  DataType_Struct as Struct,
} from './gen/spark/connect/types_pb.ts';
import { quoteIdentifier } from './identifier.ts';

/** A column as Spark describes it. */
export interface Field {
  readonly name: string;
  /** In DDL, such as `bigint`, `decimal(10,2)`, `array<string>`. */
  readonly type: string;
  readonly nullable: boolean;
}

export function fieldsOf({ fields }: Struct): Field[] {
  return fields.map(({ name, dataType, nullable }) => ({ name, type: typeText(dataType), nullable }));
}

const plain: Readonly<Partial<Record<NonNullable<DataType['kind']['case']>, string>>> = {
  null: 'void',
  binary: 'binary',
  boolean: 'boolean',
  byte: 'tinyint',
  short: 'smallint',
  integer: 'int',
  long: 'bigint',
  float: 'float',
  double: 'double',
  date: 'date',
  timestamp: 'timestamp',
  timestampNtz: 'timestamp_ntz',
  calendarInterval: 'interval',
  variant: 'variant',
  geometry: 'geometry',
  geography: 'geography',
  time: 'time',
};

/** A type in DDL. */
function typeText(type: DataType | undefined): string {
  const { kind } = type ?? {};
  if (kind === undefined || kind.case === undefined) return 'unknown';
  switch (kind.case) {
    case 'string':
      return kind.value.collation === '' || kind.value.collation === 'UTF8_BINARY'
        ? 'string'
        : `string collate ${kind.value.collation}`;
    case 'char':
      return `char(${kind.value.length})`;
    case 'varChar':
      return `varchar(${kind.value.length})`;
    case 'decimal':
      return `decimal(${kind.value.precision ?? 10},${kind.value.scale ?? 0})`;
    case 'yearMonthInterval':
      return intervalText(['year', 'month'], kind.value);
    case 'dayTimeInterval':
      return intervalText(['day', 'hour', 'minute', 'second'], kind.value);
    case 'array':
      return `array<${typeText(kind.value.elementType)}>`;
    case 'map':
      return `map<${typeText(kind.value.keyType)},${typeText(kind.value.valueType)}>`;
    case 'struct':
      return `struct<${kind.value.fields.map(({ name, dataType }) => `${quoted(name)}:${typeText(dataType)}`).join(',')}>`;
    case 'udt':
      return typeText(kind.value.sqlType);
    case 'unparsed':
      return kind.value.dataTypeString;
    default:
      return plain[kind.case] ?? kind.case;
  }
}

function intervalText(units: readonly string[], { startField = 0, endField }: Interval) {
  const last = endField ?? units.length - 1;
  return startField === last ? `interval ${units[last]}` : `interval ${units[startField]} to ${units[last]}`;
}

function quoted(name: string): string {
  return /^\w+$/.test(name) ? name : quoteIdentifier(name);
}
