import {
  Table as ArrowTable,
  Float32,
  Int8,
  Int16,
  Int32,
  LargeUtf8,
  RecordBatchStreamWriter,
  tableFromIPC,
  type Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toTable } from '../../../../src/engine/spark/connect/arrow-to-table.ts';
import { toArrow } from '../../../../src/engine/spark/connect/table-to-arrow.ts';
import { type Column, recordsOf, type Table } from '../../../../src/table/table.ts';

function tableOf(names: readonly string[], columns: readonly Column[]): Table {
  return { rows: columns[0]?.valid.length ?? 0, names, columns };
}

function int64(values: readonly (bigint | null)[]): Column {
  return {
    type: 'int64',
    values: BigInt64Array.from(values.map((value) => value ?? 0n)),
    valid: Uint8Array.from(values.map((value) => (value === null ? 0 : 1))),
  };
}

function float64(values: readonly (number | null)[]): Column {
  return {
    type: 'float64',
    values: Float64Array.from(values.map((value) => value ?? 0)),
    valid: Uint8Array.from(values.map((value) => (value === null ? 0 : 1))),
  };
}

function boolean(values: readonly (boolean | null)[]): Column {
  return {
    type: 'boolean',
    values: Uint8Array.from(values.map((value) => (value === true ? 1 : 0))),
    valid: Uint8Array.from(values.map((value) => (value === null ? 0 : 1))),
  };
}

function string(values: readonly (string | null)[]): Column {
  return {
    type: 'string',
    values: values.map((value) => value ?? ''),
    valid: Uint8Array.from(values.map((value) => (value === null ? 0 : 1))),
  };
}

function throughArrow(table: Table, cuts: readonly number[] = []): Table {
  const bounds = [0, ...cuts, table.rows];
  return toTable(
    bounds.slice(1).map((to, i) => ({ rows: to - bounds[i], bytes: toArrow(table, bounds[i], to) })),
  );
}

function arrowStream(columns: Record<string, Vector>): Uint8Array {
  return RecordBatchStreamWriter.writeAll(new ArrowTable(columns)).toUint8Array(true);
}

test('every type with its extremes and nulls comes back', () => {
  const table = tableOf(
    ['i', 'f', 'b', 's'],
    [
      int64([-(2n ** 63n), 2n ** 63n - 1n, null, 0n]),
      float64([Number.NaN, Number.NEGATIVE_INFINITY, null, -0]),
      boolean([true, false, null, true]),
      string(['', '\u{feff}é\u{1f600}\0', null, '\u{feff}']),
    ],
  );
  expect(throughArrow(table)).toEqual(table);
});

test('a table without rows keeps its columns', () => {
  const table = tableOf(['i', 's'], [int64([]), string([])]);
  expect(throughArrow(table)).toEqual(table);
});

test('any table cut anywhere comes back', () => {
  const row = fc.tuple(
    fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
    fc.option(fc.double()),
    fc.option(fc.boolean()),
    fc.option(fc.string({ unit: 'binary', maxLength: 5 }).map((text) => text.toWellFormed())),
    fc.option(fc.string({ maxLength: 12 })),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.array(fc.nat(40), { maxLength: 3 }), (rows, cuts) => {
      const table = tableOf(
        ['i', 'f', 'b', 's', 'a'],
        [
          int64(rows.map((row) => row[0])),
          float64(rows.map((row) => row[1])),
          boolean(rows.map((row) => row[2])),
          string(rows.map((row) => row[3])),
          string(rows.map((row) => row[4])),
        ],
      );
      const inside = cuts.filter((cut) => cut <= rows.length).sort((a, b) => a - b);
      expect(throughArrow(table, inside)).toEqual(table);
    }),
    { numRuns: 50 },
  );
});

test('narrow numbers are widened with their sign', () => {
  const bytes = arrowStream({
    b: vectorFromArray([-128, 127, null], new Int8()),
    s: vectorFromArray([-32768, 32767, null], new Int16()),
    i: vectorFromArray([-2147483648, 2147483647, null], new Int32()),
    f: vectorFromArray([1.5, Number.NaN, null], new Float32()),
  });
  expect(recordsOf(toTable([{ rows: 3, bytes }]))).toEqual([
    { b: -128, s: -32768, i: -2147483648, f: 1.5 },
    { b: 127, s: 32767, i: 2147483647, f: Number.NaN },
    { b: null, s: null, i: null, f: null },
  ]);
});

test('texts with 64-bit offsets are read too', () => {
  const bytes = arrowStream({ s: vectorFromArray(['a', null, 'éa', ''], new LargeUtf8()) });
  expect(recordsOf(toTable([{ rows: 4, bytes }]))).toEqual([{ s: 'a' }, { s: null }, { s: 'éa' }, { s: '' }]);
});

test('bytes that are no UTF-8 stay within their row', () => {
  const table = tableOf(['s'], [string(['aaa', 'bbb', 'ccc'])]);
  const bytes = Buffer.from(toArrow(table));
  const at = bytes.indexOf('aaabbbccc');
  // The last byte of the first row and the first two of the next would together be a euro sign.
  bytes.set([0xe2, 0x82, 0xac], at + 2);
  const [first, second, third] = recordsOf(toTable([{ rows: 3, bytes }])).map(({ s }) => s);
  expect(first).toBe('aa\u{fffd}');
  expect(second).toBe('\u{fffd}\u{fffd}b');
  expect(third).toBe('ccc');
});

test('rows that are missing from a batch are noticed', () => {
  const bytes = toArrow(tableOf(['i'], [int64([1n, 2n])]));
  expect(() => toTable([{ rows: 3, bytes }])).toThrow(/2 rows in a batch of 3/);
});

test('a result without any batch is noticed', () => {
  expect(() => toTable([])).toThrow(/no schema/);
});

test('columns that share their values are sent as two', () => {
  const one = int64([1n, null, 3n]);
  const table = tableOf(['a', 'b'], [one, one]);
  const arrow = new ArrowTable(tableFromIPC(toArrow(table)).batches);
  expect(['a', 'b'].map((name) => [...(arrow.getChild(name) ?? [])])).toEqual([
    [1n, null, 3n],
    [1n, null, 3n],
  ]);
});
