import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NothingToLearnError } from '../../src/errors.ts';
import {
  type CutoffSettings,
  coveredUntil,
  dateOf,
  dayAfter,
  defaultCutoffs,
  labelledCutoffs,
} from '../../src/features/cutoffs.ts';

const day = 86_400_000;
const hour = 3_600_000;
const monday = Date.UTC(2018, 9, 1);
const firstDay = monday / day;

function spanOf(first: string, last: string) {
  return { first: Date.parse(first), last: Date.parse(last) };
}

describe('days', () => {
  test('have UTC dates', () => {
    expect(dateOf(0)).toBe('1970-01-01');
    expect(dateOf(firstDay)).toBe('2018-10-01');
    expect(dateOf(firstDay + 31)).toBe('2018-11-01');
    expect(dateOf(Date.UTC(2024, 1, 29) / day)).toBe('2024-02-29');
    expect(dateOf(Date.UTC(2999, 11, 31) / day)).toBe('2999-12-31');
  });

  test.each([
    ['2018-10-05T00:00:00.000Z', '2018-10-06'],
    ['2018-10-05T12:00:00.000Z', '2018-10-06'],
    ['2018-10-05T23:59:59.999Z', '2018-10-06'],
    ['2018-10-06T00:00:00.000Z', '2018-10-07'],
  ])('the day after a log that ends at %s is %s', (last, expected) => {
    expect(dateOf(dayAfter(spanOf('2018-10-01', last)))).toBe(expected);
  });

  test.each([
    ['2018-10-05T00:00:00.000Z', '2018-10-05'],
    ['2018-10-05T22:59:59.999Z', '2018-10-05'],
    ['2018-10-05T23:00:00.000Z', '2018-10-06'],
    ['2018-10-05T23:59:59.999Z', '2018-10-06'],
    ['2018-10-06T00:00:00.000Z', '2018-10-06'],
  ])('a log that ends at %s is whole until %s, its last hour enough for a day', (last, expected) => {
    expect(dateOf(coveredUntil(spanOf('2018-10-01', last)))).toBe(expected);
  });
});

describe('cutoffs with labels', () => {
  test('go back by weeks from the last whose label window the log covers, to the end of the first history', () => {
    const cutoffs = labelledCutoffs(spanOf('2018-10-01T00:00:03Z', '2018-11-30T23:59:40Z'), defaultCutoffs);
    expect(cutoffs.map(dateOf)).toEqual([
      '2018-10-12',
      '2018-10-19',
      '2018-10-26',
      '2018-11-02',
      '2018-11-09',
      '2018-11-16',
    ]);
  });

  test('a log just long enough has one', () => {
    const settings = { leadDays: 1, horizonDays: 14, everyDays: 7, historyDays: 7 };
    const cutoffs = labelledCutoffs(spanOf('2018-10-01T00:00:00Z', '2018-10-22T23:00:00Z'), settings);
    expect(cutoffs.map(dateOf)).toEqual(['2018-10-08']);
  });

  test('a log too short for one is refused, with its days and those it needs', () => {
    const short = () =>
      labelledCutoffs(spanOf('2018-10-01T00:00:00Z', '2018-10-22T22:59:59Z'), defaultCutoffs);
    expect(short).toThrow(NothingToLearnError);
    expect(short).toThrow('The log covers 21.9 days.');
    expect(short).toThrow('lead 1 and horizon 14 needs at least 22: 7 days of history');
    expect(short).toThrow('--horizon');
  });

  test('one event is too short', () => {
    expect(() => labelledCutoffs({ first: monday, last: monday }, defaultCutoffs)).toThrow('covers 0.0 days');
  });

  test('all label windows lie in the log, after its history, in equal steps; none that fits is left out', () => {
    fc.assert(
      fc.property(settings, fc.nat({ max: 200 * 24 }), fc.nat({ max: 23 }), (given, hours, start) => {
        const span = { first: monday + start * hour, last: monday + (start + hours) * hour };
        const { leadDays, horizonDays, everyDays, historyDays } = given;
        const needed = historyDays + leadDays + horizonDays;
        const cutoffs = cutoffsOrNone(span, given);
        for (const cutoff of cutoffs) {
          expect((cutoff + leadDays + horizonDays) * day).toBeLessThanOrEqual(span.last + hour);
          expect(cutoff).toBeGreaterThanOrEqual(firstDay + historyDays);
        }
        cutoffs.slice(1).forEach((cutoff, i) => {
          expect(cutoff - cutoffs[i]).toBe(everyDays);
        });
        if (hours >= needed * 24) expect(cutoffs.length).toBeGreaterThan(0);
        expect(cutoffs.length).toBe(
          Math.max(0, Math.floor((coveredUntil(span) - firstDay - needed) / everyDays) + 1),
        );
      }),
      { seed: 4 },
    );
  });
});

const settings = fc.record({
  leadDays: fc.nat({ max: 5 }),
  horizonDays: fc.integer({ min: 1, max: 40 }),
  everyDays: fc.integer({ min: 1, max: 14 }),
  historyDays: fc.integer({ min: 1, max: 30 }),
});

function cutoffsOrNone(span: { first: number; last: number }, given: CutoffSettings): number[] {
  try {
    return labelledCutoffs(span, given);
  } catch (error) {
    if (error instanceof NothingToLearnError) return [];
    throw error;
  }
}
