import {
  Bool,
  type Data,
  type DataType,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Utf8,
} from 'apache-arrow';
import type { Column, Table } from '../../../table/table.ts';

/**
 * Rows `from` to `to` of a table as one Arrow stream. Texts are plain: Spark would store the keys of a dictionary
 * instead of its words.
 */
export function toArrow(table: Table, from = 0, to = table.rows): Uint8Array {
  const columns = table.columns.map((column) => toData(column, from, to));
  const schema = new Schema(table.names.map((name, j) => new Field(name, columns[j].type, true)));
  const data = makeData({
    type: new Struct(schema.fields),
    length: to - from,
    nullCount: 0,
    children: columns,
  });
  const writer = new RecordBatchStreamWriter();
  writer.write(new RecordBatch(schema, data));
  return writer.finish().toUint8Array(true);
}

/** Values are copied: Arrow's writer takes views that lie beside each other in one buffer for one. */
function toData(column: Column, from: number, to: number): Data<DataType> {
  const length = to - from;
  const valid = column.valid.subarray(from, to);
  const nullBitmap = packBits(valid);
  const nullCount = length - valid.reduce((sum, bit) => sum + (bit === 0 ? 0 : 1), 0);
  switch (column.type) {
    case 'int64':
      return makeData({
        type: new Int64(),
        length,
        nullCount,
        nullBitmap,
        data: column.values.slice(from, to),
      });
    case 'float64':
      return makeData({
        type: new Float64(),
        length,
        nullCount,
        nullBitmap,
        data: column.values.slice(from, to),
      });
    case 'boolean': {
      const data = packBits(column.values.subarray(from, to));
      return makeData({ type: new Bool(), length, nullCount, nullBitmap, data });
    }
    case 'string':
      return makeData({
        type: new Utf8(),
        length,
        nullCount,
        nullBitmap,
        ...encode(column.values, valid, from),
      });
  }
}

/** Bytes 0 and 1 as bits, lowest first. */
function packBits(bytes: Uint8Array): Uint8Array {
  const bits = new Uint8Array((bytes.length + 7) >> 3);
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== 0) bits[i >> 3] |= 1 << (i & 7);
  return bits;
}

function encode(values: readonly string[], valid: Uint8Array, from: number) {
  const valueOffsets = new Int32Array(valid.length + 1);
  for (let i = 0; i < valid.length; i++) {
    valueOffsets[i + 1] = valueOffsets[i] + (valid[i] === 0 ? 0 : Buffer.byteLength(values[from + i]));
  }
  const data = Buffer.alloc(valueOffsets[valid.length]);
  for (let i = 0; i < valid.length; i++) if (valid[i] !== 0) data.write(values[from + i], valueOffsets[i]);
  return { valueOffsets, data };
}
