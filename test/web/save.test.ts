import { describe, expect, test } from 'vitest';
import { csvText } from '../../web/save/csv.ts';
import { flow, wrap } from '../../web/save/picture-layout.ts';
import { tableCsv } from '../../web/save/table-csv.ts';
import { slug } from '../../web/words/slug.ts';
import { hostile } from './hostile.ts';

const asPercent = (value: number) => `${Math.round(value * 100)}%`;

describe('a table as CSV', () => {
  test('keeps every digit and makes two columns of an interval', () => {
    const columns = [
      { title: 'Plan' },
      { title: 'Share lost', format: asPercent },
      { title: '95% interval', format: asPercent },
    ];
    const rows = [
      ['free', 0.123456789, { value: 0.123456789, low: 0.1, high: 0.2 }],
      ['paid', 0, ''],
    ];
    expect(tableCsv(columns, rows)).toBe(
      '\ufeffPlan,Share lost,"95% interval, low","95% interval, high"\r\nfree,0.123456789,0.1,0.2\r\npaid,0,,\r\n',
    );
  });

  test('leaves empty what is not finite', () => {
    expect(csvText([[Number.NaN, Number.POSITIVE_INFINITY, -1.5e-7]])).toBe('\ufeff,,-1.5e-7\r\n');
  });

  test('runs no name as a formula, and lets none end its field', () => {
    expect(csvText([[hostile[3], hostile[1], '-', '+1', '＝A1', 'a\r\nb']])).toBe(
      '\ufeff"\'=HYPERLINK(""http://example.org"")","<img src=x onerror=""window.pwned = 2"">",\'-,+1,\'＝A1,"a\r\nb"\r\n',
    );
  });
});

describe('the layout of a saved picture', () => {
  const measure = (text: string) => text.length;

  test('breaks lines at spaces, and a word too long for a line nowhere', () => {
    expect(wrap('of 58 flagged, incomprehensibilities left', 10, measure)).toEqual([
      'of 58',
      'flagged,',
      'incomprehensibilities',
      'left',
    ]);
    expect(wrap('  ', 10, measure)).toEqual([]);
  });

  test('puts as much on a line as fits', () => {
    expect(flow([4, 4, 3, 20, 1], 10, 1, 12)).toEqual([
      { x: 0, y: 0 },
      { x: 5, y: 0 },
      { x: 0, y: 12 },
      { x: 0, y: 24 },
      { x: 0, y: 36 },
    ]);
  });
});

test('a slug keeps letters of any script and nothing that a path or an address minds', () => {
  expect(slug('../Días activos — 14 days/“x”')).toBe('días-activos-14-days-x');
  expect(slug('***')).toBe('');
});
