import { InvalidArgumentError } from 'commander';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBadRows, parseDay, wholeNumber } from '../../src/cli/options.ts';

describe('bad lines to bear', () => {
  test.each([
    ['0', { count: 0 }],
    ['100', { count: 100 }],
    ['9007199254740991', { count: Number.MAX_SAFE_INTEGER }],
    ['0%', { share: 0 }],
    ['2%', { share: 0.02 }],
    ['0.5%', { share: 0.005 }],
    ['100%', { share: 1 }],
  ])('are read from %s', (text, limit) => {
    expect(parseBadRows(text)).toEqual(limit);
  });

  test.each(['', '%', '-1', '1.5', '1e3', '100.1%', '5 %', 'x', '٣', 'Infinity', '9007199254740993', '1%%'])(
    'are not read from “%s”',
    (text) => {
      expect(() => parseBadRows(text)).toThrow(InvalidArgumentError);
    },
  );
});

describe('a day', () => {
  test.each([
    ['1970-01-01', 0],
    ['2018-11-30', 17_865],
    ['2024-02-29', 19_782],
  ])('is read from %s', (text, day) => {
    expect(parseDay(text)).toBe(day);
  });

  test('is read from every date as it is written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_900_000 }), (day) => {
        const date = new Date(day * 86_400_000).toISOString().slice(0, 10);
        expect(parseDay(date)).toBe(day);
      }),
    );
  });

  test.each([
    '',
    '2018-02-30',
    '2023-02-29',
    '2018-13-01',
    '2018-1-1',
    '30.11.2018',
    '2018-11-30T00:00',
    ' 2018-11-30',
  ])('is not read from “%s”', (text) => {
    expect(() => parseDay(text)).toThrow('Expected a date such as 2018-11-30.');
  });
});

describe('a whole number', () => {
  const parse = wholeNumber(-2, 1000);

  test.each([
    ['-2', -2],
    ['007', 7],
    ['1000', 1000],
  ])('is read from %s', (text, value) => {
    expect(parse(text)).toBe(value);
  });

  test.each(['', ' ', '-3', '1001', '1.0', '1e2', '0x10', 'NaN', '+1', '١'])(
    'is not read from “%s”',
    (text) => {
      expect(() => parse(text)).toThrow('Expected a whole number from -2 to 1000.');
    },
  );
});
