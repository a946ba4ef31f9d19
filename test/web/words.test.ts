import { describe, expect, test } from 'vitest';
import { daysCovered, formatDay, formatMinute, formatWeekday, parseDay } from '../../web/words/date.ts';
import {
  formatBytes,
  formatCompact,
  formatCount,
  formatMetric,
  formatQuantity,
  formatRange,
  formatSeconds,
  formatShare,
} from '../../web/words/number.ts';
import { capitalised, counted, plural } from '../../web/words/plural.ts';

describe('numbers in words', () => {
  test.each([
    [0, '0%'],
    [0.0004, '<0.1%'],
    [0.001, '0.1%'],
    [0.2311, '23.1%'],
    [0.5, '50%'],
    [0.9996, '>99.9%'],
    [1, '100%'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('the share %d is written %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  test.each([
    [0, '0'],
    [278_154, '278,154'],
    [Number.NaN, '–'],
  ])('the count %d is written %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  test('metrics have three decimals and a true minus sign', () => {
    expect(formatMetric(0.7)).toBe('0.700');
    expect(formatMetric(-0.0123)).toBe('−0.012');
    expect(formatMetric(Number.NaN)).toBe('–');
  });

  test('quantities have three significant digits, whole numbers above a thousand', () => {
    expect(formatQuantity(0.012345)).toBe('0.0123');
    expect(formatQuantity(12_345.6)).toBe('12,346');
    expect([-1234, -0.5].map(formatQuantity)).toEqual(['−1,234', '−0.5']);
    expect(formatCompact(-2000)).toBe('−2k');
  });

  test('ticks are short, and those between 0 and 1 stay apart', () => {
    expect([0, 0.05, 0.1, 40, 1500, 2_000_000].map(formatCompact)).toEqual([
      '0',
      '0.05',
      '0.1',
      '40',
      '1.5k',
      '2m',
    ]);
  });

  test('an interval with a negative end is written with "to"', () => {
    expect(formatRange({ value: 0.5, low: 0.4, high: 0.6 }, formatMetric)).toBe('0.400–0.600');
    expect(formatRange({ value: 0, low: -0.1, high: 0.1 }, formatMetric)).toBe('−0.100 to 0.100');
    expect(formatRange({ value: 0, low: Number.NaN, high: 0.1 }, formatMetric)).toBe('no interval');
  });

  test('bytes are written in powers of a thousand', () => {
    expect(formatBytes(0)).toBe('0 bytes');
    expect(formatBytes(128_477_280)).toBe('128 MB');
    expect(formatBytes(12_400_000_000_000_000)).toBe('12,400 TB');
    expect(formatBytes(Number.NaN)).toBe('–');
  });

  test('a missing duration is not a zero', () => {
    expect(formatSeconds(Number.NaN)).toBe('–');
    expect(formatSeconds(1.8449)).toBe('1.84 s');
  });
});

describe('days in words', () => {
  test('days are UTC whatever the zone of the reader', () => {
    expect(formatDay(Date.UTC(2018, 9, 1, 23, 59))).toBe('1 Oct 2018');
    expect(formatWeekday(Date.UTC(2018, 9, 1))).toBe('Mon, 1 Oct 2018');
    expect(formatMinute(Date.UTC(2018, 9, 1, 14, 5))).toBe('1 Oct 2018, 14:05 UTC');
  });

  test('a date that is none gives a dash', () => {
    expect(formatDay(parseDay('yesterday'))).toBe('–');
  });

  test('both ends count among the days covered', () => {
    expect(daysCovered(Date.UTC(2018, 9, 1, 23), Date.UTC(2018, 9, 2, 1))).toBe(2);
    expect(daysCovered(Date.UTC(2018, 9, 1), Date.UTC(2018, 9, 1))).toBe(1);
  });
});

describe('nouns', () => {
  test.each([
    ['cancellation', 'cancellations'],
    ['loss', 'losses'],
    ['story', 'stories'],
    ['play', 'plays'],
    ['watch', 'watches'],
  ])('the plural of %s is %s', (noun, expected) => {
    expect(plural(noun)).toBe(expected);
  });

  test('one of a thing is singular, none are plural', () => {
    expect(counted(1, 'loss')).toBe('1 loss');
    expect(counted(0, 'loss')).toBe('0 losses');
  });

  test('an empty noun stays empty', () => {
    expect(capitalised('')).toBe('');
  });
});
