import {
  DuckDBBlobVector,
  type DuckDBDataChunk,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBVector,
} from '@duckdb/node-api';
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
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.FLOAT: {
      const values = new Float64Array(rows);
      let row = 0;
      for (const chunk of chunks) {
        fillNumbers(chunk.getColumnVector(j), chunk.rowCount, values, valid, row);
        row += chunk.rowCount;
      }
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
    case DuckDBTypeId.BIGINT:
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

/** By itself, with no call a value that could not be inlined: features are tens of millions of numbers. */
function fillNumbers(
  vector: { getItem(i: number): unknown },
  count: number,
  values: Float64Array,
  valid: Uint8Array,
  start: number,
): void {
  for (let i = 0; i < count; i++) {
    const value = vector.getItem(i);
    if (typeof value !== 'number') continue;
    values[start + i] = value;
    valid[start + i] = 1;
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
