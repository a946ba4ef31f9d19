import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../src/evaluation/intervals.ts';
import { reference } from './reference.ts';

describe('wilsonInterval', () => {
  it.each(reference.wilson)(
    'agrees with statsmodels on $successes of $trials',
    ({ successes, trials, limits }) => {
      const { value, low, high } = wilsonInterval(successes, trials);
      expect(value).toBe(successes / trials);
      expect(low).toBeCloseTo(limits[0], 12);
      expect(high).toBeCloseTo(limits[1], 12);
    },
  );

  it('holds the share, stays in 0…1 and mirrors', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (successes, failures) => {
        fc.pre(successes + failures > 0);
        const trials = successes + failures;
        const { value, low, high } = wilsonInterval(successes, trials);
        expect(0 <= low && low <= value && value <= high && high <= 1).toBe(true);
        expect(wilsonInterval(failures, trials).low).toBeCloseTo(1 - high, 12);
      }),
    );
  });

  it('ends exactly at 0 and 1', () => {
    expect(wilsonInterval(0, 12).low).toBe(0);
    expect(wilsonInterval(12, 12).high).toBe(1);
  });

  it('is NaN without trials', () => {
    expect(wilsonInterval(0, 0)).toEqual({ value: Number.NaN, low: Number.NaN, high: Number.NaN });
  });

  it.each([
    [2, 1],
    [-1, 3],
    [Number.NaN, 3],
    [1, Number.NaN],
  ])('refuses %d successes in %d trials', (successes, trials) => {
    expect(() => wilsonInterval(successes, trials)).toThrow(RangeError);
  });
});
