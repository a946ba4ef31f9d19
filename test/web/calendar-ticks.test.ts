import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calendarTicks } from '../../web/charts/calendar-ticks.ts';

const day = 86_400_000;
const same = (time: number) => time;

describe('calendarTicks', () => {
  test('a few days have a tick each', () => {
    const ticks = calendarTicks(Date.UTC(2018, 9, 1), Date.UTC(2018, 9, 4), 5, same);
    expect(ticks.map(({ label }) => label)).toEqual(['1 Oct', '2 Oct', '3 Oct', '4 Oct']);
  });

  test('two months have their Mondays', () => {
    const ticks = calendarTicks(Date.UTC(2018, 9, 1), Date.UTC(2018, 11, 1), 10, same);
    expect(ticks.map(({ label }) => label)).toEqual([
      '1 Oct',
      '8 Oct',
      '15 Oct',
      '22 Oct',
      '29 Oct',
      '5 Nov',
      '12 Nov',
      '19 Nov',
      '26 Nov',
    ]);
  });

  test('years have their months, named with the year', () => {
    const ticks = calendarTicks(Date.UTC(2016, 10, 5), Date.UTC(2018, 2, 1), 6, same);
    expect(ticks.map(({ label }) => label)).toEqual([
      'Jan 2017',
      'Apr 2017',
      'Jul 2017',
      'Oct 2017',
      'Jan 2018',
    ]);
  });

  test('a span of more than ten years has one tick where there is room for one', () => {
    const ticks = calendarTicks(Date.UTC(2089, 11, 31, 23), Date.UTC(2100, 11, 10), 1, same);
    expect(ticks.map(({ at }) => at)).toEqual([Date.UTC(2090, 0)]);
  });

  test('a range that is not known has no ticks', () => {
    expect(calendarTicks(Number.NaN, Number.NaN, 5, same)).toEqual([]);
  });

  test('ticks rise, stay inside and never crowd', () => {
    const starts = fc.integer({ min: 0, max: Date.UTC(2090, 0) });
    fc.assert(
      fc.property(
        starts,
        fc.integer({ min: 1, max: 4000 }),
        fc.integer({ min: 1, max: 12 }),
        (from, days, count) => {
          const places = calendarTicks(from, from + days * day, count, same).map(({ at }) => at);
          expect(places.length).toBeLessThanOrEqual(count);
          expect(places.every((at) => at >= from && at <= from + days * day && at % day === 0)).toBe(true);
          expect([...places].sort((a, b) => a - b)).toEqual(places);
        },
      ),
      { seed: 4 },
    );
  });
});
