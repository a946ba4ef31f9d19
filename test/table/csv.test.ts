import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvField, recordsToCsv, toCsv } from '../../src/table/csv.ts';
import { cellOf, columnOf, numbersOf, recordsOf, stringsOf, type Table } from '../../src/table/table.ts';

const table: Table = {
  rows: 2,
  names: ['n', 'x', 'yes', 'text'],
  columns: [
    { type: 'int64', values: BigInt64Array.of(7n, 0n), valid: Uint8Array.of(1, 0) },
    { type: 'float64', values: Float64Array.of(0.1, Number.NaN), valid: Uint8Array.of(1, 1) },
    { type: 'boolean', values: Uint8Array.of(1, 0), valid: Uint8Array.of(1, 1) },
    { type: 'string', values: ['a,"b"', ''], valid: Uint8Array.of(1, 0) },
  ],
};

describe('a table', () => {
  test('gives its columns as numbers, texts, cells and records', () => {
    expect([...numbersOf(table, 'n')]).toEqual([7, Number.NaN]);
    expect([...numbersOf(table, 'yes')]).toEqual([1, 0]);
    expect(stringsOf(table, 'text')).toEqual(['a,"b"', '']);
    expect(recordsOf(table)).toEqual([
      { n: 7, x: 0.1, yes: true, text: 'a,"b"' },
      { n: null, x: Number.NaN, yes: false, text: null },
    ]);
  });

  test('refuses what is not there, of another type, or beyond what a number holds', () => {
    expect(() => columnOf(table, 'm')).toThrow('The table has no column "m": n, x, yes, text.');
    expect(() => numbersOf(table, 'text')).toThrow(TypeError);
    expect(() => stringsOf(table, 'n')).toThrow(TypeError);
    const big = { type: 'int64', values: BigInt64Array.of(2n ** 53n), valid: Uint8Array.of(1) } as const;
    expect(() => cellOf(big, 0)).toThrow(RangeError);
  });
});

describe('CSV', () => {
  test('quotes what it must, leaves null and NaN empty', () => {
    expect(toCsv(table)).toBe('n,x,yes,text\n7,0.1,true,"a,""b"""\n,,false,\n');
    expect(recordsToCsv(['a', 'b'], [{ a: 1e21, b: 'x\ny' }])).toBe('a,b\n1e+21,"x\ny"\n');
    expect(recordsToCsv(['a'], [])).toBe('a\n');
  });

  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠A',
    '=HYPERLINK("http://x","y")',
  ])('text that a spreadsheet would run gets an apostrophe: %j', (text) => {
    const field = csvField(text);
    expect(field.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  test('numbers keep their minus', () => {
    expect(csvField(-1.5)).toBe('-1.5');
    expect(csvField(-0)).toBe('0');
  });

  test('every number reads back the same', () => {
    fc.assert(fc.property(fc.double({ noNaN: true }), (x) => Number(csvField(x)) === x));
  });
});
