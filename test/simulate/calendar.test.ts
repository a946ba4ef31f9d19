import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thinning, warpToDay } from '../../src/simulate/calendar.ts';
import { isHoliday } from '../../src/simulate/holidays.ts';
import { nextSessionStart } from '../../src/simulate/session-start.ts';
import { openStream } from '../../src/simulate/stream.ts';

const seconds = (iso: string) => Date.parse(iso) / 1000;
const day = (date: string) => Date.parse(date) / 86_400_000;

describe('US holidays', () => {
  test.each([
    ...['2018-01-01', '2018-01-15', '2018-02-19', '2018-05-28', '2018-07-04', '2018-09-03', '2018-11-22'],
    ...['2018-12-25', '2021-07-05', '2021-12-24', '2022-12-26', '2021-05-31'],
  ])('%s is one', (date) => expect(isHoliday(day(date))).toBe(true));

  test.each(['2018-10-08', '2018-11-12', '2021-12-25', '2018-10-01', '2018-11-23', '2021-07-04'])(
    '%s is none',
    (date) => expect(isHoliday(day(date))).toBe(false),
  );

  test('are eight a year, all on weekdays', () => {
    for (const year of [2016, 2017, 2018, 2019, 2023]) {
      const days = Array.from({ length: 365 }, (_, i) => day(`${year}-01-01`) + i).filter(isHoliday);
      expect(days).toHaveLength(8);
      for (const holiday of days)
        expect([1, 2, 3, 4, 5]).toContain(new Date(holiday * 86_400_000).getUTCDay());
    }
  });
});

describe('the thinning of session starts', () => {
  test('is half in the midst of a weekend or a holiday and nothing on other days', () => {
    expect(thinning(seconds('2018-10-06T12:00:00Z'))).toBe(0.5);
    expect(thinning(seconds('2018-10-07T20:59:00Z'))).toBe(0.5);
    expect(thinning(seconds('2018-11-22T12:00:00Z'))).toBe(0.5);
    expect(thinning(seconds('2018-10-08T12:00:00Z'))).toBe(0);
    expect(thinning(seconds('2018-10-03T23:59:59Z'))).toBe(0);
  });

  test('rises over the six hours around Friday midnight and falls around Sunday midnight', () => {
    expect(thinning(seconds('2018-10-05T21:00:00Z'))).toBe(0);
    expect(thinning(seconds('2018-10-05T22:30:00Z'))).toBeCloseTo(0.125, 12);
    expect(thinning(seconds('2018-10-06T00:00:00Z'))).toBeCloseTo(0.25, 12);
    expect(thinning(seconds('2018-10-06T03:00:00Z'))).toBe(0.5);
    expect(thinning(seconds('2018-10-14T22:30:00Z'))).toBeCloseTo(0.375, 12);
    expect(thinning(seconds('2018-10-15T01:30:00Z'))).toBeCloseTo(0.125, 12);
    expect(thinning(seconds('2018-10-15T03:00:00Z'))).toBe(0);
  });
});

describe('the next session', () => {
  test('is pushed away from 3 am and towards 3 pm', () => {
    expect(warpToDay(seconds('2018-10-03T03:00:00Z'))).toBe(seconds('2018-10-03T03:00:00Z'));
    expect(warpToDay(seconds('2018-10-03T09:00:00Z'))).toBe(seconds('2018-10-03T10:30:00Z'));
    expect(warpToDay(seconds('2018-10-03T21:00:00Z'))).toBe(seconds('2018-10-03T19:30:00Z'));
  });

  test('never starts before the last event, in whole seconds', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 2e9 }),
        fc.double({ min: 1, max: 1e7, noNaN: true }),
        (seed, after, beta) => {
          const start = nextSessionStart(openStream('test', seed), after, beta);
          expect(Number.isInteger(start)).toBe(true);
          expect(start).toBeGreaterThanOrEqual(after);
        },
      ),
    );
  });
});
