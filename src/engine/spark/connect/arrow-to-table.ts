import { type Data, type DataType, RecordBatchReader, type Schema, Type } from 'apache-arrow';
import type { Column, Table } from '../../../table/table.ts';
import type { WholeBatch } from './chunks.ts';
import { SparkError } from './error.ts';
import { quoteIdentifier } from './identifier.ts';

/**
 * Arrow streams of one schema as a table: integers of any width become int64, single precision becomes float64.
 *
 * @throws SparkError when a column has a type that no table holds, or a batch not the rows that were told.
 */
export function toTable(batches: readonly WholeBatch[]): Table {
  const parts: Part[] = [];
  let schema: Schema | undefined;
  for (const { rows, bytes } of batches) {
    // Left to itself it forgets the schema at the end of the stream.
    const reader = RecordBatchReader.from(bytes).open({ autoDestroy: false });
    let seen = 0;
    for (const batch of reader) {
      seen += batch.numRows;
      parts.push({ rows: batch.numRows, columns: batch.data.children });
    }
    schema ??= reader.schema;
    if (seen !== rows) throw broken(`${seen} rows in a batch of ${rows}`);
  }
  if (schema === undefined) throw broken('no schema');
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const columns = schema.fields.map((field, j) =>
    toColumn(
      field.name,
      field.type,
      rows,
      parts.map((part) => part.columns[j]),
    ),
  );
  return { rows, names: schema.fields.map(({ name }) => name), columns };
}

interface Part {
  readonly rows: number;
  readonly columns: readonly Data[];
}

function toColumn(name: string, type: DataType, rows: number, parts: readonly Data[]): Column {
  const valid = validity(rows, parts);
  switch (type.typeId) {
    case Type.Int:
      return { type: 'int64', values: zeroed(integers(rows, parts), valid, 0n), valid };
    case Type.Float:
      return { type: 'float64', values: zeroed(doubles(rows, parts), valid, 0), valid };
    case Type.Bool:
      return { type: 'boolean', values: zeroed(bits(rows, parts), valid, 0), valid };
    case Type.Utf8:
    case Type.LargeUtf8:
      return { type: 'string', values: zeroed(texts(rows, parts), valid, ''), valid };
    default:
      throw new SparkError(
        `Column "${name}" has type ${type}, which no table holds: ${remedy(name, type)} in the query.`,
        { errorClass: 'UNSUPPORTED_RESULT_TYPE', messageParameters: { column: name, type: String(type) } },
      );
  }
}

function remedy(name: string, type: DataType): string {
  const column = quoteIdentifier(name);
  switch (type.typeId) {
    case Type.Decimal:
      return `write cast(${column} as double)`;
    case Type.Timestamp:
      return `write unix_millis(${column}), or cast(${column} as string)`;
    case Type.List:
    case Type.Struct:
    case Type.Map:
      return `write to_json(${column}), or take it apart,`;
    case Type.Binary:
    case Type.LargeBinary:
      return `write base64(${column})`;
    default:
      return `write cast(${column} as string)`;
  }
}

function validity(rows: number, parts: readonly Data[]): Uint8Array {
  const valid = new Uint8Array(rows).fill(1);
  let row = 0;
  for (const { length, nullCount, nullBitmap, offset } of parts) {
    if (nullCount > 0 && nullBitmap?.length > 0) unpackBits(nullBitmap, offset, length, valid, row);
    row += length;
  }
  return valid;
}

/** Arrow's bits, lowest first, as bytes 0 and 1. */
function unpackBits(bits: Uint8Array, offset: number, length: number, out: Uint8Array, at: number): void {
  for (let i = 0, bit = offset; i < length; i++, bit++) out[at + i] = (bits[bit >> 3] >> (bit & 7)) & 1;
}

/** What stands in Arrow's buffer where a value is null is not defined. */
function zeroed<V, A extends { [index: number]: V }>(values: A, valid: Uint8Array, zero: V): A {
  for (let i = 0; i < valid.length; i++) if (valid[i] === 0) values[i] = zero;
  return values;
}

function integers(rows: number, parts: readonly Data[]): BigInt64Array {
  const out = new BigInt64Array(rows);
  const words = new Int32Array(out.buffer);
  let row = 0;
  for (const { values, length } of parts) {
    if (values instanceof BigInt64Array) out.set(values.subarray(0, length), row);
    else {
      // Low word, then its sign: Arrow and every machine that Node runs on have the low word first.
      for (let i = 0, at = 2 * row; i < length; i++, at += 2) {
        words[at] = values[i];
        words[at + 1] = values[i] >> 31;
      }
    }
    row += length;
  }
  return out;
}

function doubles(rows: number, parts: readonly Data[]): Float64Array {
  const out = new Float64Array(rows);
  let row = 0;
  for (const { values, length } of parts) {
    out.set(values.subarray(0, length), row);
    row += length;
  }
  return out;
}

function bits(rows: number, parts: readonly Data[]): Uint8Array {
  const out = new Uint8Array(rows);
  let row = 0;
  for (const { values, length, offset } of parts) {
    unpackBits(values, offset, length, out, row);
    row += length;
  }
  return out;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function texts(rows: number, parts: readonly Data[]): string[] {
  const out = new Array<string>(rows).fill('');
  let row = 0;
  for (const { values, valueOffsets, length } of parts) {
    const from = Number(valueOffsets[0] ?? 0);
    const bytes: Uint8Array = values.subarray(from, Number(valueOffsets[length] ?? from));
    const whole = decoder.decode(bytes);
    // As many characters as bytes: each byte is one character, so offsets into one are offsets into the other.
    const aligned = whole.length === bytes.length;
    for (let i = 0, start = 0; i < length; i++) {
      const end = Number(valueOffsets[i + 1]) - from;
      out[row + i] = aligned ? whole.slice(start, end) : decoder.decode(bytes.subarray(start, end));
      start = end;
    }
    row += length;
  }
  return out;
}

function broken(got: string): SparkError {
  return new SparkError(`Spark's result is broken: it gave ${got}.`, {
    errorClass: 'RESULT_BROKEN',
    messageParameters: {},
  });
}
