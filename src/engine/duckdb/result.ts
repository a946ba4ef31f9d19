import {
  DuckDBBlobVector,
  type DuckDBDataChunk,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBVector,
} from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import type { Column, Table } from '../../table/table.ts';

/** DuckDB's chunks as one table; an integer of any width becomes int64, a decimal or a date is an error: cast it in SQL. */
export function toTable(
  names: readonly string[],
  types: readonly DuckDBType[],
  chunks: readonly DuckDBDataChunk[],
): Table {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const columns = types.map((type, j) => toColumn(names[j], type, j, rows, chunks));
  return { rows, names, columns };
}

function toColumn(
  name: string,
  type: DuckDBType,
  j: number,
  rows: number,
  chunks: readonly DuckDBDataChunk[],
): Column {
  const valid = new Uint8Array(rows);
  const each = (
    set: (row: number, value: unknown) => void,
    vectorOf = (chunk: DuckDBDataChunk): { getItem(i: number): unknown } => chunk.getColumnVector(j),
  ) => {
    let row = 0;
    for (const chunk of chunks) {
      const vector = vectorOf(chunk);
      const { rowCount } = chunk;
      for (let i = 0; i < rowCount; i++, row++) {
        const value = vector.getItem(i);
        if (value === null) continue;
        valid[row] = 1;
        set(row, value);
      }
    }
  };
  switch (type.typeId) {
    case DuckDBTypeId.DOUBLE: {
      const values = new Float64Array(rows);
      copyWords(chunks, j, values, valid);
      return { type: 'float64', values, valid };
    }
    case DuckDBTypeId.BIGINT: {
      const values = new BigInt64Array(rows);
      copyWords(chunks, j, values, valid);
      return { type: 'int64', values, valid };
    }
    case DuckDBTypeId.FLOAT: {
      const values = new Float64Array(rows);
      each((row, value) => {
        values[row] = value as number;
      });
      return { type: 'float64', values, valid };
    }
    case DuckDBTypeId.BOOLEAN: {
      const values = new Uint8Array(rows);
      each((row, value) => {
        values[row] = value === true ? 1 : 0;
      });
      return { type: 'boolean', values, valid };
    }
    case DuckDBTypeId.VARCHAR: {
      const values = new Array<string>(rows).fill('');
      each(
        (row, value) => {
          values[row] = value as string;
        },
        (chunk) => wholeTexts(chunk.getColumnVector(j)),
      );
      return { type: 'string', values, valid };
    }
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER: {
      const values = new BigInt64Array(rows);
      each((row, value) => {
        values[row] = BigInt(value as number | bigint);
      });
      return { type: 'int64', values, valid };
    }
    default:
      throw new TypeError(`Column "${name}" has type ${type}, which no table holds: cast it in the query.`);
  }
}

/** Copies a column of values of eight bytes a chunk at a time, with no call for each: features are tens of millions of numbers. */
function copyWords(
  chunks: readonly DuckDBDataChunk[],
  j: number,
  { buffer }: Float64Array | BigInt64Array,
  valid: Uint8Array,
): void {
  const bytes = new Uint8Array(buffer);
  const words = new Float64Array(buffer);
  let start = 0;
  for (const { chunk, rowCount } of chunks) {
    const vector = duckdb.data_chunk_get_vector(chunk, j);
    bytes.set(duckdb.vector_get_data(vector, 8 * rowCount), 8 * start);
    // A bit a row, in words of 64; its type does not say that there is none where no row is null.
    const mask: Uint8Array | null = duckdb.vector_get_validity(vector, 8 * Math.ceil(rowCount / 64));
    if (mask === null) valid.fill(1, start, start + rowCount);
    else unpackMask(mask, words.subarray(start, start + rowCount), valid.subarray(start, start + rowCount));
    start += rowCount;
  }
}

/** Marks which values there are, and puts 0 for the others. */
function unpackMask(mask: Uint8Array, words: Float64Array, valid: Uint8Array): void {
  for (let i = 0; i < valid.length; i++) {
    if ((mask[i >> 3] >> (i & 7)) & 1) valid[i] = 1;
    else words[i] = 0;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The texts of a column. DuckDB's bindings drop U+FEFF from the beginning of each; their bytes, read as those of a blob, hold it. */
function wholeTexts(vector: DuckDBVector): { getItem(i: number): string | null } {
  return {
    getItem: (i) => {
      const bytes: Uint8Array | null = Reflect.apply(DuckDBBlobVector.prototype.getItemBytes, vector, [i]);
      return bytes === null ? null : decoder.decode(bytes);
    },
  };
}
