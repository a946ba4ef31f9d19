import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { thinning, warpToDay } from '../../src/simulate/calendar.ts';
import { nextSessionStart } from '../../src/simulate/session-start.ts';
import { openStream } from '../../src/simulate/stream.ts';

const seconds = (iso: string) => Date.parse(iso) / 1000;

describe('the thinning of session starts', () => {
  test('is half in the midst of a weekend and nothing on other days, holidays among them', () => {
    expect(thinning(seconds('2018-10-06T12:00:00Z'))).toBe(0.5);
    expect(thinning(seconds('2018-10-07T20:59:00Z'))).toBe(0.5);
    expect(thinning(seconds('2018-11-22T12:00:00Z'))).toBe(0);
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
